"""Terms: what two spellings of a word have in common, for matching questions with passages.

A term is lower case, without accents, stemmed (Porter's second English stemmer, as Snowball has it). Numbers keep
their value: 1,200, 1200 and twelve hundred are one term. Stop words are not terms.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import Stemmer

from retrieval.text.folding import fold
from retrieval.text.numerals import NUMERAL, value
from retrieval.text.vocabulary import STOP_WORDS, mapping, words

_SAME = mapping("same")
_LONG_NAMES = "|".join(rf"{name.title()}(?!\w)".replace(" ", r"[ \u00a0]") for name in _SAME if " " in name)
_MARKS = "\u0300-\u036f"  # accents that follow their letter as a character of their own


def _word(letters: str, numeral: str = "") -> re.Pattern[str]:
    return re.compile(
        rf"""
          {numeral}
          {_LONG_NAMES}                        # United Kingdom
        | (?:[^\W\d_]\.){{2,}}                 # initials: U.S.
        | \d+(?:[.,]\d+)*                      # 700, 1,200, 4.2
        | %
        | {letters}+(?:['’]{letters}+)*        # words, with apostrophes inside: don't, O’Brien
        """,
        re.VERBOSE,
    )


_SPELLED = re.compile(NUMERAL, re.IGNORECASE)
_SEVERAL_WORDS = re.compile(r"undred|housand|ty[ \u00a0-](?:one|two|three|four|five|six|seven|eight|nine)")
"""What every number of several words has in it."""
_WORD = _word(r"[^\W\d_]")
_LETTER_WITH_MARKS = rf"(?:[^\W\d_][{_MARKS}]*)"
_WORD_WITH_MARKS = _word(_LETTER_WITH_MARKS)
_NUMERAL = rf"(?<![^\W\d_])(?i:{NUMERAL})|".replace(" ", r"\ ")  # in a verbose pattern
_WORD_OR_NUMERAL = _word(_LETTER_WITH_MARKS, _NUMERAL)
_MARK = re.compile(f"[{_MARKS}]")
_PREFIXED = re.compile(rf"(?<![\w-])({'|'.join(sorted(words('prefixes')))})-(?=[^\W\d_])", re.IGNORECASE)
_IRREGULAR = mapping("irregular")
_stem = Stemmer.Stemmer("english", 0).stemWord
_known: dict[str, str | None] = {}
_KNOWN_AT_MOST = 500_000


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text with the term it stands for; `term` is None for a stop word. Offsets are code points."""

    term: str | None
    words: str
    start: int
    end: int


def terms(text: str) -> list[str]:
    """Return the text's terms in their order, repeated ones repeated."""
    return [term for word in _pattern(text).findall(_joined(text)) if (term := _term(word)) is not None]


def tokens(text: str) -> Iterator[Token]:
    """Yield every word of the text, stop words included, with its offsets.

    A word with a prefix, as in `co-operate`, is one word here too.
    """
    at = 0
    for match in _pattern(text).finditer(text):
        if match.start() < at:
            continue
        at = match.end()
        if _PREFIXED.match(text, match.start()) and (rest := _pattern(text).match(text, at + 1)):
            at = rest.end()
        words = text[match.start() : at]
        yield Token(_term(_joined(words)), words, match.start(), at)


def _pattern(text: str) -> re.Pattern[str]:
    """The pattern for the text's words; those for numbers of several words and for marks are slow and seldom needed."""
    if _SEVERAL_WORDS.search(text):
        return _WORD_OR_NUMERAL
    return _WORD if text.isascii() or not _MARK.search(text) else _WORD_WITH_MARKS


def _joined(text: str) -> str:
    return _PREFIXED.sub(r"\1", text) if "-" in text else text


def _term(word: str) -> str | None:
    try:
        return _known[word]
    except KeyError:
        if len(_known) >= _KNOWN_AT_MOST:
            _known.clear()
        term = _known[word] = _reduce(word)
        return term


def _reduce(word: str) -> str | None:
    if word[0].isdigit():
        return _number(word)
    if _SPELLED.fullmatch(word):
        return str(value(word))
    folded = fold(word).replace("\u00a0", " ")
    if word.isupper() and len(word) > 1 and folded in STOP_WORDS:
        return "usa" if folded == "us" else folded  # an abbreviation: the US, the WHO
    if folded in STOP_WORDS:
        return None
    folded = _SAME.get(folded, folded).removesuffix("'s").removesuffix("'")
    if folded in STOP_WORDS or (len(folded) == 1 and folded.isascii()):
        return None
    folded = _IRREGULAR.get(folded, folded)
    return str(_stem(folded)).replace("'", "").replace(".", "")


def _number(figures: str) -> str:
    """1,200 → 1200 · 4.20 → 4.2 · 3.000.000 → 3000000."""
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", figures):
        figures = figures.replace(",", "")
    elif figures.count(".") > 1:
        figures = figures.replace(".", "")
    if figures.count(".") == 1 and figures.replace(".", "").isdecimal():
        figures = figures.rstrip("0").rstrip(".")
    return "".join(str(unicodedata.decimal(figure, figure)) for figure in figures)
