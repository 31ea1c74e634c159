"""Cards as Discord shows them: an embed each, and a button for each article's link.

Every length is kept by construction: a card is set in ever smaller type, so to speak, until it fits.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

import discord

from bot.ui.cards import Card, Quote, Section
from bot.ui.markdown import block, escape, revision, shortened

DESCRIPTION = 4_096
TITLE = 256
FOOTER = 1_648
TOGETHER = 6_000
"""Characters that the titles, descriptions and footers of one message's embeds may have together."""
EMBEDS = 10
BUTTON_LABEL = 80
URL = 512
BUTTONS = 5

_COLOUR = discord.Colour.from_str("#2f6f62")
_COLOUR_OF_REFUSAL = discord.Colour.from_str("#8a8f98")


class _Setting(NamedTuple):
    """How much of a card is shown: characters of a quotation, quotations a section, characters of any other line."""

    quotation: int
    quotations: int
    line: int


_SETTINGS = (
    _Setting(1_200, 10, 400),
    _Setting(700, 10, 300),
    _Setting(400, 3, 200),
    _Setting(250, 2, 150),
    _Setting(150, 1, 100),
    _Setting(60, 1, 40),
)
"""From roomy to tight. In the tightest, five sections fit even if all is escaped and every other sign ends a line."""


def embed(card: Card, room: int = TOGETHER) -> discord.Embed:
    """Show a card as one embed within Discord's limits, and of at most `room` characters (40 or more)."""
    shown = discord.Embed(colour=_COLOUR if card.good else _COLOUR_OF_REFUSAL)
    if card.title:
        shown.title = shortened(escape(shortened(card.title, TITLE // 2 - 1)), min(TITLE, room // 4))
    if card.footer:
        shown.set_footer(text=shortened(card.footer, min(FOOTER, room // 4)))
    left = min(DESCRIPTION, room - len(shown))
    shown.description = next(
        (text for setting in _SETTINGS if len(text := _described(card, setting)) <= left), None
    ) or _first_sections(card, _SETTINGS[-1], left)
    return shown


def embeds(cards: Sequence[Card]) -> list[discord.Embed]:
    """Show at most `EMBEDS` cards in one message; where they are too long together, each has the same room."""
    shown = [embed(card) for card in cards]
    if sum(map(len, shown)) > TOGETHER:
        shown = [embed(card, TOGETHER // len(cards)) for card in cards]
    return shown


def links(card: Card) -> discord.ui.View | None:
    """A button for each address among the card's quotations, at most `BUTTONS`; None where there is no address."""
    named: dict[str, str] = {}
    for quote in (quote for section in card.sections for quote in section.quotes):
        if quote.source.url and _is_link(quote.source.url):
            named.setdefault(quote.source.url, quote.source.outlet or quote.source.title)
    if not named:
        return None
    view = discord.ui.View(timeout=None)
    for url, name in list(named.items())[:BUTTONS]:
        view.add_item(discord.ui.Button(label=shortened(f"Read it: {name}", BUTTON_LABEL), url=url))
    return view


def _described(card: Card, setting: _Setting) -> str:
    return "\n\n".join(text for section in card.sections if (text := "\n".join(_lines(section, setting))))


def _first_sections(card: Card, setting: _Setting, at_most: int) -> str:
    """As many sections as fit, whole, and … in the place of the others."""
    shown: list[str] = []
    for section in card.sections:
        shown.append("\n".join(_lines(section, setting)))
        if len("\n\n".join([*shown, "…"])) > at_most:
            return "\n\n".join([*shown[:-1], "…"])
    return "\n\n".join(shown)


def _lines(section: Section, setting: _Setting) -> Iterator[str]:
    if section.heading:
        yield f"**{escape(shortened(section.heading, setting.line))}**"
    if section.say:
        yield escape(shortened(section.say, 2 * setting.line))
    if section.pieces:
        yield revision(section.pieces, 2 * setting.quotation)
    quotes = section.quotes[: setting.quotations]
    for place, quote in enumerate(quotes):
        yield block(quote, setting.quotation)
        follower = quotes[place + 1] if place + 1 < len(quotes) else None
        if follower is None or follower.source != quote.source:
            yield f"-# {_source_line(quote, setting.line)}"


def _source_line(quote: Quote, at_most: int) -> str:
    title = escape(shortened(quote.source.title, at_most))
    where = escape(shortened(quote.where, at_most))
    return f"{title} · {where}" if where else title


def _is_link(url: str) -> bool:
    try:
        address = urlsplit(url)
    except ValueError:
        return False
    return (
        address.scheme in ("http", "https")
        and bool(address.hostname)
        and len(url) <= URL
        and url.isprintable()
        and " " not in url
    )
