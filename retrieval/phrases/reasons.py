"""Why: the clause that gives a reason."""

import re
from collections.abc import Iterator

from retrieval.article import Span

_SUBJECT = (
    r"(?:it|they|he|she|we|this|that|there|these|those|the|its|their|his|her|an?|many|some|most|both|no|so|two|three)"
)
_HELD = r"(?:concerns?|fears?|claims?|allegations?|worries)"
_STRONG = (
    r"because(?: of)?\b",
    rf"as {_SUBJECT}\b(?! (?:same|possible|well|result of|hand|whole|child|teenager|student))",
    r"on (?:the grounds? (?:that|of)|account of)\b",
    r"(?:due|owing|thanks) to\b(?! (?:be|have|\w+ (?:on|in|at|by) ))",
    r"(?:citing|blaming)\b",
    r"as a result of\b",
    r"given (?:that|the)\b",
    rf"since {_SUBJECT} (?:\w+ ){{0,4}}(?:is|are|was|were|would|could|had|has|have|will|can|believed|feared)\b",
    r"in (?:protest|response|retaliation)\b",
    rf"(?:over|amid) (?:\w+ )?{_HELD}\b",
)
_WEAK = (
    r"(?:in order|so as) to\b",
    r"so that\b",
    r"in (?:an effort|a bid|an attempt) to\b",
    r"after \w+",
    r"following\b",
    r"for (?:fear|failing|not|being|having)\b",
    r"to (?:avoid|prevent|protect|ensure|allow|help|stop|make|reduce|deter|keep|save|raise)\b",
    r"for \w+ing\b",
)
_STATED = (
    r"the (?:main |chief |only )?reason\b[^.;]*? (?:was|is) (?:that )?",
    r"(?:was|were|is|are|been) (?:caused|prompted|triggered|driven|forced (?:up)?on \w+) by ",
    r"(?:comes?|came|stems?|stemmed|follows?|followed) (?:from|after) ",
    r"blamed \w[^.;,]*? on ",
)
_STRONG_CUE = re.compile(rf"(?<![\w-])(?:{'|'.join(_STRONG)})", re.IGNORECASE)
_WEAK_CUE = re.compile(rf"(?<![\w-])(?:{'|'.join(_WEAK)})", re.IGNORECASE)
_STATED_CUE = re.compile(rf"\b(?:{'|'.join(_STATED)})", re.IGNORECASE)
_COMPARES = re.compile(r"\b(?:as|so|same|such|known|described|serve[ds]?|work(?:s|ed|ing)?) (?:\w+ )?$", re.IGNORECASE)
_CLAUSE_END = re.compile(
    r"[.;!?]+[”\"’']?(?=\s|$)"
    r"|[”\"]"
    r"|,\s(?=(?:and|but|while|although|though)\s)"
    r"|,[”\"]?\s(?=(?:\w+\s){0,5}(?:said|says|added|adding|told)\b)"
    r"|\s[–—-]\s"
)


def strong_reasons(text: str, sentence: Span) -> Iterator[Span]:
    """Yield clauses whose first words can hardly mean anything but a reason: because …, as it would …, citing …."""
    for match in _STRONG_CUE.finditer(text, sentence.start, sentence.end):
        if not _COMPARES.search(text, sentence.start, match.start()):
            yield _clause(text, sentence, match.start())
    for match in _STATED_CUE.finditer(text, sentence.start, sentence.end):
        if match.end() < sentence.end:
            yield _clause(text, sentence, match.end())


def weak_reasons(text: str, sentence: Span) -> Iterator[Span]:
    """Yield clauses that are a reason in some sentences and a purpose or a mere time in others: to avoid …, after …."""
    for match in _WEAK_CUE.finditer(text, sentence.start, sentence.end):
        yield _clause(text, sentence, match.start())


def _clause(text: str, sentence: Span, start: int) -> Span:
    """The words from `start` to the end of their clause, which is never inside a quotation that they open."""
    for match in _CLAUSE_END.finditer(text, start + 1, sentence.end):
        words = text[start : match.start()]
        if words.count("“") > words.count("”") or words.count('"') % 2:
            if match[0][-1] in '”"':  # it closes what the clause opened
                following = text[match.end() : match.end() + 1]
                if not following or following in " .,;":
                    return Span(start, match.end())
            continue
        if match[0] == '"' and text[match.end() : match.end() + 1].isalnum():
            continue  # it opens a quotation inside the clause
        return Span(start, match.start())
    return Span(start, sentence.end)
