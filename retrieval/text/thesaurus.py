"""Related terms: what else a story may have written where a question has a certain word."""

from collections import defaultdict

from retrieval.text.terms import terms
from retrieval.text.vocabulary import synonym_groups


def _related() -> dict[str, frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for group in synonym_groups():
        members = {entry[0] for phrase in group if len(entry := terms(phrase)) == 1}
        for term in members:
            found[term] |= members - {term}
    return {term: frozenset(others) for term, others in found.items()}


_RELATED = _related()


def related(term: str) -> frozenset[str]:
    """Return the terms that may stand for `term` in part; none for a term the thesaurus does not know."""
    return _RELATED.get(term, frozenset())
