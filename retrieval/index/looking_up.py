"""Looking up where the terms of a query have their postings."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from retrieval.index.lexicon import Lexicon, encoded
from retrieval.index.postings import NOWHERE, Postings, array_of


def look_up(lexicon: Lexicon, postings: Postings, terms: Sequence[str]) -> NDArray[np.int64]:
    """Return the terms' places among postings whose terms have the same numbers as in the lexicon."""
    keys = encoded(terms)
    return array_of(
        [
            postings.place(number) if number < len(lexicon) and lexicon[number] == key else NOWHERE
            for key, number in zip(keys, lexicon.positions(keys), strict=True)
        ]
    )
