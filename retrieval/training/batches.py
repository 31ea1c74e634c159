"""Batches: examples as tensors, those of like length together."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import accumulate
from typing import Self

import torch
from torch import Tensor

from retrieval.text.wordpiece import WordPiece
from retrieval.training.examples import Example

_LONGEST_QUESTION = 72
_LONGEST_TITLE = 24
_LONGEST = 320


@dataclass(frozen=True, slots=True)
class Encoded:
    """An example's pieces. The passage begins at `first`; `start` and `end` are the answer's pieces, 0 for none.

    `places` are those of the passage's pieces in its text.
    """

    pieces: list[int]
    first: int
    start: int
    end: int
    places: list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Batch:
    """Tensors of (batch, length), and of (batch,) for the answer; `open` is where an answer may stand.

    `rivals`, of (pairs, 2), are the rows of a passage that answers and of its rival.
    """

    pieces: Tensor
    segments: Tensor
    mask: Tensor
    open: Tensor
    start: Tensor
    end: Tensor
    rivals: Tensor

    def on(self, device: torch.device) -> Self:
        """The same batch where the reader's weights are."""
        return type(self)(*(getattr(self, field.name).to(device) for field in fields(self)))


def encode(example: Example, wordpiece: WordPiece) -> Encoded | None:
    """Put [CLS] question [SEP] title passage [SEP] into pieces; None where the answer is cut off."""
    question = wordpiece.pieces(example.question).ids[-_LONGEST_QUESTION:]
    title = wordpiece.pieces(example.title).ids[:_LONGEST_TITLE] if example.title else []
    passage = wordpiece.pieces(example.passage)
    head = [wordpiece.cls, *question, wordpiece.sep, *title]
    room = _LONGEST - len(head) - 1
    start = end = 0
    if example.answer is not None:
        inside = [
            place
            for place, (begin, finish) in enumerate(passage.places)
            if begin < example.answer.end and example.answer.start < finish
        ]
        if not inside or inside[-1] >= room:
            return None
        start, end = len(head) + inside[0], len(head) + inside[-1]
    pieces = [*head, *passage.ids[:room], wordpiece.sep]
    return Encoded(pieces, len(head), start, end, passage.places[:room])


def collate(groups: Sequence[Sequence[Encoded]], separator: int) -> Batch:
    """Put groups of one example, or of one and its rival, into a batch."""
    encoded = [each for group in groups for each in group]
    longest = max(len(each.pieces) for each in encoded)
    pieces = torch.zeros(len(encoded), longest, dtype=torch.long)
    segments = torch.zeros_like(pieces)
    mask = torch.zeros(len(encoded), longest, dtype=torch.bool)
    open_ = torch.zeros_like(mask)
    for row, each in enumerate(encoded):
        length = len(each.pieces)
        pieces[row, :length] = torch.tensor(each.pieces)
        segments[row, each.pieces.index(separator) + 1 : length] = 1
        mask[row, :length] = True
        open_[row, 0] = True
        open_[row, each.first : length - 1] = True
    start = torch.tensor([each.start for each in encoded])
    end = torch.tensor([each.end for each in encoded])
    firsts = list(accumulate((len(group) for group in groups), initial=0))
    pairs = [(first, first + 1) for first, group in zip(firsts, groups, strict=False) if len(group) == 2]
    return Batch(pieces, segments, mask, open_, start, end, torch.tensor(pairs, dtype=torch.long).view(-1, 2))


def batches(
    groups: list[list[Encoded]], pieces_a_batch: int, separator: int, chance: random.Random
) -> Iterator[tuple[Batch, int]]:
    """Yield batches of at most `pieces_a_batch` pieces, padding included, and how many examples each holds."""
    packed: list[list[list[Encoded]]] = [[]]
    examples = 0
    for group in sorted(groups, key=_longest):
        if (examples + len(group)) * _longest(group) > pieces_a_batch and packed[-1]:
            packed.append([])
            examples = 0
        packed[-1].append(group)
        examples += len(group)
    chance.shuffle(packed)
    for batch in packed:
        yield collate(batch, separator), sum(map(len, batch))


def _longest(group: Sequence[Encoded]) -> int:
    return max(len(each.pieces) for each in group)
