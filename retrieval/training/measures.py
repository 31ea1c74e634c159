"""Measures while training: exact match and F1 as SQuAD defines them, on questions that were kept apart."""

from collections.abc import Sequence

import torch

from retrieval.evaluation.squad import exact, f1
from retrieval.text.wordpiece import WordPiece
from retrieval.training.asked import Asked
from retrieval.training.batches import collate, encode
from retrieval.training.encoder import SpanReader
from retrieval.training.examples import Example

_LONGEST_ANSWER = 30
_BATCH = 16


def measure(reader: SpanReader, questions: Sequence[Asked], wordpiece: WordPiece) -> dict[str, float]:
    """Answer whole contexts: always, for the answerable ones; and how far unanswerable ones score below them."""
    matches = overlap = 0.0
    margins: list[tuple[float, bool]] = []
    answerable = 0
    reader.eval()
    for begin in range(0, len(questions), _BATCH):
        group = questions[begin : begin + _BATCH]
        for asked, (text, margin) in zip(group, _answers(reader, group, wordpiece), strict=True):
            margins.append((margin, bool(asked.answers)))
            if asked.answers:
                golds = [span.within(asked.context) for span in asked.answers]
                answerable += 1
                matches += exact(text, golds)
                overlap += f1(text, golds)
    reader.train()
    return {
        "always_em": round(100 * matches / max(1, answerable), 1),
        "always_f1": round(100 * overlap / max(1, answerable), 1),
        "separation": round(100 * _separation(margins), 1),
    }


def _answers(reader: SpanReader, group: Sequence[Asked], wordpiece: WordPiece) -> list[tuple[str, float]]:
    """The best span's words for each question, and its score less that of no answer."""
    encoded = [encode(Example(asked.question, "", asked.context, None), wordpiece) for asked in group]
    kept = [each for each in encoded if each is not None]
    batch = collate([[each] for each in kept], wordpiece.sep).on(reader.device)
    with torch.no_grad(), torch.autocast(reader.device.type, torch.bfloat16):
        scores = reader(batch.pieces, batch.segments, batch.mask).float().cpu()
    found = []
    for row, (asked, each) in enumerate(zip(group, kept, strict=True)):
        starts = scores[row, each.first : each.first + len(each.places), 0]
        ends = scores[row, each.first : each.first + len(each.places), 1]
        sums = (starts[:, None] + ends[None, :]).triu().tril(_LONGEST_ANSWER - 1)
        sums = sums.masked_fill(torch.ones_like(sums).triu().tril(_LONGEST_ANSWER - 1) == 0, -1e9)
        best = int(sums.argmax())
        start, end = divmod(best, len(each.places))
        words = asked.context[each.places[start][0] : each.places[end][1]]
        found.append((words, float(sums.max() - scores[row, 0].sum())))
    return found


def _separation(margins: list[tuple[float, bool]]) -> float:
    """The chance that an answerable question scores above an unanswerable one (the area under the ROC curve)."""
    ranked = sorted(margins)
    below = pairs = 0
    for _, answerable in ranked:
        if answerable:
            pairs += below
        else:
            below += 1
    answerables = len(ranked) - below
    return pairs / (below * answerables) if below and answerables else 0.0
