"""The whole phrase of which a reader marked a part: an amount with its scale, and with the bound that it is."""

import re

from retrieval.article import Span
from retrieval.phrases.quantities import SCALE, quantities
from retrieval.text.vocabulary import words

_BOUND = re.compile(rf"\s*(?:{'|'.join(words('bounds'))})\s+".replace("_", r"\s"), re.IGNORECASE)
_SCALE = re.compile(SCALE, re.IGNORECASE)


def whole(text: str, sentence: Span, marked: Span) -> Span:
    """Widen marked words that are the bare number of an amount, whose meaning the words beside it change.

    1.6 becomes 1.6 million, 700 becomes more than 700. What merely says that a number is rounded stays outside.
    """
    for amount in quantities(text, sentence):
        if marked in amount:
            bound = _BOUND.fullmatch(text, amount.start, marked.start)
            scale = _SCALE.match(text, marked.end, amount.end)
            return Span(amount.start if bound else marked.start, scale.end() if scale else marked.end)
    return marked
