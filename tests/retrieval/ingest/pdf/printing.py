"""A small press: PDF files as programs write them, and as nobody should."""

import textwrap
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

from pypdf import PdfReader, PdfWriter

NOTHING: Mapping[str, str] = {}

LEFT, TOP, LEADING = 72.0, 760.0, 14.0
"""Where a page's first line begins, and the distance of its lines, in points."""


@dataclass(frozen=True, slots=True)
class Text:
    """Words set at a point, measured from the lower left."""

    words: str
    x: float = LEFT
    y: float = TOP
    size: float = 11.0


def column(paragraphs: Iterable[str], x: float = LEFT, top: float = TOP, width: int = 80) -> list[Text]:
    """Paragraphs broken at `width` characters, with a blank line between them."""
    lines = [line for paragraph in paragraphs for line in (*textwrap.wrap(paragraph, width), "")]
    return [Text(line, x, top - LEADING * number) for number, line in enumerate(lines) if line]


def pdf(*pages: Sequence[Text], **about: str) -> bytes:
    """A PDF of pages in Helvetica; `about` is its own information: Title, Author, CreationDate, Producer, …."""
    return with_contents(*map(drawn, pages), about=about)


def drawn(page: Sequence[Text]) -> bytes:
    """The operators that set a page's texts, each as an object of its own."""
    return b"\n".join(
        b"BT /F1 %g Tf 1 0 0 1 %g %g Tm (%s) Tj ET" % (text.size, text.x, text.y, _escaped(text.words)) for text in page
    )


def with_contents(*contents: bytes, entries: bytes = b"", about: Mapping[str, str] = NOTHING) -> bytes:
    """A PDF of pages that are drawn by these operators; `entries` are added to the dictionary of every page."""
    first = 4
    kids = b" ".join(b"%d 0 R" % (first + 2 * number) for number in range(len(contents)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(contents)),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, content in enumerate(contents):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R %s "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % (first + 2 * number + 1, entries)
        )
        objects.append(stream(content))
    information = b" ".join(b"/%s (%s)" % (name.encode(), _escaped(words)) for name, words in about.items())
    return assembled([*objects, b"<< %s >>" % information], information=len(objects) + 1)


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """A packed stream; `entries` stand in its dictionary."""
    packed = zlib.compress(content, 9)
    return b"<< /Length %d /Filter /FlateDecode %s >>\nstream\n%s\nendstream" % (len(packed), entries, packed)


def assembled(objects: Sequence[bytes], information: int | None = None) -> bytes:
    """A file of numbered objects, the first of which is the catalogue."""
    written, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    about = b"/Info %d 0 R" % information if information else b""
    trailer = b"trailer << /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, about, len(written))
    return written + b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table) + trailer


def locked(source: bytes, password: str) -> bytes:
    """The same PDF, which opens with a password."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(source)))
    writer.encrypt(user_password=password, owner_password="owner", algorithm="RC4-128")
    saved = BytesIO()
    writer.write(saved)
    return saved.getvalue()


def _escaped(words: str) -> bytes:
    return words.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
