"""Small talk: what people say to a bot that asks nothing."""

import re
import unicodedata
from enum import StrEnum

from retrieval.asking.clauses import ASKING
from retrieval.text.vocabulary import phrases

_ASKS = re.compile(rf"[?:]|__|\b{ASKING}\b", re.IGNORECASE)
_OF_ONESELF = re.compile(r"(?:i|i'm|i've|i'd|we|we're|my|our|you|you're|your|that's|brb)\b")


class SmallTalk(StrEnum):
    """What was said instead of a question."""

    GREETING = "greeting"
    THANKS = "thanks"
    FAREWELL = "farewell"
    REMARK = "remark"


_SAID = {
    SmallTalk.THANKS: "thanks",
    SmallTalk.FAREWELL: "farewells",
    SmallTalk.GREETING: "greetings",
    SmallTalk.REMARK: "remarks",
}
_ANY = re.compile(
    "|".join(rf"\b(?P<{kind}>{'|'.join(map(re.escape, phrases(name)))})\b" for kind, name in _SAID.items())
)


def small_talk(text: str) -> SmallTalk | None:
    """What a text is that asks nothing: a greeting, thanks, an emoji, talk of oneself; None where it may ask something.

    Other words may: “barrier costs”, or a quiz question that leaves its end open.
    """
    said = " ".join(re.findall(r"[\w']+", text.replace("’", "'").lower()))
    if not said:
        return SmallTalk.REMARK if any(unicodedata.category(sign) == "So" for sign in text) else None
    if _ASKS.search(text):
        return None
    if not _ANY.sub("", said).strip():
        kinds = {match.lastgroup for match in _ANY.finditer(said)}
        return next(kind for kind in _SAID if kind in kinds)
    return SmallTalk.REMARK if _OF_ONESELF.match(said) else None
