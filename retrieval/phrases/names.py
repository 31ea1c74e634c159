"""Names of people, organisations and places: runs of capitalised words."""

import re
from collections.abc import Iterator

from retrieval.article import Span
from retrieval.text.terms import Token, tokens
from retrieval.text.vocabulary import words

_ORGANISATIONS = words("organisations")
_DEMONYMS = words("demonyms")
_OF_PLACE = re.compile(r"\b(?:in|at|near|outside|from|across|on|to|off)\s+(?:the\s+)?(?:[a-z]+\s+(?:of|in)\s+)?$")
_INSIDE = re.compile(r"[ \u00a0]|[-–&.'’]{1,2}[ \u00a0]?|[ \u00a0]&[ \u00a0]")
_LINKS = words("name_links")
_CALENDAR = words("months") | words("weekdays")
_NEVER_ALONE = words("name_openers")
_NO_BEGINNING = _CALENDAR | _LINKS | words("openers")
_NO_END = _CALENDAR | _LINKS


def agents(text: str, sentence: Span) -> Iterator[Span]:
    """Yield the names of those who can do something: no adjective of a people, and no place that something is at."""
    for name in names(text, sentence):
        place = _OF_PLACE.search(text[sentence.start : name.start])
        if not place and name.within(text).lower() not in _DEMONYMS:
            yield name


def people(text: str, sentence: Span) -> Iterator[Span]:
    """Yield the agents that are written as people are: with a title, or with a first name and a surname."""
    for name in agents(text, sentence):
        parts = name.within(text).replace("-", " ").split()
        if len(parts) in (2, 3, 4) and not _LINKS.intersection(parts) and parts[-1].lower() not in _ORGANISATIONS:
            yield name


def names(text: str, sentence: Span) -> Iterator[Span]:
    """Yield each run of capitalised words.

    The sentence's first word is a name only where the rest of the text does not write it in lower case.
    """
    run: list[Token] = []
    link: list[Token] = []
    for token in _tokens(text, sentence):
        if not _adjoins(text, [*run, *link], token):
            yield from _closed(text, run)
            run, link = [], []
        if _capitalised(token) and not (not run and _common(text, sentence, token)):
            run += [*link, token]
            link = []
        elif run and token.words in _LINKS:
            link.append(token)
        else:
            yield from _closed(text, run)
            run, link = [], []
    yield from _closed(text, run)


def _tokens(text: str, sentence: Span) -> Iterator[Token]:
    for token in tokens(sentence.within(text)):
        yield Token(token.term, token.words, token.start + sentence.start, token.end + sentence.start)


def _adjoins(text: str, before: list[Token], token: Token) -> bool:
    return not before or _INSIDE.fullmatch(text[before[-1].end : token.start]) is not None


def _capitalised(token: Token) -> bool:
    return token.words[0].isupper() and token.words != "I" and not token.words.startswith(("I'", "I’"))


def _common(text: str, sentence: Span, token: Token) -> bool:
    """Whether a capitalised word is an ordinary one that merely opens a sentence or a quotation."""
    if token.term is None and not token.words.isupper():
        return True
    opens = not re.search(r"\w", text[sentence.start : token.start]) or text[token.start - 1] in "“\"‘'"
    return opens and re.search(rf"(?<!\w){re.escape(token.words.lower())}(?!\w)", text) is not None


def _closed(text: str, run: list[Token]) -> Iterator[Span]:
    """The run as a name, without what does not belong to it at either end: *On Monday* Marta Lindgren."""
    while run and run[0].words.lower() in _NO_BEGINNING:
        run = run[1:]
    while run and run[-1].words.lower() in _NO_END:
        run = run[:-1]
    if (
        not run
        or (len(run) == 1 and run[0].words.lower() in _NEVER_ALONE)
        or all(token.words.isdigit() for token in run)
    ):
        return
    end = run[-1].end
    if text[end - 2 : end] in ("'s", "’s"):
        end -= 2
    if end > run[0].start:
        yield Span(run[0].start, end)
