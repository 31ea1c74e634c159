"""try, ask and chat: questions and their answers in the terminal."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

import click
from rich.console import Console

from bot import clock
from bot.cli.options import Where, archive_options, json_option, today_option
from bot.finder import finder
from bot.settings import Settings
from bot.ui.cards import answer_card, empty_card
from bot.ui.machine import answer_json
from bot.ui.terminal import show
from retrieval.answers.answer import Answer
from retrieval.answers.answering import answer, keep
from retrieval.archive import Archive
from retrieval.article import SHARED, Guild
from retrieval.finding.finding import Finder
from retrieval.ingest.jsonl import read_line
from retrieval.library import Library
from retrieval.shipped import shipped

_NOT_ANSWERED = 1
_GOODBYES = {"quit", "exit", "bye", "q"}


@click.command("try")
@click.argument("question", required=False)
@json_option
def try_(question: str | None, *, as_json: bool) -> int:
    """Ask the sample stories, in an archive that is thrown away. Without a question, it is a conversation."""
    with _sample_stories() as library:
        desk = Desk(library, SHARED, finder(Settings()), clock.today())
        return _converse(desk) if question is None else _print(desk.ask(question, None), as_json=as_json)


@click.command()
@click.argument("question")
@archive_options
@click.option("--after", metavar="ID", help="Follow up on an earlier answer: its id.")
@today_option
@json_option
def ask(question: str, where: Where, after: str | None, today: date, *, as_json: bool) -> int:
    """Ask the archive. QUESTION may be -, for one question a line from standard input."""
    with where.indexed_library() as library:
        desk = Desk(library, where.guild, finder(where.settings), today)
        if question == "-":
            return _answer_each(desk, after, as_json=as_json)
        given = desk.ask(question, after)
        code = _print(given, as_json=as_json)
        if given.answer.answered and not as_json and sys.stdout.isatty():
            click.echo(f"To follow up on it: quotidian ask --after {given.key} QUESTION", err=True)
        return code


@click.command()
@archive_options
@today_option
def chat(where: Where, today: date) -> int:
    """Ask the archive one question after another. An empty line or Ctrl-D ends it."""
    with where.indexed_library() as library:
        if not len(library.shelf(where.guild)):
            show(empty_card("terminal"), Console())
            return _NOT_ANSWERED
        return _converse(Desk(library, where.guild, finder(where.settings), today))


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that is needed to answer a question."""

    library: Library
    guild: Guild
    finder: Finder
    today: date

    def ask(self, question: str, after: str | None) -> "Given":
        """Answer and keep a question that follows the answer with the key `after`; raise `NoSuchAnswer`."""
        earlier = [] if after is None else self.library.conversations.turns(self.guild, after)
        given = answer(self.library, self.guild, question, self.finder, self.today, earlier)
        return Given(given, keep(self.library, self.guild, given, after), after)


@dataclass(frozen=True, slots=True)
class Given:
    """An answer, the key that it is kept under, and that of the one it follows."""

    answer: Answer
    key: str
    after: str | None


@contextmanager
def _sample_stories() -> Iterator[Library]:
    with Archive.throw_away() as archive, shipped("stories.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            archive.add(SHARED, read_line(line).article, "en")
        yield Library(archive)


def _answer_each(desk: Desk, after: str | None, *, as_json: bool) -> int:
    for line in sys.stdin:
        if line.strip():
            _print(desk.ask(line, after), as_json=as_json)
    return 0


def _converse(desk: Desk) -> int:
    console = Console()
    if sys.stdin.isatty():
        console.print("Ask about the stories. An empty line ends the conversation.", style="dim")
    latest = None
    for question in _questions():
        given = desk.ask(question, latest)
        latest = given.key
        show(answer_card(given.answer, "terminal"), console)
    return 0


def _questions() -> Iterator[str]:
    while True:
        try:
            question = input("> " if sys.stdin.isatty() else "").strip()
        except EOFError:
            return
        if not question or question.lower() in _GOODBYES:
            return
        yield question


def _print(given: Given, *, as_json: bool) -> int:
    if as_json:
        click.echo(json.dumps(answer_json(given.answer, given.key, given.after), ensure_ascii=False))
        sys.stdout.flush()
    else:
        show(answer_card(given.answer, "terminal"), Console())
    return 0 if given.answer.answered else _NOT_ANSWERED
