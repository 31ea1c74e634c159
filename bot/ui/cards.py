"""Cards: what is shown to a person, before anybody decides how it looks.

A card is made from an answer, a summary, a receipt or a history; `embeds` and `terminal` show the same card.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from retrieval.answers.answer import Answer, AnswerPart, Evidence, Why
from retrieval.article import Article, Span, Version
from retrieval.asking.question import LONGEST, MOST_PARTS, Kind
from retrieval.asking.small_talk import SmallTalk
from retrieval.quotation import Quotation
from retrieval.shelf import Shelf
from retrieval.verification import Checked, State, Verified

HOW_TO_ADD = {
    "discord": "Members with Manage Server can add one with /article add.",
    "terminal": "Add one with: quotidian add LINK or FILE (or: quotidian add - to paste a text)",
}
"""What to do about an empty archive, by where it is said."""


_REPLIES = {
    SmallTalk.GREETING: "Hello. Ask me something about the stories in the archive.",
    SmallTalk.THANKS: "You’re welcome.",
    SmallTalk.FAREWELL: "Goodbye.",
    SmallTalk.REMARK: "I can only answer questions about the stories in the archive.",
}


_NAMED = 3
"""How many of the other outlets are named."""

_WHAT_SETTLES_IT = "What the archive has on it:"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a quotation stands: everything that a person needs to find it."""

    title: str
    outlet: str | None
    published: str | None
    author: str | None
    url: str | None
    article_id: int

    @property
    def line(self) -> str:
        """Outlet, author and date, as far as they are known."""
        return _joined(self.outlet, self.author, self.published)


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of an article; `mark` is the span inside them that answers, None where all of them do or none.

    `also_in` are the other outlets that carry them, each once.
    """

    words: str
    source: Source
    mark: Span | None = None
    also_in: tuple[str, ...] = ()

    @property
    def where(self) -> str:
        """Where the words stand: outlet, author, date, and where else."""
        more = len(self.also_in) - _NAMED
        others = [*self.also_in[:_NAMED], f"{more} more"] if more > 0 else self.also_in
        also = f"also in {listed(others)}" if others else ""
        return " · ".join(filter(None, (self.source.line, also)))


class Fate(Enum):
    """What became of words from one version of an article to the next."""

    KEPT = auto()
    PASSED_OVER = auto()
    """They were kept, and are not shown."""
    REMOVED = auto()
    ADDED = auto()


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of an article, and what became of them."""

    words: str
    fate: Fate


@dataclass(frozen=True, slots=True)
class Section:
    """One thing that a card says: a heading, words of the bot's own, and quotations, or pieces of a corrected text."""

    heading: str | None = None
    say: str | None = None
    quotes: tuple[Quote, ...] = ()
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """What is shown for one request. `good` is False where it tells of something that could not be done."""

    sections: tuple[Section, ...]
    title: str | None = None
    footer: str | None = None
    good: bool = True


def answer_card(answer: Answer, place: str) -> Card:
    """Show an answer part by part; `place` is "discord" or "terminal"."""
    if answer.small_talk:
        return notice(_REPLIES[answer.small_talk])
    if any(part.refusal and part.refusal.why is Why.EMPTY_SHELF for part in answer.parts):
        return empty_card(place)
    several = len(answer.parts) > 1
    sections = tuple(_part(part, several) for part in answer.parts)
    notes = [f"As of {day(answer.as_of)}"] if answer.as_of else []
    if meant := list(dict.fromkeys(word for part in answer.parts for word in part.part.respelt)):
        notes.insert(0, f"Showing results for {', '.join(meant)}")
    if answer.shortened:
        notes.append(f"Only the first {LONGEST} characters, and at most {MOST_PARTS} questions, were read")
    return Card(sections, footer=" · ".join(notes) or None, good=answer.answered)


def summary_card(version: Version, quotations: Sequence[Quotation]) -> Card:
    """Show an article's summary: its own sentences."""
    source = _source(version)
    quotes = tuple(Quote(quotation.words, source) for quotation in quotations)
    return Card((Section(quotes=quotes),), title=version.article.title, footer="In the article's own sentences")


def text_card(version: Version, *, whole: bool) -> Card:
    """Show how a version's text begins; `whole` tells whether all of it is shown beside the card."""
    section = Section(quotes=(Quote(version.article.text, _source(version)),))
    rest = "The whole text is in the file." if whole else "The whole text is too long for a file here."
    return Card((section,), title=f"Article {version.article_id}, version {version.number}", footer=rest)


def verified_card(verified: Verified, shelf: Shelf) -> Card:
    """Show which quotations of an answer the archive no longer holds, and what it says in their place."""
    changed = [each for each in verified.quotations if each.state is not State.HOLDS]
    sections = [section for each in changed for section in _changed(each, shelf)]
    return Card(tuple(sections), title=f"{verified.question} ({verified.key})", good=False)


def list_card(versions: Sequence[Version], page: int, pages: int, count: int, place: str) -> Card:
    """Show one page of the articles; pages count from 0."""
    if not count:
        return empty_card(place)
    sections = tuple(
        Section(f"{version.article_id}. {version.article.title}", _source(version).line or None) for version in versions
    )
    return Card(sections, title=f"{count} articles" if count > 1 else "1 article", footer=f"Page {page + 1} of {pages}")


def empty_card(place: str) -> Card:
    return Card((Section(say=f"The archive holds no articles yet. {HOW_TO_ADD[place]}"),), good=False)


def facts(article: Article) -> str:
    """Outlet, author and date of an article, as far as they are known."""
    return _joined(article.source, article.author, article.published)


def notice(words: str, *, good: bool = True) -> Card:
    """Say one thing."""
    return Card((Section(say=words),), good=good)


def _changed(checked: Checked, shelf: Shelf) -> Iterator[Section]:
    quoted = checked.quotation
    source = _source(shelf.version(quoted.article_id, quoted.version))
    if checked.state is State.ALTERED:
        say = f"Version {quoted.version} of article {quoted.article_id} was altered. It holds other words there now:"
        yield Section(say=say, quotes=(Quote(quoted.words, source),))
        return
    yield Section(say="It was corrected since. Quoted then:", quotes=(Quote(quoted.words, source),))
    if checked.now is None:
        yield Section(say="The newest version has nothing in its place.")
    else:
        newest = _source(shelf.newest(quoted.article_id))
        yield Section(say=f"Version {checked.now.version} says:", quotes=(Quote(checked.now.words, newest),))


def _part(part: AnswerPart, several: bool) -> Section:
    heading = part.question if several or part.part.follows else None
    if part.refusal is None:
        say = part.text if part.part.kind is not Kind.YES_NO else _WHAT_SETTLES_IT
        return Section(heading, say, tuple(_quote(each) for each in part.evidence))
    if part.refusal.why is Why.CONTRARY:
        return Section(heading, f"{part.refusal.why.capitalize()}:", tuple(_quote(each) for each in part.nearest))
    if part.refusal.why is Why.NOTHING_ASKED:
        return Section(heading, f"{part.refusal} Ask about a person, a place or something that happened.")
    say = f"Not in the archive. {part.refusal}"
    if part.nearest:
        say += " The nearest passages:"
    return Section(heading, say, tuple(_quote(each) for each in part.nearest))


def _quote(evidence: Evidence) -> Quote:
    span, answer = evidence.quotation.span, evidence.answer
    mark = Span(answer.start - span.start, answer.end - span.start) if answer else None
    return Quote(evidence.quotation.words, _source(evidence.version), mark, _outlets(evidence))


def _outlets(evidence: Evidence) -> tuple[str, ...]:
    """The names of the other outlets that carry a quotation; where an outlet is not known, its article's number."""
    names = dict.fromkeys(other.article.source or f"article {other.article_id}" for other in evidence.also_in)
    return tuple(name for name in names if name != evidence.version.article.source)


def listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _source(version: Version) -> Source:
    article = version.article
    return Source(article.title, article.source, article.published, article.author, article.url, version.article_id)


def _joined(outlet: str | None, author: str | None, published: str | None) -> str:
    return " · ".join(filter(None, (outlet, author, day(published))))


def day(published: str | None) -> str | None:
    """2021-12-02T10:00:00Z → 2 December 2021; a date that is none stays as it is."""
    try:
        day = date.fromisoformat((published or "")[:10])
    except ValueError:
        return published
    return f"{day.day} {day:%B %Y}"
