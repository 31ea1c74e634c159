"""Understanding: a text that was typed, and what was asked before, become the parts of a question."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from retrieval.asking.clauses import clauses
from retrieval.asking.follow_ups import Turn, put_in_full
from retrieval.asking.kinds import HOW, asks_for_several, kind_of
from retrieval.asking.period import Period
from retrieval.asking.periods import period_in
from retrieval.asking.question import LONGEST, MOST_PARTS, Part, Question
from retrieval.text.terms import Token, terms, tokens
from retrieval.text.vocabulary import words

_NO_NAMES = words("months") | words("weekdays") | words("demonyms") | words("name_openers") | words("person")


@dataclass(frozen=True, slots=True)
class Typed:
    """A text that was typed, taken apart.

    `text` is what is read of it, `told` what it tells beside its questions; `shortened` as in `Question`.
    """

    text: str
    clauses: tuple[str, ...]
    told: str
    shortened: bool


def take_apart(text: str, is_one_name: Callable[[str], bool] = lambda _: False) -> Typed:
    """Take a text apart; only its first `LONGEST` characters, and there the first `MOST_PARTS` questions, are read.

    `is_one_name` is as in `clauses`.
    """
    asked = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    read = asked if len(asked) <= LONGEST else asked[: LONGEST + 1].rsplit(" ", 1)[0][:LONGEST]
    found, told = clauses(read.lower() if read.isupper() else read, is_one_name)
    return Typed(read, tuple(found[:MOST_PARTS]), told, shortened=read != asked or len(found) > MOST_PARTS)


def understand(text: str, today: date | None = None) -> Question:
    """Understand a question that is asked by itself, `today` where that is known."""
    typed = take_apart(text)
    turns: list[Turn] = []
    parts: list[Part] = []
    for clause in typed.clauses:
        part = part_of(clause, typed.told, turns, today)
        turns.insert(0, Turn(part.text, part.told))
        parts.append(part)
    return Question(typed.text, tuple(parts), typed.shortened)


def part_of(clause: str, told: str, turns: Sequence[Turn], today: date | None) -> Part:
    """Understand one clause, with what is told beside it, after the turns before it, the newest first."""
    meant = put_in_full(clause, told, turns)
    alone = None if meant.surely else part_of(clause, told, (), today)
    text = meant.text.strip(" ,;")
    kind, wanted = kind_of(text)
    measured = HOW.keys() if text.lower().startswith("how") else frozenset()
    period = period_in(meant.told, today) or period_in(text, today)
    asked = _tokens(_without(period, text))
    subject = [token for token in asked if token.words.lower() not in wanted]
    names = _names(subject, period)
    if meant.follows:
        names |= _names(_tokens(meant.told.removeprefix(told)), period)
    return Part(
        text=_as_question(text),
        kind=kind,
        terms=_together([token.term for token in subject if token.term], terms(_without(period, meant.told))),
        names=names,
        wanted=tuple(token.term for token in asked if token.term and token.words.lower() in wanted - measured),
        told=meant.told,
        asked=today,
        follows=meant.follows.question if meant.follows else None,
        articles=meant.follows.articles if meant.follows else frozenset(),
        period=period,
        several=asks_for_several(text),
        alone=alone,
    )


def _without(period: Period | None, text: str) -> str:
    """Leave out the words for a time that a story does not have: “last week”."""
    return text.replace(period.words, " ") if period and period.relative else text


def _tokens(text: str) -> list[Token]:
    return [token for token in tokens(text) if token.term is not None]


def _names(found: list[Token], period: Period | None) -> frozenset[str]:
    """Numbers, and capitalised words other than the first, initials, days, months, titles and peoples.

    The number of a day or year is none: a story of that time need not name it.
    """
    dated = terms(period.words) if period else []
    return frozenset(
        token.term
        for token in found
        if token.term
        and token.term not in dated
        and token.words.lower() not in _NO_NAMES
        and (token.words[0].isdigit() or (token.words[0].isupper() and len(token.words) > 1 and token.start > 0))
    )


def _together(own: Iterable[str], others: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*own, *others]))


def _as_question(clause: str) -> str:
    clause = clause.rstrip(" ?.!,;")
    return clause[:1].upper() + clause[1:] + "?"
