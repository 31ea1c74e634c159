"""Furniture: lines that are known by their own words to be no part of the story."""

import re

from retrieval.ingest.forms import Form, Line, ends_sentence
from retrieval.ingest.vocabulary import LONGEST_FURNITURE, vocabulary

_SHOUTED_LINK = re.compile(
    r"(?!(?:EXCLUSIVE|BREAKING|LIVE|REVEALED|UPDATED?|ANALYSIS|OPINION|COMMENT|EXPLAINED|EXPLAINER)\b)"
    r"[A-Z][A-Z0-9 ,'’&/-]{3,50}:\s*\S"
)
_PICTURE_LINK = re.compile(r"!\[[^\]]*\]\([^)\s]*\)$")
_LINKS = re.compile(r"(?:[-*•]\s*)?(?:!?\[[^\]]{0,300}\]\(\S{1,500}\)[\s,|•·]*)+$")
_MENU_SIGNS = re.compile(r"\s*[|/>»›•·]\s*")

_LONGEST_ITEM_OF_A_MENU = 3
_LONGEST_SHOUTED_LINK = 25


def label(page: list[Line]) -> None:
    """Drop the furniture; of an article's own correction notes no word is furniture."""
    for line in page:
        if line.why is None and len(line.text) <= LONGEST_FURNITURE and not stays(line):
            line.why = reason_by_words(line) or _reason_by_form(line)


def stays(line: Line) -> bool:
    """Whether a line belongs to the article whatever stands around it."""
    return line.form is Form.PROSE and vocabulary().stays.covers(line.folded, sentence=True)


def reason_by_words(line: Line) -> str | None:
    """The reason for which the vocabulary alone drops a line; None for one that it does not know."""
    sentence = ends_sentence(line.text)
    if vocabulary().any_kind.covers(line.folded, sentence=False):
        for kind in vocabulary().kinds:
            if kind.covers(line.folded, sentence=sentence):
                return kind.why
    for pattern in vocabulary().patterns:
        if pattern.covers(line.folded, sentence=sentence):
            return pattern.why
    return None


def _reason_by_form(line: Line) -> str | None:
    sentence = ends_sentence(line.text) and line.form is not Form.QUESTION
    if _PICTURE_LINK.match(line.text):
        return "picture"
    if _is_menu(line):
        return "navigation"
    is_short = not sentence and line.words <= _LONGEST_SHOUTED_LINK
    is_link = is_short and (_SHOUTED_LINK.match(line.text) or _LINKS.match(line.text))
    return "link to another story" if is_link else None


def _is_menu(line: Line) -> bool:
    """Several short items between bars or slashes, or nothing but the names of sections."""
    items = _MENU_SIGNS.split(line.text.strip())
    if len(items) > 2 and all(len(item.split()) <= _LONGEST_ITEM_OF_A_MENU for item in items):
        return not ends_sentence(line.text)
    words = re.split(r"[\s|/>»›•·,&]+", line.folded.strip(" |/>"))
    return all(word in vocabulary().menu_words for word in words if word)
