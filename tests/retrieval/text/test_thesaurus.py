from retrieval.text.terms import terms
from retrieval.text.thesaurus import related
from retrieval.text.vocabulary import synonym_groups

KNOWN = {entry[0] for group in synonym_groups() for word in group if len(entry := terms(word)) == 1}


def term(word: str) -> str:
    (found,) = terms(word)
    return found


def test_a_story_may_use_a_synonym() -> None:
    assert term("refused") in related(term("rejected"))
    assert term("murder") in related(term("killed"))


def test_terms_are_related_both_ways() -> None:
    assert all(one in related(other) for one in KNOWN for other in related(one))


def test_no_term_is_related_to_itself() -> None:
    assert not [one for one in KNOWN if one in related(one)]


def test_every_entry_of_the_thesaurus_is_spelt_as_the_index_spells_it() -> None:
    assert all(related(one) <= KNOWN for one in KNOWN)


def test_a_term_that_the_thesaurus_does_not_know_has_no_relations() -> None:
    assert related("penhallow") == frozenset()
