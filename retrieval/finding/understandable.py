"""Which neighbours a sentence needs, to be understood where it is quoted.

“He said so” needs the sentence before it. So does one that ends a quotation which began earlier; one whose quotation
goes on needs the sentence after it.
"""

import re
from collections.abc import Iterator

from retrieval.article import Span

_PRONOUN = re.compile(
    r"\W*(?:and |but )?(?:he|she|it|they|his|her|its|their|this|that|these|those|both)\b", re.IGNORECASE
)
_MARK = re.compile(r'[“”"]')


def resumes(text: str, sentence: Span) -> bool:
    """Whether it opens with a pronoun that stands for something said before."""
    return _PRONOUN.match(text, sentence.start) is not None


def ends_a_quotation(text: str, sentence: Span) -> bool:
    """Whether words are quoted in it from its beginning on, so that the quotation began in an earlier one."""
    return next(_opens(text, sentence), True) is False


def leaves_a_quotation_open(text: str, sentence: Span) -> bool:
    """Whether a quotation begins in it that goes on after its end."""
    return [False, *_opens(text, sentence)][-1]


def _opens(text: str, sentence: Span) -> Iterator[bool]:
    """For each quotation mark, whether it opens; a straight one does where no word ends at it."""
    for mark in _MARK.finditer(text, sentence.start, sentence.end):
        if mark[0] == '"':
            yield mark.start() == sentence.start or text[mark.start() - 1] in " (\u00a0—–"
        else:
            yield mark[0] == "“"
