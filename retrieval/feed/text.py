"""Text in feeds: bytes in whatever encoding, and lines in whatever markup."""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE
from html.parser import HTMLParser

from retrieval.ingest.decoding import clean, decode
from retrieval.ingest.reading import Unreadable

_MARKS = (BOM_UTF8, BOM_UTF16_LE, BOM_UTF16_BE, BOM_UTF32_LE, BOM_UTF32_BE)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_DECLARED = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE)
_WESTERN = frozenset({"iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"})
"""What Windows-1252 is called by those who mean it."""

_UNSEEN = frozenset({"script", "style", "template", "noscript", "iframe"})
_WITHIN_LINES = frozenset("a abbr b cite code em i mark q s small span strong sub sup u".split())
"""Elements that do not part words."""

_LONGEST_MARKUP = 50_000


def decoded(source: bytes, content_type: str | None) -> str | None:
    """The text of a feed, by its mark, its server's word, its own declaration or its looks; None for binary data."""
    if not source.startswith(_MARKS):
        for encoding in (_CHARSET.search(content_type or ""), _DECLARED.match(source)):
            if encoding and (text := _read_as(source, encoding[1])):
                return text
    try:
        return decode(source, limit=len(source)).text
    except Unreadable:
        return None


def _read_as(source: bytes, encoding: str | bytes) -> str | None:
    """The text, unless it is not in that encoding after all."""
    name = (encoding if isinstance(encoding, str) else encoding.decode("ascii")).casefold()
    try:
        text = source.decode("cp1252" if name in _WESTERN else name)
    except (LookupError, UnicodeError):
        return None
    return text if text.lstrip()[:1] in ("<", "{") else None


def line(markup: object, longest: int) -> str | None:
    """One line of plain text, of at most so many characters, from text or HTML; None for none."""
    if not isinstance(markup, str):
        return None
    words = _Words()
    words.feed(markup[:_LONGEST_MARKUP])
    words.close()
    text = " ".join(clean("".join(words.seen)).text.split())
    if len(text) <= longest:
        return text or None
    return text[: longest - 1].rpartition(" ")[0].rstrip(" ,;:–—-") + "…"


class _Words(HTMLParser):
    """Gathers what a browser would show."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.seen: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self._hidden += tag in _UNSEEN
        self._part(tag)

    def handle_endtag(self, tag: str) -> None:
        self._hidden = max(0, self._hidden - (tag in _UNSEEN))
        self._part(tag)

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.seen.append(data)

    def _part(self, tag: str) -> None:
        """Keep the words of two paragraphs apart."""
        if tag not in _WITHIN_LINES:
            self.seen.append(" ")
