"""Names of journalists, as pages print them or tell them to search engines."""

import re
from collections.abc import Iterable, Iterator

from retrieval.ingest.bylines import byline
from retrieval.ingest.masthead import recased
from retrieval.ingest.outlets import recognised
from retrieval.ingest.vocabulary import vocabulary

_BETWEEN = re.compile(r"\s*[,;&|/]\s*|\s+(?:and|und|et|with)\s+", re.IGNORECASE)
_BY = re.compile(r"(?:(?:written |words |story |reported )?by|von|par|por|di|door)\b:?\s+", re.IGNORECASE)
_NO_NAME = re.compile(r"[\d@<>{}\[\]=]|://|\.\w{2,3}$")
_NOBODY = frozenset(
    "admin administrator agencies agency bureau desk newsdesk newsroom redaktion staff team webmaster".split()
)

_LONGEST_NAME = 5
"""Words."""

_MOST_NAMES = 10


def names(credits_: Iterable[str], outlet: str | None) -> tuple[str, ...]:
    """The persons in credits such as "By Ann Lee and Bo Karr in Velm"; desks, agencies and the outlet are none."""
    parts = (part.strip() for credit in credits_ for part in _BETWEEN.split(credit[:500]))
    found = (name for part in parts for name in _person(part.removesuffix(outlet or "").strip()))
    return tuple(dict.fromkeys(found))[:_MOST_NAMES]


def _person(part: str) -> Iterator[str]:
    bare = _BY.sub("", part, count=1)
    words = [word.casefold() for word in bare.split()]
    if not words or _NO_NAME.search(bare) or recognised(bare) or set(words) <= vocabulary().roles | _NOBODY:
        return
    credit = byline(f"By {bare}")
    name = credit.author if credit is not None else bare
    if name is not None and (len(name.split()) > 1 or not name.isascii()) and len(name.split()) <= _LONGEST_NAME:
        yield recased(name, []) or name
