"""The span reader: a small neural net that marks the words of a passage that answer a question.

It is an exported SQuAD-style model, `model.onnx` with inputs input_ids, attention_mask and token_type_ids and outputs
start_logits and end_logits, and its `vocab.txt`. A passage scores the same whatever is read before or after it.

    Unreadable model      `BrokenModel`: the folder holds no model, or a damaged one
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.article import Span
from retrieval.text.wordpiece import Pieces, WordPiece

LONGEST_QUESTION = 72
LONGEST_TITLE = 24
LONGEST = 320
"""Pieces that are read at a time: of a question, of a title, and in all."""
LONGEST_ANSWER = 30


class BrokenModel(Exception):
    """The reader cannot be loaded; the message says why, in one sentence."""


@dataclass(frozen=True, slots=True)
class Marked:
    """Words of one sentence that may answer.

    `answer` counts in the text that was read. `margin` is how much higher these words score than "no answer", in the
    model's own units: above 0, it would rather answer.
    """

    sentence: Span
    answer: Span
    margin: float


class _Placed(NamedTuple):
    """A sentence, and the first and the end of its pieces."""

    sentence: Span
    begin: int
    end: int


class Reader:
    """A loaded model. It may be used by one thread at a time."""

    def __init__(self, folder: Path, threads: int) -> None:
        import onnxruntime  # loaded where it is needed: it takes a moment, and most commands read nothing

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 4
        try:
            self._wordpiece = WordPiece((folder / "vocab.txt").read_text("utf-8").splitlines())
            self._session = onnxruntime.InferenceSession(
                folder / "model.onnx", options, providers=["CPUExecutionProvider"]
            )
            self._try()
        except (OSError, UnicodeDecodeError) as error:
            raise BrokenModel(f"The reader in {folder} cannot be loaded: {error}.") from error
        except Exception as error:  # onnxruntime raises classes of its own that have no common base
            raise BrokenModel(f"The reader in {folder} is damaged or of another kind.") from error

    def read(
        self, question: str, title: str, text: str, sentences: Sequence[Span], offered: Collection[Span] = ()
    ) -> list[Marked]:
        """Mark the best words in each of the sentences of a text, and say how good the offered words are.

        Offered words that are no whole pieces, and sentences beyond what can be read, are left out.
        """
        passage = self._wordpiece.pieces(text)
        head = self._head(question, title)
        marked: list[Marked] = []
        for group in _windows(passage, sentences, LONGEST - len(head) - 1):
            marked += self._read_window(head, passage, group, offered)
        return marked

    def _try(self) -> None:
        """Read the vocabulary's last piece: a model that does not go with it fails here and not later."""
        last = self._wordpiece.size - 1
        self._scores([self._wordpiece.cls, last, self._wordpiece.sep], [self._wordpiece.cls, self._wordpiece.sep])

    def _head(self, question: str, title: str) -> list[int]:
        asked = self._wordpiece.pieces(question).ids[-LONGEST_QUESTION:]  # what is asked stands at the end
        named = self._wordpiece.pieces(title).ids[:LONGEST_TITLE]
        return [self._wordpiece.cls, *asked, self._wordpiece.sep, *named]

    def _read_window(
        self, head: list[int], passage: Pieces, group: Sequence[_Placed], offered: Collection[Span]
    ) -> list[Marked]:
        first, last = group[0].begin, min(group[-1].end, group[0].begin + LONGEST - len(head) - 1)
        starts, ends = self._scores([*head, *passage.ids[first:last], self._wordpiece.sep], head)
        nothing = float(starts[0] + ends[0])
        starts, ends = starts[len(head) : -1], ends[len(head) : -1]
        places = passage.places[first:last]
        begins = {begin: piece for piece, (begin, _) in enumerate(places)}
        finishes = {finish: piece for piece, (_, finish) in enumerate(places)}
        marked = []
        for sentence, begin, end in group:
            inside = slice(begin - first, min(end, last) - first)
            if inside.stop <= inside.start:
                continue
            start, finish, score = _best(starts[inside], ends[inside])
            words = Span(places[inside.start + start][0], places[inside.start + finish][1])
            marked.append(Marked(sentence, words, score - nothing))
            for span in offered:
                if span in sentence and span != words and span.start in begins and span.end in finishes:
                    score = float(starts[begins[span.start]] + ends[finishes[span.end]])
                    marked.append(Marked(sentence, span, score - nothing))
        return marked

    def _scores(self, ids: list[int], head: list[int]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        pieces = np.array([ids], np.int64)
        segments = np.zeros_like(pieces)
        segments[0, head.index(self._wordpiece.sep) + 1 :] = 1
        feed: dict[str, Any] = {
            "input_ids": pieces,
            "attention_mask": np.ones_like(pieces),
            "token_type_ids": segments,
        }
        starts, ends = self._session.run(["start_logits", "end_logits"], feed)
        return starts[0], ends[0]


def _windows(passage: Pieces, sentences: Sequence[Span], room: int) -> list[list[_Placed]]:
    """The sentences with their pieces, in groups that can be read at once."""
    groups: list[list[_Placed]] = []
    for each in _placed(passage, sentences):
        if groups and each.end - groups[-1][0].begin <= room:
            groups[-1].append(each)
        else:
            groups.append([each])
    return groups


def _placed(passage: Pieces, sentences: Sequence[Span]) -> Iterator[_Placed]:
    at = 0
    for sentence in sentences:
        while at < len(passage) and passage.places[at][0] < sentence.start:
            at += 1
        begin = at
        while at < len(passage) and passage.places[at][0] < sentence.end:
            at += 1
        if at > begin:
            yield _Placed(sentence, begin, at)


def _best(starts: NDArray[np.float32], ends: NDArray[np.float32]) -> tuple[int, int, float]:
    """The highest sum of a start and an end that is not before it, nor farther than an answer is long."""
    sums = starts[:, None] + ends[None, :]
    allowed = np.tri(len(ends), len(starts), 0, dtype=np.bool_).T
    allowed &= np.tri(len(starts), len(ends), LONGEST_ANSWER - 1, dtype=np.bool_)
    sums = np.where(allowed, sums, -np.inf)
    start, end = np.unravel_index(int(sums.argmax()), sums.shape)
    return int(start), int(end), float(sums[start, end])
