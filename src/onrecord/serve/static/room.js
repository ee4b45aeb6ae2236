// What a script adds to pages that read without one: keys, copying, and hidden words on or off.
import { keys } from "/static/keys.js";
import { copying } from "/static/copying.js";
import { announcing } from "/static/announcing.js";

keys();
copying();
announcing();
