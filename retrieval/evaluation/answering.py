"""Answers from an archive: each question with the short answers and the articles that are right for it."""

import time
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from retrieval.answers.answer import Answer, AnswerPart
from retrieval.article import Guild
from retrieval.asking.understanding import understand
from retrieval.evaluation.lines import Fields, key_of, list_of, objects_of, read_lines, text_of, texts_of
from retrieval.evaluation.squad import exact, f1, normalised
from retrieval.library import Library
from retrieval.search.search import search
from retrieval.shelf import Shelf

_DEPTHS = (1, 5, 10)


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A line of the file. `answers` are short ones, none for a question that the archive cannot answer.

    `articles` are publishers' keys. `kind` is what sort of question the file says it is, or else the program. `asked`
    is the day it is asked on; None where the file names none. `after` are the questions before it, the oldest first.
    `parts` are the short answers to each thing that a compound question asks; of any other, the first is `answers`.
    """

    id: str
    question: str
    answers: tuple[str, ...]
    articles: frozenset[str]
    kind: str
    asked: date | None = None
    after: tuple[str, ...] = ()
    parts: tuple[tuple[str, ...], ...] = ()

    @property
    def golds(self) -> tuple[tuple[str, ...], ...]:
        """The right answers to each thing that is asked."""
        return self.parts or (self.answers,)

    @property
    def is_answerable(self) -> bool:
        return any(self.golds)


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of a question: the answer, and which of the first passages hold one of the right answers."""

    question: AskedQuestion
    answer: Answer
    holding: tuple[bool, ...]
    first_source: frozenset[str]
    seconds: float

    @property
    def text(self) -> str:
        """The short answer of the first part that was answered; empty where there is none."""
        return next((part.text for part in self.answer.parts if part.text), "")

    @property
    def texts(self) -> tuple[str, ...]:
        """The short answer to each thing that is asked, as the file counts them; empty where there is none."""
        return self._each(lambda part: part.text) if self.question.parts else (self.text,)

    @property
    def quotation(self) -> str:
        """The first quotation; empty where nothing was answered."""
        return self.shown.evidence[0].quotation.words if self.shown else ""

    @property
    def quotations(self) -> tuple[str, ...]:
        """The first quotation for each thing that is asked, as the file counts them; empty where there is none."""
        if not self.question.parts:
            return (self.quotation,)
        return self._each(lambda part: part.evidence[0].quotation.words if part.evidence else None)

    @property
    def nearest(self) -> str:
        """The sentence that came nearest where nothing was answered; empty where none did."""
        return next((part.nearest[0].quotation.words for part in self.answer.parts if part.nearest), "")

    @property
    def shown(self) -> AnswerPart | None:
        """The first part that was answered."""
        return next((part for part in self.answer.parts if part.answered), None)

    @property
    def exact(self) -> bool:
        """Whether each short answer is one of the right ones, or rightly none was given."""
        if self.question.is_answerable:
            return all(exact(text, golds) > 0 if golds else not text for text, golds in self._pairs)
        return not self.answer.answered

    @property
    def quotes_it(self) -> bool:
        """Whether each first quotation holds a right answer, where there is one."""
        pairs = zip(self.quotations, self.question.golds, strict=True)
        return all(holds(quotation, golds) for quotation, golds in pairs if golds)

    @property
    def f1(self) -> float:
        """The mean F1 of the short answers to the things asked."""
        scores = [f1(text, golds) if golds else float(not text) for text, golds in self._pairs]
        return sum(scores) / len(scores)

    @property
    def _pairs(self) -> list[tuple[str, tuple[str, ...]]]:
        return list(zip(self.texts, self.question.golds, strict=True))

    def _each(self, words: Callable[[AnswerPart], str | None]) -> tuple[str, ...]:
        """Words of each part; of parts that the file does not count, or that were not seen, none."""
        found = [words(part) or "" for part in self.answer.parts]
        return tuple([*found, *[""] * len(self.question.parts)][: len(self.question.parts)])


def read_questions(lines: Iterable[bytes]) -> Iterator[AskedQuestion]:
    """Read the file's lines; raise `NoQuestion` that names the line which is none."""
    return read_lines(lines, _question)


def ask_all(
    library: Library, guild: Guild, questions: Iterable[AskedQuestion], ask: Callable[[AskedQuestion], Answer]
) -> Iterator[Answered]:
    """Ask each question and look where its answers stand; `ask` answers one."""
    shelf = library.shelf(guild)
    for question in questions:
        started = time.perf_counter()
        answer = ask(question)
        seconds = time.perf_counter() - started
        part = understand(question.question, question.asked).parts[-1]
        found = search(library.index, shelf, part, max(_DEPTHS))
        texts = [
            each.passage.span.within(found.versions[each.passage.article_id].article.text) for each in found.ranked
        ]
        first = _keys(shelf, found.ranked[0].passage.article_id) if found.ranked else frozenset()
        yield Answered(question, answer, tuple(holds(text, question.answers) for text in texts), first, seconds)


def figures(answered: Sequence[Answered]) -> dict[str, float]:
    """Return the contract's figures, in percent and milliseconds; they count answerable questions but for refusals."""
    answerable = [each for each in answered if each.question.is_answerable]
    impossible = [each for each in answered if not each.question.is_answerable]
    times = sorted(each.seconds for each in answered)
    recall = {
        f"passage_recall_at_{depth}": _mean(float(any(each.holding[:depth])) for each in answerable)
        for depth in _DEPTHS
    }
    return {
        "n": len(answered),
        **recall,
        "source_at_1": _mean(float(bool(each.first_source & each.question.articles)) for each in answerable),
        "quote_has_answer": _mean(float(each.quotes_it) for each in answerable),
        "answer_em": _mean(float(each.exact) for each in answerable),
        "answer_f1": _mean(each.f1 for each in answerable),
        "refused_unanswerable": _mean(float(not each.answer.answered) for each in impossible),
        "answered": _mean(float(each.answer.answered) for each in answerable),
        "p50_ms": _percentile(times, 50),
        "p95_ms": _percentile(times, 95),
    }


def by_kind(answered: Sequence[Answered]) -> dict[str, list[Answered]]:
    """Sort by the kinds of questions; the kinds come in alphabetical order."""
    kinds: defaultdict[str, list[Answered]] = defaultdict(list)
    for each in sorted(answered, key=lambda each: each.question.kind):
        kinds[each.question.kind].append(each)
    return dict(kinds)


def holds(text: str, answers: Iterable[str]) -> bool:
    """Whether one of the answers stands in the text, case, punctuation and articles aside."""
    words = f" {_bare(text)} "
    return any(f" {_bare(answer)} " in words for answer in answers)


def _bare(text: str) -> str:
    """As SQuAD normalises, which knows no other punctuation than that of ASCII; news has curly quotes."""
    return normalised("".join(sign for sign in text if not unicodedata.category(sign).startswith("P")))


def _keys(shelf: Shelf, article_id: int) -> frozenset[str]:
    return frozenset(origin.key for origin in shelf.origins(article_id) if origin.key)


def _question(fields: Fields) -> AskedQuestion:
    asked = text_of(fields, "question")
    return AskedQuestion(
        key_of(fields, "id"),
        asked,
        texts_of(fields, "answers"),
        frozenset(map(str, list_of(fields, "gold_article_ids"))),
        text_of(fields, "kind") if fields.get("kind") else understand(asked).parts[0].kind,
        date.fromisoformat(text_of(fields, "asked")[:10]) if fields.get("asked") else None,
        texts_of(fields, "after") if fields.get("after") else (),
        tuple(texts_of(part, "answers") for part in objects_of(fields, "parts")),
    )


def _mean(values: Iterable[float]) -> float:
    """The mean in percent."""
    found = list(values)
    return round(100 * sum(found) / len(found), 1) if found else 0.0


def _percentile(ordered: Sequence[float], percent: int) -> float:
    """A percentile in milliseconds of times in seconds."""
    return round(1000 * ordered[min(len(ordered) - 1, len(ordered) * percent // 100)], 1) if ordered else 0.0
