"""evaluate and evaluate-reader: how good the answers are, and the reader alone, on a file of questions."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any, TypeVar

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot import clock
from bot.cli.options import Where, archive_options, json_option, settings_options
from bot.errors import Fatal
from bot.finder import finder, model_folder
from bot.settings import Settings
from bot.ui.cards import empty_card
from bot.ui.measures import figures_table, kinds_table, reliability_table
from bot.ui.terminal import show
from retrieval.answers.answer import Answer
from retrieval.answers.answering import converse
from retrieval.evaluation import answering, reading
from retrieval.evaluation.answering import Answered, AskedQuestion, by_kind
from retrieval.evaluation.calibration import calibration_error, reliability
from retrieval.evaluation.lines import NoQuestion
from retrieval.evaluation.reading import Read
from retrieval.finding.confidence import Calibration
from retrieval.finding.finders import RuleFinder
from retrieval.finding.finding import Finder
from retrieval.finding.reader import Reader
from retrieval.ingest.lines import create_lines, open_lines
from retrieval.library import Library

_EMPTY_ARCHIVE = 1
_Question = TypeVar("_Question")
_Measured = TypeVar("_Measured")

_errors_option = click.option(
    "--errors",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write the questions with a wrong answer to this file, one JSON object a line.",
)


@click.command()
@click.argument("file", type=click.Path(path_type=Path), metavar="QUESTIONS.jsonl")
@click.option("--compare", is_flag=True, help="Put answers by rules, without the reader, beside those with it.")
@click.option("--by-kind", "kinds", is_flag=True, help="Show the figures of each kind of question, too.")
@_errors_option
@archive_options
@json_option
def evaluate(file: Path, where: Where, *, errors: Path | None, compare: bool, kinds: bool, as_json: bool) -> int:
    """Ask the archive the questions of a file, and measure the answers.

    A line holds id, question, answers (none of them: it cannot be answered) and gold_article_ids. It may hold a kind,
    asked: the day of the question, today if there is none, after: the questions before it, and parts: the answers to
    each thing that it asks.
    """
    questions = _questions(file, answering.read_questions)
    with where.indexed_library() as library:
        if not len(library.shelf(where.guild)):
            show(empty_card("terminal"), Console(stderr=True))
            return _EMPTY_ARCHIVE
        finders = _compared(where.settings) if compare else {"answers": finder(where.settings)}
        with _writing(errors) as write:
            measured = {name: _ask(library, where, questions, each, name) for name, each in finders.items()}
            for wrong in _first(measured):
                if not wrong.exact:
                    write(_wrong_answer(wrong))
    if as_json:
        told = {name: _figures(answered, kinds=kinds) for name, answered in measured.items()}
        click.echo(json.dumps(told if compare else _first(told), ensure_ascii=False))
    else:
        _print(measured, kinds=kinds)
    return 0


@click.command("evaluate-reader")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE.jsonl")
@_errors_option
@settings_options
@json_option
def evaluate_reader(file: Path, settings: Settings, *, errors: Path | None, as_json: bool) -> int:
    """Measure the reader alone, on questions with the text that answers them, as SQuAD 2.0 does.

    A line holds id, context, question, answers (each with text and start) and is_impossible.
    """
    questions = _questions(file, reading.read_questions)
    if settings.reader.model == "none":
        raise Fatal("There is no reader to measure: the settings have none for [reader] model.")
    folder = model_folder(settings)
    reader, threshold = Reader(folder, settings.reader.threads), Calibration.beside(folder).no_answer
    with _writing(errors) as write:
        read = _watched(reading.read_all(reader, questions), len(questions), "Reading")
        for each in read:
            if not each.exact(threshold):
                write(_wrongly_read(each, threshold))
    figures = reading.figures(read, threshold)
    if as_json:
        click.echo(json.dumps(figures))
    else:
        Console().print(figures_table({"reader": figures}))
    return 0


def _questions(file: Path, read: Callable[[Iterable[bytes]], Iterator[_Question]]) -> list[_Question]:
    try:
        questions = list(read(open_lines(file)))
    except NoQuestion as error:
        raise Fatal(f"{file}: {error}") from None
    if not questions:
        raise Fatal(f"{file} holds no questions.")
    return questions


def _compared(settings: Settings) -> dict[str, Finder]:
    with_reader = finder(settings)
    if isinstance(with_reader, RuleFinder):
        raise Fatal("There is no reader to compare with; check [reader] model in the settings.")
    return {"reader": with_reader, "rules": RuleFinder(settings.answers.threshold)}


def _ask(
    library: Library, where: Where, questions: Sequence[AskedQuestion], chosen: Finder, name: str
) -> list[Answered]:
    today = clock.today()

    def asked(question: AskedQuestion) -> Answer:
        return converse(library, where.guild, [*question.after, question.question], chosen, question.asked or today)

    steps = answering.ask_all(library, where.guild, questions, asked)
    return _watched(steps, len(questions), f"Asking: {name}")


def _watched(steps: Iterable[_Measured], count: int, doing: str) -> list[_Measured]:
    """Take each step while a person sees how far it is."""
    columns = (TextColumn(doing), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        return list(progress.track(steps, total=count))


def _writing(errors: Path | None) -> AbstractContextManager[Callable[[str], None]]:
    return create_lines(errors) if errors else nullcontext(lambda _: None)


def _wrong_answer(wrong: Answered) -> str:
    question = wrong.question
    given = (wrong.text or wrong.quotation) if wrong.answer.answered else None
    return _error(question.id, question.question, given, question.answers, wrong.quotation or wrong.nearest)


def _wrongly_read(wrong: Read, threshold: float) -> str:
    question = wrong.question
    return _error(question.id, question.question, wrong.answer(threshold) or None, question.golds, wrong.sentence)


def _error(key: str, question: str, given: str | None, gold: Sequence[str], evidence: str) -> str:
    told = {"id": key, "question": question, "answer": given, "gold": [*gold], "evidence": evidence}
    return json.dumps(told, ensure_ascii=False)


def _figures(answered: Sequence[Answered], *, kinds: bool) -> dict[str, Any]:
    """The contract's fields; with them, where they are asked for, the same of each kind of question."""
    figures = answering.figures(answered)
    if not kinds:
        return figures
    return {**figures, "by_kind": {kind: answering.figures(group) for kind, group in by_kind(answered).items()}}


def _print(measured: dict[str, list[Answered]], *, kinds: bool) -> None:
    console = Console()
    console.print(figures_table({name: answering.figures(answered) for name, answered in measured.items()}))
    for name, answered in measured.items():
        if kinds:
            console.print(f"\nBy kind of question: {name}", kinds_table(answered), sep="\n")
        bins = reliability(answered)
        away = f"in the mean {100 * calibration_error(bins):.1f} points apart"
        console.print(f"\nHow sure, and how many were right: {name} ({away})", reliability_table(bins), sep="\n")


def _first(named: dict[str, _Measured]) -> _Measured:
    return next(iter(named.values()))
