"""Revisions: what became of an article's words from one version to the next, as values and as cards."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.ui.cards import Card, Fate, Piece, Section, day, facts
from retrieval.article import Version
from retrieval.corrections import changes

_CONTEXT = 80
"""Characters of kept words that are shown on either side of a change."""
_VERSIONS = 5
"""How many versions a card names, with the one that it is about in their middle."""


@dataclass(frozen=True, slots=True)
class Revised:
    """Words that were kept, and after them those that were taken out and those put in; each may be empty."""

    kept: str
    removed: str
    added: str


def revised(older: str, newer: str) -> list[Revised]:
    """Tell how the newer text came out of the older one.

    All that was kept and added is the newer text, all that was kept and removed the older one. The last element has
    what was kept at the end, and no change.
    """
    told: list[Revised] = []
    end = 0
    for change in changes(older, newer):
        kept = newer[end : change.after.start]
        told.append(Revised(kept, _at(change.before, older), _at(change.after, newer)))
        end = change.after.stop
    return [*told, Revised(newer[end:], "", "")]


def pieces(older: str, newer: str) -> tuple[Piece, ...]:
    """The changes between two texts in their order, each with a few of the words around it."""
    *told, end = revised(older, newer)
    shown: list[Piece] = []
    for number, each in enumerate(told):
        head = _beginning(each.kept) if number else ""
        shown += _around(head, each.kept, _ending(each.kept[len(head) :]))
        shown += [Piece(each.removed, Fate.REMOVED), Piece(each.added, Fate.ADDED)]
    shown += _around(_beginning(end.kept), end.kept, "")
    return tuple(piece for piece in shown if piece.words)


def history_cards(versions: Sequence[Version], number: int) -> list[Card]:
    """Show an article's versions, the newest first, and how the one in place `number` differs from the one before it.

    There are one or two cards.
    """
    shown = versions[number]
    first = max(0, min(number - _VERSIONS // 2, len(versions) - _VERSIONS))
    named = tuple(map(_named, versions[first : first + _VERSIONS]))
    count = "1 version" if len(versions) == 1 else f"{len(versions)} versions"
    cards = [Card(named, title=f"Article {shown.article_id}: {count}")]
    if number + 1 < len(versions):
        cards.append(revision_card(versions[number + 1], shown))
    return cards


def revision_card(older: Version, newer: Version) -> Card:
    """Show how a version differs from the one before it."""
    title = f"From version {older.number} to version {newer.number}"
    return Card((changed(older, newer),), title=title, footer="Struck out: taken out. Bold: put in. […]: unchanged.")


def changed(older: Version, newer: Version) -> Section:
    """What was taken out of a version's text, and what was put in."""
    return Section(pieces=pieces(older.article.text, newer.article.text))


def _named(version: Version) -> Section:
    said = filter(None, (version.article.title, facts(version.article)))
    return Section(f"Version {version.number}, added {day(version.added)}", "\n".join(said))


def _at(place: range, text: str) -> str:
    return text[place.start : place.stop]


def _around(head: str, kept: str, tail: str) -> list[Piece]:
    """The words that begin and end what was kept, and as passed over those between them."""
    if len(head) + len(tail) == len(kept):
        return [Piece(kept, Fate.KEPT)]
    passed_over = kept[len(head) : len(kept) - len(tail)]
    return [Piece(head, Fate.KEPT), Piece(passed_over, Fate.PASSED_OVER), Piece(tail, Fate.KEPT)]


def _beginning(words: str) -> str:
    """The first words, of which none is cut."""
    if len(words) <= _CONTEXT:
        return words
    end = words.rfind(" ", 0, _CONTEXT)
    return words[: end if end > 0 else _CONTEXT]


def _ending(words: str) -> str:
    if len(words) <= _CONTEXT:
        return words
    start = words.find(" ", len(words) - _CONTEXT)
    return words[start + 1 if start >= 0 else -_CONTEXT :]
