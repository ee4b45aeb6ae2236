"""RSS and Atom: an entry, a document."""

from __future__ import annotations

from onrecord.document import Document
from onrecord.errors import BadForm, InputError
from onrecord.read import read_bytes

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Lakeside Post</title><link>https://post.example/</link><language>en-gb</language>
<item><title>Ferry &amp; pier</title><link>https://post.example/2031/ferry</link><guid isPermaLink="false">post-17</guid>
<pubDate>Sun, 04 May 2031 23:30:00 -0500</pubDate><dc:creator>By Ann Roe and Cy Poe</dc:creator>
<description>Short.</description>
<content:encoded><![CDATA[<p>The ferry sank, the “coast guard” said.</p><p>Nobody was hurt.</p><script>bad()</script>]]></content:encoded></item>
<item><title>Snow</title><link>https://post.example/snow</link><description>&lt;p&gt;Snow fell &amp;amp; stayed.&lt;/p&gt;</description></item>
<item><title></title><guid>empty</guid></item>
<item><title>Rain</title><guid>post-17</guid><description>It rained.</description></item>
</channel></rss>"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title type="html">Harbour &amp;amp; Town</title>
<entry><id>tag:town.example,2031:9</id><title>Vote put off</title><link href="https://town.example/9"/><author><name>Ann Roe</name></author>
<published>2031-05-04T22:00:00-05:00</published><updated>2031-05-06T08:00:00Z</updated>
<content type="html">&lt;p&gt;The council put off its vote.&lt;/p&gt;</content></entry>
<entry><id>https://town.example/10</id><title>Vote held</title><updated>2031-05-08T08:00:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>The council voted.</p></div></content></entry></feed>"""


def read(feed: str, encoding: str = "utf-8") -> list[Document | InputError]:
    return list(read_bytes(feed.encode(encoding), path="feeds/post.xml"))


def docs(feed: str, encoding: str = "utf-8") -> list[Document]:
    return [found for found in read(feed, encoding) if isinstance(found, Document)]


def test_an_entry_with_content_is_a_whole_document() -> None:
    doc = docs(RSS)[0]
    assert doc.text == "Ferry & pier\nThe ferry sank, the “coast guard” said.\nNobody was hurt."
    assert (doc.name, doc.title, doc.outlet) == ("post-17", "Ferry & pier", "Lakeside Post")
    assert (doc.published, doc.url, doc.authors) == (
        "2031-05-04",
        "https://post.example/2031/ferry",
        ("Ann Roe", "Cy Poe"),
    )
    assert doc.origin.entry == "post-17" and doc.notes == ()


def test_an_entry_with_a_summary_only_says_so_and_is_named_by_its_address() -> None:
    doc = docs(RSS)[1]
    assert doc.text == "Snow\nSnow fell & stayed."
    assert doc.name == "post.example-snow"
    assert [note.kind for note in doc.notes] == ["summary-only"]


def test_an_entry_without_text_is_named_and_its_neighbours_are_read() -> None:
    found = read(RSS)
    assert [type(each) for each in found] == [Document, Document, BadForm, Document]
    assert str(found[2]).startswith("feeds/post.xml#empty: it has no text")


def test_two_entries_with_one_id_get_two_names() -> None:
    assert [doc.name for doc in docs(RSS)] == ["post-17", "post.example-snow", "post-17-2"]


def test_atom_gives_publication_and_update_apart() -> None:
    doc = docs(ATOM)[0]
    assert (doc.published, doc.modified, doc.outlet) == ("2031-05-04", "2031-05-06", "Harbour & Town")
    assert (doc.name, doc.authors) == ("town.example-2031-9", ("Ann Roe",))


def test_an_entry_dated_by_its_update_alone_says_so() -> None:
    doc = docs(ATOM)[1]
    assert (doc.published, doc.modified) == ("2031-05-08", "2031-05-08")
    assert [note.kind for note in doc.notes] == ["date-from-update"]
    assert doc.text == "Vote held\nThe council voted."


def test_a_feed_in_another_encoding_is_read_as_it_declares() -> None:
    feed = RSS.replace('encoding="utf-8"', 'encoding="windows-1252"')
    assert "“coast guard”" in docs(feed, "cp1252")[0].text
    assert "“coast guard”" in docs(feed, "utf-16")[0].text


def test_what_is_no_feed_or_has_no_entries_is_named() -> None:
    (error,) = read("<catalog><book/></catalog>")
    assert isinstance(error, BadForm) and "no RSS or Atom" in error.found
    (error,) = read("<rss><channel><title>x</title></channel></rss>")
    assert isinstance(error, BadForm) and "no entries" in error.found


def test_a_feed_that_breaks_off_gives_what_it_has() -> None:
    assert docs(RSS[: RSS.index("<item><title>Rain")])[0].name == "post-17"
