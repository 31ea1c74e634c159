"""Bytes to text: whatever a file is encoded in, the words come out the same."""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE
from collections.abc import Sequence
from dataclasses import dataclass

import webencodings
from charset_normalizer import from_bytes

from retrieval.ingest.reading import Unreadable

LIMIT = 5_000_000
"""The most bytes that are read as one article."""

_MARKS = (
    (BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark its own begins with
    (BOM_UTF32_BE, "utf-32-be"),
    (BOM_UTF8, "utf-8"),
    (BOM_UTF16_LE, "utf-16-le"),
    (BOM_UTF16_BE, "utf-16-be"),
)

_SIGNATURES = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"{\\rtf", "a rich-text document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
    (b"BZh", "a compressed file"),
    (b"\xfd7zXZ", "a compressed file"),
    (b"7z\xbc\xaf", "a compressed file"),
    (b"\x7fELF", "a program"),
    (b"ID3", "a sound recording"),
    (b"SQLite format 3", "a database"),
)

_LINE_END = re.compile("\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
_UNSHOWABLE = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
_BINARY = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b\x1c\x1d\x1e"))

_SAID_OF_ANYTHING = ("windows-1252", "x-user-defined", "replacement")

_FEW = 4
"""Control characters that a text may hold by accident, however short it is."""

_SAMPLE = 65_536
"""Bytes from which an unmarked encoding is judged."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A source's text, with LF line ends and nothing unshowable in it, and what had to be replaced."""

    text: str
    warnings: tuple[str, ...] = ()


def decode(source: bytes, limit: int = LIMIT, declared: Sequence[str] = ()) -> Decoded:
    """Find the encoding and give the cleaned text; raises `Unreadable` for what is not text, or too long.

    `declared` are the encodings by which the source is said to be written, the likeliest first, under any name that
    the web knows; a text that is UTF-8 is read as such whatever they say.
    """
    check_size(len(source), limit)
    _refuse_known_formats(source)
    for mark, encoding in _MARKS:
        if source.startswith(mark):
            return clean(source[len(mark) :].decode(encoding, errors="replace"))
    return clean(_without_mark(source, declared))


def check_size(size: int, limit: int) -> None:
    """Raise `Unreadable` for a source of more than `limit` bytes."""
    if size > limit:
        raise Unreadable(
            f"The text is longer than {_megabytes(limit)} MB, the most that can be added; split it, or leave out parts."
        )


def clean(text: str) -> Decoded:
    """Make line ends LF and replace what cannot be shown: control characters, lone surrogates, direction overrides."""
    text = _LINE_END.sub("\n", text).replace("\ufeff", "")
    text, replaced = _UNSHOWABLE.subn("\ufffd", text)
    if not replaced:
        return Decoded(text)
    characters = "1 character that cannot be shown was" if replaced == 1 else f"{replaced} unshowable characters were"
    return Decoded(text, (f"{characters} replaced by \ufffd.",))


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f}".removesuffix(".0")


def _refuse_known_formats(source: bytes) -> None:
    for signature, format_name in _SIGNATURES:
        if source.startswith(signature):
            raise Unreadable(f"This is not a text file but {format_name}; paste the article's text instead.")


def _without_mark(source: bytes, declared: Sequence[str]) -> str:
    wide = _wide_encoding(source[:_SAMPLE])
    if wide is not None:
        return source.decode(wide, errors="replace")
    _refuse_binary(source)
    try:
        return source.decode("utf-8")
    except UnicodeDecodeError:
        said = filter(None, (_as_declared(source, name) for name in declared))
        return next(said, None) or _damaged_utf8(source) or _western(source) or _guessed(source)


def _wide_encoding(sample: bytes) -> str | None:
    """UTF-16 shows by the zeros of its spaces and line ends, which stand on one side of the pairs only."""
    high, low = sample[0::2].count(0), sample[1::2].count(0)
    if low > 20 * high and low * 40 > len(sample):
        return "utf-16-le"
    if high > 20 * low and high * 40 > len(sample):
        return "utf-16-be"
    return None


def _refuse_binary(source: bytes) -> None:
    controls = len(source) - len(source.translate(None, _BINARY))
    if controls > _FEW and controls * 100 > len(source):
        raise Unreadable("This is not a text file: it holds binary data; paste the article's text instead.")


def _as_declared(source: bytes, name: str) -> str | None:
    """The text in the encoding of that name, unless it does not fit, or is one that servers name for any text."""
    encoding = webencodings.lookup(name)
    if encoding is None or encoding.name.startswith("utf-") or encoding.name in _SAID_OF_ANYTHING:
        return None
    text: str = encoding.codec_info.decode(source, "replace")[0]
    return _if_mostly_whole(text)


def _damaged_utf8(source: bytes) -> str | None:
    return _if_mostly_whole(source.decode("utf-8", errors="replace"))


def _if_mostly_whole(text: str) -> str | None:
    """The text, unless more of its characters beyond ASCII are broken than whole."""
    broken = text.count("\ufffd")
    beyond_ascii = len(text) - len(text.encode("ascii", errors="ignore"))
    return text if beyond_ascii > 2 * broken else None


_ACCENTED = re.compile("[À-ÖØ-öø-ÿŒœŠšŽžŸ]")
_ODD_FOR_WESTERN = re.compile("[A-Za-zÀ-ÿ][¡-¿×÷ƒˆ‚„†‡‰‹›¤¦¨¯´¸¬µ¶¼½¾¹²³][a-zÀ-ÿ]|[À-ÖØ-öø-ÿ]{4}")


def _western(source: bytes) -> str | None:
    """Windows-1252, in which most old Western files are, unless its letters fall where no Western word has them."""
    try:
        text = source.decode("cp1252")
    except UnicodeDecodeError:
        return None
    sample = text[:_SAMPLE]
    accented = len(_ACCENTED.findall(sample))
    return None if _ODD_FOR_WESTERN.search(sample) or accented * 4 > len(sample) else text


def _guessed(source: bytes) -> str:
    guess = from_bytes(source[:_SAMPLE]).best()
    if guess is None:
        raise Unreadable("The file's encoding was not recognised; save it as UTF-8 and add it again.")
    return source.decode(guess.encoding, errors="replace")
