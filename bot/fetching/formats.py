"""Formats: what a server says that it sends, and what a caller reads."""

import codecs
import re
from dataclasses import dataclass

from bot.fetching.errors import WrongType


@dataclass(frozen=True, slots=True)
class Formats:
    """What a caller reads: its name in an error, and the content types, the most wanted first.

    `otherwise` is what a person may do who cannot have it read.
    """

    name: str
    types: tuple[str, ...]
    otherwise: str = "add its text"

    def check(self, host: str, content_type: str) -> None:
        """Raise `WrongType` unless it is one of them."""
        if content_type not in self.types:
            raise WrongType(f"{host} sent {_called(content_type)} where {self.name} was expected; check the link.")


ARTICLES = Formats(
    "a web page, a text or a PDF",
    ("text/html", "application/xhtml+xml", "application/pdf", "text/markdown", "text/x-markdown", "text/plain"),
)

FEEDS = Formats(
    "a feed",
    (
        "application/atom+xml",
        "application/rss+xml",
        "application/rdf+xml",
        "application/xml",
        "text/xml",
        "application/feed+json",
        "application/json",
        "text/plain",  # many feeds are sent as if they were a text or a page
        "text/html",
    ),
    otherwise="add its articles by their links",
)

_CALLED = {
    "application/octet-stream": "a file of an unknown type",
    "application/pdf": "a PDF",
    "application/zip": "an archive of files",
    "text/html": "a web page",
    "text/plain": "a text",
    "audio": "a sound recording",
    "font": "a font",
    "image": "a picture",
    "video": "a video",
}
_PLAIN_TYPE = re.compile(r"[a-z0-9]{1,20}/[a-z0-9.+-]{1,60}")


def _called(content_type: str) -> str:
    known = _CALLED.get(content_type) or _CALLED.get(content_type.partition("/")[0])
    return known or (content_type if _PLAIN_TYPE.fullmatch(content_type) else _CALLED["application/octet-stream"])


_CHARSET = re.compile(r"""charset\s*=\s*["']?([a-z0-9_.:-]{1,40})""", re.IGNORECASE)
_ON_THE_WEB = re.compile(
    r"ascii|utf-(?:8|16|16-le|16-be|32)|iso8859-\d+|cp(?:125\d|437|85[0258]|866|874|932|949|950)|koi8-[ru]"
    r"|mac-(?:roman|cyrillic)|tis-620|gb(?:2312|k|18030)|hz|big5(?:hkscs)?|shift_jis|euc_(?:jp|kr)|iso2022_(?:jp|kr)"
)


def content_type(header: str) -> str:
    """The type in a Content-Type header, in lower case and without parameters; empty where there is none."""
    return header.partition(";")[0].strip().lower()


def charset(header: str) -> str | None:
    """Python's name of the encoding that a Content-Type header declares; None for none, or one that no page is in.

    Python also has encodings that are no characters (zlib, hex), or take quadratic time (punycode, idna).
    """
    declared = _CHARSET.search(header)
    if declared is None:
        return None
    try:
        name = codecs.lookup(declared[1]).name
    except LookupError:
        return None
    return name if _ON_THE_WEB.fullmatch(name) else None
