"""From a feed's bytes to the feed, whichever of its formats they are in."""

from retrieval.feed.advertised import advertised, is_page
from retrieval.feed.entries import Feed, NoFeed
from retrieval.feed.json_feed import read_json
from retrieval.feed.syndication import read_xml
from retrieval.feed.text import decoded


def parse_feed(source: bytes, url: str, content_type: str | None) -> Feed:
    """Parse what `url` gave; raises `NoFeed` for what is none.

    Nobody but `read_feed` bounds the time that a feed made to harm takes here.
    """
    text = decoded(source, content_type)
    if text is None:
        raise NoFeed("This is not text, and so no feed; add the address of a feed.")
    if not text.strip():
        raise NoFeed("The feed is empty; try again later, or check its address.")
    if is_page(text):
        raise _page(text, url)
    return read_json(text, url) if text.lstrip().startswith("{") else read_xml(text, url)


def _page(text: str, url: str) -> NoFeed:
    feeds = advertised(text, url)
    if not feeds:
        return NoFeed("This is a web page, not a feed, and it names none; look for a link “RSS” there, and add that.")
    return NoFeed(f"This is a web page, not a feed, but it names {feeds[0]}; add that instead.", feeds)
