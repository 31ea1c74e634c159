"""verify: whether the answers that were given still quote what the archive holds."""

import json

import click
from rich.console import Console

from bot.cli.options import Where, archive_options, json_option
from bot.ui.cards import verified_card
from bot.ui.machine import verified_json
from bot.ui.terminal import show
from retrieval.verification import verified

_DOES_NOT_HOLD = 1


@click.command()
@click.argument("answer_id", required=False, metavar="[ANSWER-ID]")
@archive_options
@json_option
def verify(answer_id: str | None, where: Where, *, as_json: bool) -> int:
    """Check what was quoted in earlier answers, or in one of them, against the archive as it is now."""
    with where.library() as library, library.unchanging():
        shelf, kept = library.shelf(where.guild), library.conversations
        answers = iter([kept.answer(where.guild, answer_id)]) if answer_id else kept.answers(where.guild)
        held = checked = 0
        for answer in verified(shelf, answers):
            checked += 1
            held += answer.holds
            if as_json:
                click.echo(json.dumps(verified_json(answer), ensure_ascii=False))
            elif not answer.holds:
                show(verified_card(answer, shelf), Console())
    if not as_json:
        click.echo(_counted(checked, held))
    return 0 if held == checked else _DOES_NOT_HOLD


def _counted(checked: int, held: int) -> str:
    if not checked:
        return "No answer has been given from this archive yet."
    answers = "1 answer" if checked == 1 else f"{checked} answers"
    if held == checked:
        return f"{answers} checked: every quoted word stands in the archive."
    return f"{answers} checked: {checked - held} with words that the archive no longer holds."
