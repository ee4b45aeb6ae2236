// What a script adds to pages that read without one: keys, copying, and hidden words on or off.
import { keys } from "/static/keys.js";
import { copying } from "/static/copying.js";
import { announcing } from "/static/announcing.js";
import { selecting } from "/static/selecting.js";

// On a phone the list comes first, and what narrows it is one touch away.
if (matchMedia("(max-width: 54rem)").matches) document.querySelector("details.facets")?.removeAttribute("open");
keys();
copying();
announcing();
selecting();
