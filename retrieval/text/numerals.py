"""Numerals: numbers from two to below a million that are written in words, such as seven hundred or twenty-four."""

import re

from retrieval.text.vocabulary import numerals

_VALUES = numerals()
_DIGITS = "|".join(word for word, value in _VALUES.items() if value < 10)
_BELOW_20 = "|".join(sorted((word for word, value in _VALUES.items() if value < 20), key=len, reverse=True))
_TENS = "|".join(word for word, value in _VALUES.items() if value >= 20)
_GAP = r"[ \u00a0-]"
_AND = rf"(?:{_GAP}and)?{_GAP}"
_BELOW_100 = rf"(?:(?:{_TENS})(?:{_GAP}(?:{_DIGITS})(?![^\W\d_]))?|{_BELOW_20})"
_BELOW_1000 = rf"(?:(?:{_BELOW_100}{_GAP})?hundred(?:{_AND}{_BELOW_100})?|{_BELOW_100})"
NUMERAL = (
    rf"(?:(?!one(?!{_GAP}(?:hundred|thousand)))"
    rf"(?:(?:{_BELOW_1000}{_GAP})?thousand(?:{_AND}{_BELOW_1000})?|{_BELOW_1000})(?![^\W\d_]))"
)
"""A number in words, as a pattern; “one” alone is none, for it is seldom meant as a number."""
_WORD = re.compile(r"[a-z]+")


def value(words: str) -> int:
    """Return what a number in words stands for: 724 for “seven hundred and twenty-four”."""
    total = below = 0
    for word in _WORD.findall(words.lower()):
        match word:
            case "and":
                continue
            case "hundred":
                below = max(1, below) * 100
            case "thousand":
                total, below = total + max(1, below) * 1_000, 0
            case _:
                below += _VALUES[word]
    return total + below
