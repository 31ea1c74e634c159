"""Discord's markdown: words shown as they stand, with nothing in them read as formatting, a mention or a link.

Escaping is presentation: `plain(escape(words)) == words`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.ui.cards import Fate, Piece, Quote
from retrieval.article import Span

CUT = "[…]"
"""Stands where words of a quotation are left out."""

_SPECIAL = re.compile(r"[\\*_~|`<>\[\]()#@:]")
_LINE_START = re.compile(r"(?m)^(\s*)([-+]|\d+(?=[.)]))")
_ESCAPED = re.compile(r"\\([^0-9A-Za-z\s])")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A stretch of a quotation's words, and whether words are left out before and after it; `mark` counts inside it."""

    words: str
    mark: Span | None
    cut_before: bool = False
    cut_after: bool = False


def escape(words: str) -> str:
    """Put a backslash before every character that Discord could take for formatting."""
    escaped = _SPECIAL.sub(r"\\\g<0>", words)
    return _LINE_START.sub(_escape_list, escaped)


def plain(markdown: str) -> str:
    """Undo `escape`."""
    return _ESCAPED.sub(r"\1", markdown)


def block(quote: Quote, at_most: int) -> str:
    """Show a quotation of at most `at_most` characters as a quoted block, the answer in bold, cuts as […]."""
    part = excerpt(quote.words, quote.mark, at_most)
    if part.mark:
        before, marked = part.words[: part.mark.start], part.mark.within(part.words)
        shown = f"{escape(before)}**{escape(marked)}**{escape(part.words[part.mark.end :])}"
    else:
        shown = escape(part.words)
    shown = f"{CUT} {shown}" if part.cut_before else shown
    shown = f"{shown} {CUT}" if part.cut_after else shown
    return _quoted(shown)


def revision(pieces: Sequence[Piece], at_most: int) -> str:
    """Show pieces of a corrected text as a quoted block of about `at_most` characters; a last line counts the rest."""
    shown, room = "", at_most
    for number, piece in enumerate(pieces):
        part = _piece(piece, at_most // 3)
        if len(part) > room:
            further = sum(each.fate in (Fate.REMOVED, Fate.ADDED) for each in pieces[number:])
            return f"{_quoted(f'{shown.rstrip()} {CUT}')}\n-# and more changes: {further}"
        shown += part
        room -= len(part)
    return _quoted(shown)


def excerpt(words: str, mark: Span | None, at_most: int) -> Excerpt:
    """Return at most `at_most` characters of the words, as much of the marked ones as fit, cut between words."""
    if len(words) <= at_most:
        return Excerpt(words, mark)
    wanted = mark or Span(0, 1)
    room = max(0, at_most - len(wanted))
    start = max(0, min(wanted.start - room // 2, len(words) - at_most))
    end = min(len(words), start + at_most)
    start, end = _at_words(words, Span(start, end), wanted)
    kept = Span(max(wanted.start, start) - start, min(wanted.end, end) - start) if mark else None
    return Excerpt(words[start:end], kept, cut_before=start > 0, cut_after=end < len(words))


def shortened(words: str, at_most: int) -> str:
    """Cut words of the bot's own, or a title, to a length, with … where something is missing."""
    return words if len(words) <= at_most else f"{words[: at_most - 1].rstrip()}…"


def _quoted(shown: str) -> str:
    return "\n".join(f"> {line}" for line in shown.split("\n"))


def _piece(piece: Piece, at_most: int) -> str:
    match piece.fate:
        case Fate.PASSED_OVER:
            return f" {CUT} "
        case Fate.KEPT:
            return escape(piece.words)
        case Fate.REMOVED:
            return _marked(piece.words, "~~", at_most)
        case Fate.ADDED:
            return _marked(piece.words, "**", at_most)


def _marked(words: str, mark: str, at_most: int) -> str:
    """Put a mark around each line of the words, which Discord wants next to the words themselves."""
    part = excerpt(words, None, at_most)
    lines = (_marked_line(line, mark) for line in part.words.split("\n"))
    return "\n".join(lines) + (f" {CUT}" if part.cut_after else "")


def _marked_line(line: str, mark: str) -> str:
    core = line.strip()
    before, _, after = line.partition(core) if core else (line, "", "")
    return f"{before}{mark}{escape(core)}{mark}{after}" if core else line


def _at_words(words: str, window: Span, wanted: Span) -> tuple[int, int]:
    """Move a window's ends inwards to white space, but not into the wanted words."""
    start, end = window.start, window.end
    if start > 0 and (space := words.find(" ", start, max(start, wanted.start))) >= 0:
        start = space + 1
    if end < len(words) and (space := words.rfind(" ", min(end, wanted.end), end)) > start:
        end = space
    return start, end


def _escape_list(match: re.Match[str]) -> str:
    """Keep “1.” and “-” at the beginning of a line from becoming a list: the sign after the figures is escaped."""
    return f"{match[1]}\\{match[2]}" if match[2] in "-+" else f"{match[1]}{match[2]}\\"
