"""Words that were divided at the end of a line."""

import re
from collections.abc import Iterable

from retrieval.text.lexicon import is_past, is_word
from retrieval.text.vocabulary import STOP_WORDS, numerals

_LONGEST = 40
"""Letters of a part of a word."""

_DIVIDED = re.compile(rf"([^\W\d_]{{1,{_LONGEST}}})-$")
_REST = re.compile(rf"[^\W\d_]{{1,{_LONGEST}}}")
_UNSPACED = re.compile(r"(?:\w[-/]|\S[/—])$")
"""Ends of lines behind which no space stood: 35-year, BBC/Sky, the end—or."""

_SUSPENDED = frozenset({"and", "or", "to"})
"""Words before which a hyphen stands for what follows: two- and three-year."""

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


class Hyphens:
    """Joins divided words as they are written elsewhere in the same text, or else as the dictionary has them."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._written = {word.casefold() for line in lines for word in _WORD.findall(line)}

    def before(self, above: str, below: str) -> str:
        """The line above as it stands before the one below: with a space, or with a divided word's front alone."""
        end = above[-_LONGEST - 1 :]
        divided, rest = _DIVIDED.search(end), _REST.match(below)
        if divided and rest and self._is_one_word(divided[1], rest[0]):
            return above[:-1]
        suspended = end.endswith("-") and rest is not None and rest[0] in _SUSPENDED
        return above if _UNSPACED.search(end) and not suspended else f"{above} "

    def _is_one_word(self, front: str, rest: str) -> bool:
        """Whether the hyphen only divides; compounds keep theirs: well-known, three-year, Paris-based, Anglo-French."""
        whole = f"{front}{rest}".casefold()
        if f"{front}-{rest}".casefold() in self._written or rest in _SUSPENDED:
            return False
        if whole in self._written or is_word(whole):
            return True
        if rest[0].isupper() or not _is_known(rest):
            return rest[0].islower()
        return not (_is_known(front) or (front[0].isupper() and is_past(rest)))


def _is_known(word: str) -> bool:
    folded = word.casefold()
    return is_word(folded) or folded in STOP_WORDS or folded in numerals()
