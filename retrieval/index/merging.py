"""Merging: several segments become one, without the passages that are gone.

The passages keep their order and get new numbers. Terms are merged a range at a time, in their order, so that never
more than a few of them are in memory; what is written comes out in one run.
"""

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.index.columns import Column, Columns
from retrieval.index.lexicon import Lexicon
from retrieval.index.postings import Integers, Pairs, Postings, code_type
from retrieval.index.segment import Segment

_TERMS_AT_A_TIME = 4096
_POSTINGS_AT_A_TIME = 1 << 18
"""Apart from those of a single term. What is done with them keeps other threads waiting for some milliseconds."""


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """A segment that goes into a merged one. `renumbered[n]` is the new number of passage n; −1 where it is gone."""

    segment: Segment
    renumbered: NDArray[np.int32]

    def kept(self, values: NDArray[Any]) -> NDArray[Any]:
        """Of the values of each passage, those of passages that are not gone."""
        return values[self.renumbered >= 0]


class _Range(NamedTuple):
    """Some terms and their postings."""

    terms: list[bytes]
    postings: Postings


def sources(segments: Sequence[Segment], live: Sequence[NDArray[np.bool_]]) -> list[Source]:
    """Number the segments' live passages, one segment after the other."""
    numbers = np.cumsum(np.concatenate([np.empty(0, np.bool_), *live]), dtype=np.int32) - np.int32(1)
    ends = np.cumsum([0, *map(len, segments)]).tolist()
    return [
        Source(segment, np.where(mask, numbers[start:end], np.int32(-1)))
        for segment, mask, (start, end) in zip(segments, live, pairwise(ends), strict=True)
    ]


def merged(given: Sequence[Source], columns: Columns, progress: Callable[[float], Any] = lambda _: None) -> Segment:
    """Merge segments. `progress` is told the fraction that is done; what it raises stops the merging."""
    pairs, recoded = _pairs([source.segment.pairs for source in given])
    articles, firsts, lasts = _articles(given)
    table: dict[str, NDArray[Any]] = {
        "frequencies": pairs.frequencies,
        "pair_lengths": pairs.lengths,
        "ids": np.concatenate([source.kept(source.segment.ids) for source in given]),
        "lengths": np.concatenate([source.kept(source.segment.lengths) for source in given]),
        "articles": articles,
        "firsts": firsts,
        "lasts": lasts,
    }
    pieces = itertools.chain([table], _postings(given, recoded, progress))
    begun: dict[str, Column] = {}
    for piece in pieces:
        for name, values in piece.items():
            if name not in begun:
                begun[name] = columns.begin(name, values.dtype)
            begun[name].append(values)
    return Segment.of({name: column.whole() for name, column in begun.items()})


def _postings(
    given: Sequence[Source], recoded: Sequence[Integers], progress: Callable[[float], Any]
) -> Iterator[dict[str, NDArray[Any]]]:
    """Yield the columns of the terms and of the postings, piece by piece."""
    letter, run, posting = 0, 0, 0
    for done, each in _ranges(given, recoded):
        lexicon, postings = Lexicon.of(each.terms), each.postings
        yield {
            "letters": lexicon.letters,
            "ends": lexicon.ends + letter,
            "heads": lexicon.heads,
            **postings._replace(runs=postings.runs[:-1] + run, starts=postings.starts[:-1] + posting)._asdict(),
        }
        letter += len(lexicon.letters)
        run += len(postings.blocks)
        posting += len(postings.slots)
        progress(done)
    yield {"runs": np.array([run], np.int64), "starts": np.array([posting], np.int64)}


def _pairs(given: Sequence[Pairs]) -> tuple[Pairs, list[Integers]]:
    """The pairs of all segments, each once, and for each segment's codes those that they become."""
    frequencies = np.concatenate([pairs.frequencies for pairs in given])
    lengths = np.concatenate([pairs.lengths for pairs in given])
    factor = int(lengths.max(initial=0)) + 1
    pairs, codes = np.unique(frequencies * factor + lengths, return_inverse=True)
    codes = codes.astype(code_type(len(pairs)))
    ends = np.cumsum([0, *map(len, given)]).tolist()
    return Pairs(pairs // factor, pairs % factor), [codes[start:end] for start, end in pairwise(ends)]


def _articles(given: Sequence[Source]) -> tuple[Integers, Integers, Integers]:
    """The articles that have passages left, ascending, and where their new numbers begin and end."""
    articles, firsts, lasts = [], [], []
    for source in given:
        segment = source.segment
        some = segment.lasts > segment.firsts
        first = source.renumbered[segment.firsts[some]]
        articles.append(segment.articles[some][first >= 0])
        firsts.append(first[first >= 0])
        lasts.append((first + (segment.lasts - segment.firsts)[some])[first >= 0])
    order = np.argsort(np.concatenate(articles), kind="stable")
    return np.concatenate(articles)[order], np.concatenate(firsts)[order], np.concatenate(lasts)[order]


def _ranges(given: Sequence[Source], recoded: Sequence[Integers]) -> Iterator[tuple[float, _Range]]:
    """Yield all postings, terms in their order, with the fraction of the terms that is done."""
    cuts = _cuts(max((source.segment for source in given), key=lambda segment: len(segment.postings.slots)))
    bounds = [[0, *source.segment.lexicon.positions(cuts), len(source.segment.lexicon)] for source in given]
    for row in range(len(cuts) + 1):
        slices = [(places[row], places[row + 1]) for places in bounds]
        yield (row + 1) / (len(cuts) + 1), _range(given, recoded, slices)


def _cuts(segment: Segment) -> list[bytes]:
    """The terms at which ranges begin, apart from the first, so that none is too large."""
    postings = np.arange(_POSTINGS_AT_A_TIME, len(segment.postings.slots), _POSTINGS_AT_A_TIME)
    terms = np.arange(_TERMS_AT_A_TIME, len(segment.lexicon), _TERMS_AT_A_TIME)
    places = np.union1d(np.searchsorted(segment.postings.starts, postings), terms)
    return [segment.lexicon[place] for place in places.tolist() if place < len(segment.lexicon)]


def _range(given: Sequence[Source], recoded: Sequence[Integers], slices: Sequence[tuple[int, int]]) -> _Range:
    """The postings of these terms of each segment, in the order of the terms and in that of the passages."""
    own = [source.segment.lexicon.between(*each) for source, each in zip(given, slices, strict=True)]
    terms = sorted(set[bytes]().union(*own))
    places = {term: place for place, term in enumerate(terms)}
    held, numbers, codes = [], [], []
    for source, code, (first, last), words in zip(given, recoded, slices, own, strict=True):
        postings = source.segment.postings
        starts = postings.starts[first : last + 1]
        renumbered = source.renumbered[postings.numbers(first, last)]
        kept = renumbered >= 0
        own_places = np.fromiter(map(places.__getitem__, words), np.int64, len(words))
        held.append(np.repeat(own_places, np.diff(starts))[kept])
        numbers.append(renumbered[kept])
        codes.append(code[postings.codes[starts[0] : starts[-1]]][kept])
    term = np.concatenate(held)
    order = np.argsort(term.astype(np.min_scalar_type(len(terms))), kind="stable")
    counts = np.bincount(term, minlength=len(terms))
    left = [word for word, count in zip(terms, counts.tolist(), strict=True) if count]
    starts = np.concatenate([[0], np.cumsum(counts[counts > 0])])
    return _Range(left, Postings.of(starts, np.concatenate(numbers)[order], np.concatenate(codes)[order]))
