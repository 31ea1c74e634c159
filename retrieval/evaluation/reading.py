"""The reader alone: each question with the text that is to answer it."""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from retrieval.article import Span
from retrieval.evaluation.lines import Fields, key_of, list_of, read_lines, text_of
from retrieval.evaluation.squad import exact, f1
from retrieval.finding.reader import Marked, Reader
from retrieval.text.sentences import sentences


@dataclass(frozen=True, slots=True)
class ReadingQuestion:
    """A line of the file. `answers` are spans of the context; none where it does not answer."""

    id: str
    context: str
    question: str
    answers: tuple[Span, ...]

    @property
    def golds(self) -> list[str]:
        return [span.within(self.context) for span in self.answers]


@dataclass(frozen=True, slots=True)
class Read:
    """A question and the best words that the reader marked for it; None where there was nothing to read."""

    question: ReadingQuestion
    best: Marked | None
    seconds: float

    @property
    def sentence(self) -> str:
        """The sentence that holds the best words; empty where there was nothing to read."""
        return self.best.sentence.within(self.question.context) if self.best else ""

    def answer(self, threshold: float) -> str:
        """The words, or none where their margin is below `threshold`."""
        if self.best is None or self.best.margin < threshold:
            return ""
        return self.best.answer.within(self.question.context)

    def exact(self, threshold: float) -> bool:
        """Whether the answer is one of the right ones, or rightly none was given."""
        return exact(self.answer(threshold), self.question.golds) > 0


def read_questions(lines: Iterable[bytes]) -> Iterator[ReadingQuestion]:
    """Read SQuAD-format lines; raise `NoQuestion` that names the line which is none."""
    return read_lines(lines, _question)


def read_all(reader: Reader, questions: Iterable[ReadingQuestion]) -> Iterator[Read]:
    for question in questions:
        started = time.perf_counter()
        marked = reader.read(question.question, "", question.context, sentences(question.context))
        best = max(marked, key=lambda each: each.margin, default=None)
        yield Read(question, best, time.perf_counter() - started)


def figures(read: Sequence[Read], threshold: float) -> dict[str, float]:
    """Return the contract's figures, in percent and milliseconds; all but the last three use `threshold`."""
    answerable = [each for each in read if each.question.answers]
    impossible = [each for each in read if not each.question.answers]
    return {
        "n": len(read),
        "em": _mean(exact(each.answer(threshold), each.question.golds) for each in read),
        "f1": _mean(f1(each.answer(threshold), each.question.golds) for each in read),
        "has_answer_em": _mean(exact(each.answer(threshold), each.question.golds) for each in answerable),
        "has_answer_f1": _mean(f1(each.answer(threshold), each.question.golds) for each in answerable),
        "no_answer_accuracy": _mean(float(not each.answer(threshold)) for each in impossible),
        "always_em": _mean(exact(each.answer(-1e9), each.question.golds) for each in answerable),
        "always_f1": _mean(f1(each.answer(-1e9), each.question.golds) for each in answerable),
        "sentence_accuracy": _mean(float(_right_sentence(each)) for each in answerable),
        "p50_ms": round(1000 * median([each.seconds for each in read]), 1) if read else 0.0,
    }


def _question(fields: Fields) -> ReadingQuestion:
    context = text_of(fields, "context")
    answers = [] if fields.get("is_impossible") is True else list_of(fields, "answers")
    spans = {_span(answer, context) for answer in answers}
    return ReadingQuestion(key_of(fields, "id"), context, text_of(fields, "question"), tuple(sorted(spans)))


def _span(answer: Fields, context: str) -> Span:
    if not isinstance(answer, dict) or not isinstance(answer.get("start"), int):
        raise TypeError('each of its answers must have "text" and "start"')
    words, start = text_of(answer, "text"), answer["start"]
    if start < 0 or not words or not context.startswith(words, start):
        raise ValueError(f"its answer “{words}” does not stand at {start}")
    return Span(start, start + len(words))


def _right_sentence(read: Read) -> bool:
    return read.best is not None and any(read.best.sentence.overlaps(gold) for gold in read.question.answers)


def _mean(values: Iterable[float]) -> float:
    """The mean in percent."""
    found = list(values)
    return round(100 * sum(found) / len(found), 1) if found else 0.0
