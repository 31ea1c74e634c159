"""Which words of a sentence are the answer."""

import re
from collections.abc import Callable, Sequence
from itertools import takewhile

from retrieval.article import Span
from retrieval.asking.question import Kind, Part
from retrieval.finding.sentence_choice import Candidate
from retrieval.phrases.appositions import appositions
from retrieval.phrases.fitting import fitting
from retrieval.phrases.reasons import strong_reasons
from retrieval.text.terms import Token, terms, tokens
from retrieval.text.vocabulary import words

_BE = words("be")
_AUXILIARIES = words("auxiliaries")
_NO_SUBJECT = words("no_subject")
_LONGEST_SUBJECT = 8
_MONEY_ASKED = words("money")


def answering_words(part: Part, candidate: Candidate) -> Span | None:
    """Return the words inside the candidate's quotation that answer the part; None where the whole of it does."""
    text = candidate.version.article.text
    if part.kind is Kind.WHO and candidate.before and _is_said_of_a_pronoun(part, text, candidate.sentence):
        return next(iter(fitting(part, text, candidate.before)), None)
    if _asks_who_somebody_is(part) and part.names:
        return next(appositions(text, candidate.sentence, part.names), None)
    phrases = fitting(part, text, candidate.sentence)
    if phrases:
        return _CHOICES.get(part.kind, _nearest)(part, text, candidate.sentence, phrases)
    return _subject(part, text, candidate.sentence) if part.kind is Kind.WHO else None


def _is_said_of_a_pronoun(part: Part, text: str, sentence: Span) -> bool:
    """Whether the verb asked about has he, she or they before it: “He rejected …”."""
    verb = _verb(part, text, sentence)
    before = [token for token in _tokens(text, sentence) if verb and token.end <= verb.start]
    subject = [token.words.lower() for token in before if token.words.lower() not in _AUXILIARIES]
    return len(subject) == 1 and subject[0] in words("personal")


def _nearest(part: Part, text: str, sentence: Span, phrases: Sequence[Span]) -> Span:
    """The phrase with the fewest words between it and those of the question, names left out where there are others."""
    places = _asked(part, text, sentence)
    places = [place for place in places if place.term not in part.names] or places
    return min(phrases, key=lambda phrase: (_distance(text, phrase, places), phrase.start))


def _agent(part: Part, text: str, sentence: Span, phrases: Sequence[Span]) -> Span:
    """Who did it: the name before the verb that is asked about, or after “by” where the verb is passive."""
    verb = _verb(part, text, sentence)
    if verb is None or _asks_who_somebody_is(part):
        return _nearest(part, text, sentence, _titled(part, text, phrases) or phrases)
    by = re.compile(r"\s+(?:\w+\s+){0,2}by\s+(?:the\s+)?").match(text, verb.end)
    after_by = [phrase for phrase in phrases if by and phrase.start == by.end()]
    before = [phrase for phrase in phrases if phrase.end <= verb.start]
    if after_by:
        return after_by[0]
    if _asks_for_object(part):
        after = [phrase for phrase in phrases if phrase.start >= verb.end]
        return after[0] if after else _nearest(part, text, sentence, phrases)
    if subject := _subject(part, text, sentence):
        inside = [phrase for phrase in before if phrase in subject]
        return inside[0] if inside else subject
    return before[-1] if before else _nearest(part, text, sentence, phrases)


def _named(part: Part, text: str, sentence: Span, phrases: Sequence[Span]) -> Span:
    """The name that has the word in it that is asked for; where none has, the nearest."""
    return _nearest(part, text, sentence, _titled(part, text, phrases) or phrases)


def _counted(part: Part, text: str, sentence: Span, phrases: Sequence[Span]) -> Span:
    """The number that stands before the thing counted; where none does, the nearest."""
    following = [phrase for phrase in phrases if _stands_before(part.terms[:3], text, sentence, phrase)]
    return _nearest(part, text, sentence, following or phrases)


def _amount(part: Part, text: str, sentence: Span, phrases: Sequence[Span]) -> Span:
    """Money where money is asked for."""
    asked = _MONEY_ASKED.intersection(part.text.lower().rstrip("?").split())
    money = [phrase for phrase in phrases if re.match(r".*[£$€¥]", phrase.within(text))]
    return _counted(part, text, sentence, money if asked and money else phrases)


def _reason(part: Part, text: str, sentence: Span, phrases: Sequence[Span]) -> Span:
    """A clause that says it is a reason before one that may be; then the nearest."""
    strong = [phrase for phrase in strong_reasons(text, sentence) if phrase in phrases]
    return _nearest(part, text, sentence, strong or phrases)


def _words_quoted(part: Part, text: str, sentence: Span, phrases: Sequence[Span]) -> Span:
    """The longest quoted words."""
    return max(phrases, key=lambda phrase: (len(phrase), -phrase.start))


_CHOICES: dict[Kind, Callable[[Part, str, Span, Sequence[Span]], Span]] = {
    Kind.WHO: _agent,
    Kind.WHICH: _named,
    Kind.HOW_MANY: _counted,
    Kind.HOW_MUCH: _amount,
    Kind.WHY: _reason,
    Kind.QUOTE: _words_quoted,
}


def _asked(part: Part, text: str, sentence: Span) -> list[Token]:
    """The words of the sentence that the question has as well, with offsets into the text."""
    asked = {*part.terms, *part.wanted}
    return [token for token in _tokens(text, sentence) if token.term in asked]


def _tokens(text: str, sentence: Span) -> list[Token]:
    return [
        Token(token.term, token.words, token.start + sentence.start, token.end + sentence.start)
        for token in tokens(sentence.within(text))
    ]


def _distance(text: str, phrase: Span, places: Sequence[Token]) -> float:
    """The mean number of words between the phrase and each word of the question in the sentence."""
    gaps = [
        text[min(phrase.end, place.end) : max(phrase.start, place.start)].count(" ")
        for place in places
        if not phrase.overlaps(Span(place.start, place.end))
    ]
    return sum(gaps) / len(gaps) if gaps else 0.0


def _verb(part: Part, text: str, sentence: Span) -> Token | None:
    """The word of the sentence that is the first word asked about which is not a name: who *rejected* …."""
    for term in part.terms:
        if term not in part.names:
            places = [token for token in _tokens(text, sentence) if token.term == term]
            return places[0] if places else None
    return None


def _titled(part: Part, text: str, phrases: Sequence[Span]) -> list[Span]:
    """Names that have a word of the question in them, which is no name itself: *Judge* Gill, Cutler's *Bridge*."""
    asked = {*part.terms, *part.wanted} - part.names
    return [phrase for phrase in phrases if asked.intersection(terms(phrase.within(text)))]


def _asks_who_somebody_is(part: Part) -> bool:
    """Who is the chancellor?"""
    asked = part.text.lower().rstrip("?").split()
    return len(asked) > 1 and asked[1] in _BE and not any(word.endswith("ed") for word in asked[2:4])


def _asks_for_object(part: Part) -> bool:
    """Who did Rooke sue?"""
    asked = part.text.lower().split()
    return len(asked) > 1 and asked[1] in _AUXILIARIES - _BE


def _subject(part: Part, text: str, sentence: Span) -> Span | None:
    """The few words between the beginning of a clause and its verb, auxiliaries left out: *The harbour board* has ….

    None where there is more than a name's worth of them.
    """
    verb = _verb(part, text, sentence)
    if verb is None or _asks_for_object(part):
        return None
    before = [token for token in _tokens(text, sentence) if token.end <= verb.start]
    clause = list(takewhile(lambda pair: _adjoins(text, *pair), zip(before[::-1], [verb, *before[::-1]], strict=False)))
    run = [token for token, _ in clause][::-1]
    while run and (run[-1].words.lower() in _AUXILIARIES or run[-1].words.lower().endswith("ly")):
        run.pop()
    while run and run[0].words.lower() in {"and", "but", "that", "when", "while", "after", "as", "because"}:
        run = run[1:]
    plain = {token.words.lower() for token in run}
    if not run or len(run) > _LONGEST_SUBJECT or all(token.term is None for token in run) or plain & _NO_SUBJECT:
        return None
    span = Span(run[0].start, run[-1].end)
    return None if set(terms(span.within(text))) <= {*part.terms, *part.wanted} else span


def _adjoins(text: str, token: Token, following: Token) -> bool:
    return not re.search(r"[,;:“”\"()–—]", text[token.end : following.start])


def _stands_before(wanted: Sequence[str], text: str, sentence: Span, phrase: Span) -> bool:
    following = [token.term for token in _tokens(text, sentence) if token.start >= phrase.end][:4]
    return any(term in following for term in wanted)
