"""The whole phrase of which a reader marked a part, or marked too much.

An amount goes with its scale and with the bound that it is; a quotation mark without its fellow goes.
"""

import re

from retrieval.article import Span
from retrieval.phrases.quantities import SCALE, quantities
from retrieval.text.vocabulary import words

_BOUND = re.compile(rf"\s*(?:{'|'.join(words('bounds'))})\s+".replace("_", r"\s"), re.IGNORECASE)
_SCALE = re.compile(SCALE, re.IGNORECASE)


def whole(text: str, sentence: Span, marked: Span) -> Span:
    """Return what a person would say of a sentence of which these words are marked."""
    return _amount(text, sentence, _without_lone_marks(text, marked))


def _without_lone_marks(text: str, marked: Span) -> Span:
    words = marked.within(text)
    alone = sum(words.count(mark) for mark in '“”"') % 2 == 1
    inner = words.strip('“”"')
    if not alone or not inner:
        return marked
    start = marked.start + words.index(inner)
    return Span(start, start + len(inner))


def _amount(text: str, sentence: Span, marked: Span) -> Span:
    """Widen the bare number of an amount, where the words beside it change what it means.

    1.6 becomes 1.6 million, 700 becomes more than 700. What merely says that a number is rounded stays outside.
    """
    for amount in quantities(text, sentence):
        if marked in amount:
            bound = _BOUND.fullmatch(text, amount.start, marked.start)
            scale = _SCALE.match(text, marked.end, amount.end)
            return Span(amount.start if bound else marked.start, scale.end() if scale else marked.end)
    return marked
