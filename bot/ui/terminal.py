"""Cards as a terminal shows them; the same card that Discord gets."""

from rich.console import Console
from rich.containers import Lines
from rich.text import Text

from bot.ui.cards import Card, Fate, Piece, Quote
from bot.ui.markdown import CUT

_MARGIN = "  │ "


def show(card: Card, console: Console) -> None:
    """Print a card.

    Lines are folded to a terminal's width, and left whole where the output goes to a file or a program. Where there is
    no colour, ** stands around the words that answer or were put in, and ~~ around those that were taken out.
    """
    if card.title:
        _print(Text(f"{card.title}\n", style="bold"), console)
    for section in card.sections:
        if section.heading:
            _print(Text(section.heading, style="bold"), console)
        if section.say:
            _print(Text(section.say, style="green" if section.quotes and card.good else ""), console)
        if section.pieces:
            _print_behind_a_bar(Text.assemble(*(_revised(piece, console) for piece in section.pieces)), console)
        for place, quote in enumerate(section.quotes):
            _print_behind_a_bar(_marked(quote, console), console)
            following = section.quotes[place + 1 : place + 2]
            if not following or following[0].source != quote.source:
                console.print(Text(_source(quote), style="dim"), soft_wrap=True)
    if card.footer:
        _print(Text(card.footer, style="dim"), console)


def _print(text: Text, console: Console) -> None:
    console.print(text, soft_wrap=not console.is_terminal)


def _print_behind_a_bar(text: Text, console: Console) -> None:
    for line in _folded(text, console):
        console.print(Text(_MARGIN).append_text(line), soft_wrap=True)


def _folded(text: Text, console: Console) -> Lines:
    if not console.is_terminal:
        return text.split(allow_blank=True)
    lines = text.wrap(console, console.width - len(_MARGIN))
    for line in lines:
        line.rstrip()
    return lines


def _marked(quote: Quote, console: Console) -> Text:
    if quote.mark is None:
        return Text(quote.words)
    answer = quote.mark.within(quote.words)
    return Text.assemble(
        quote.words[: quote.mark.start],
        (answer, "bold reverse") if console.color_system else f"**{answer}**",
        quote.words[quote.mark.end :],
    )


def _revised(piece: Piece, console: Console) -> Text:
    match piece.fate:
        case Fate.KEPT:
            return Text(piece.words)
        case Fate.PASSED_OVER:
            return Text(f" {CUT} ", style="dim")
        case Fate.REMOVED:
            return Text(piece.words, style="red strike") if console.color_system else Text(f"~~{piece.words}~~")
        case Fate.ADDED:
            return Text(piece.words, style="bold green") if console.color_system else Text(f"**{piece.words}**")


def _source(quote: Quote) -> str:
    lines = [quote.source.title, quote.where, quote.source.url or ""]
    return "\n".join(f"    {line}" for line in lines if line) + "\n"
