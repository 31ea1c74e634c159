"""Measures as tables for a terminal."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from rich.table import Table

from retrieval.evaluation.answering import Answered, by_kind, figures
from retrieval.evaluation.calibration import Bin

Figures: TypeAlias = Mapping[str, float]

_SAID = {
    "n": "questions",
    "passage_recall_at_1": "an answer in the first passage, %",
    "passage_recall_at_5": "… in the first 5 passages, %",
    "passage_recall_at_10": "… in the first 10 passages, %",
    "source_at_1": "first passage from a right article, %",
    "quote_has_answer": "an answer in the first quotation, %",
    "answer_em": "short answer: exact match, %",
    "answer_f1": "short answer: F1, %",
    "refused_unanswerable": "unanswerable ones refused, %",
    "answered": "answerable ones answered, %",
    "em": "exact match, %",
    "f1": "F1, %",
    "has_answer_em": "answerable ones: exact match, %",
    "has_answer_f1": "answerable ones: F1, %",
    "no_answer_accuracy": "unanswerable ones refused, %",
    "always_em": "always answering: exact match, %",
    "always_f1": "always answering: F1, %",
    "sentence_accuracy": "always answering: right sentence, %",
    "p50_ms": "time, median, ms",
    "p95_ms": "time, 95th percentile, ms",
}
_OF_A_KIND = ("quote_has_answer", "answer_em", "answer_f1", "answered")
_NONE = "–"


def figures_table(columns: Mapping[str, Figures]) -> Table:
    """Show figures by name, each column under its heading."""
    table = Table("", *columns, box=None)
    for name in next(iter(columns.values())):
        table.add_row(_SAID[name], *(_shown(name, column[name]) for column in columns.values()))
    return _to_the_right(table)


def kinds_table(answered: Sequence[Answered]) -> Table:
    """Show the short answers' figures for each kind of question."""
    table = Table("kind", "questions", "quoted, %", "exact, %", "F1, %", "answered, %", "refused, %", box=None)
    for kind, group in by_kind(answered).items():
        found = figures(group)
        impossible = sum(not each.question.answers for each in group)
        answerable = [_shown(name, found[name]) if impossible < len(group) else _NONE for name in _OF_A_KIND]
        refused = _shown("refused_unanswerable", found["refused_unanswerable"]) if impossible else _NONE
        table.add_row(kind, str(len(group)), *answerable, refused)
    return _to_the_right(table)


def reliability_table(bins: Sequence[Bin]) -> Table:
    """Show how many of the answers were right that were shown with such a confidence."""
    table = Table("confidence", "shown", "mean, %", "right, %", box=None)
    for each in bins:
        table.add_row(
            f"{each.least:.1f} to {each.most:.1f}",
            str(each.shown),
            f"{100 * each.confidence:.1f}",
            f"{100 * each.right:.1f}",
        )
    return _to_the_right(table)


def _shown(name: str, figure: float) -> str:
    return f"{figure:.0f}" if name == "n" else f"{figure:.1f}"


def _to_the_right(table: Table) -> Table:
    for column in table.columns[1:]:
        column.justify = "right"
    return table
