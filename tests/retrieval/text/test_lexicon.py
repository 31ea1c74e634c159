import pytest

from retrieval.text.lexicon import base_form, is_past, is_plural, is_verb, is_word


@pytest.mark.parametrize(
    ("form", "base"),
    [("rejected", "reject"), ("voted", "vote"), ("stopped", "stop"), ("carried", "carry"), ("sold", "sell")],
)
def test_a_verb_is_led_back_to_the_form_after_did(form: str, base: str) -> None:
    assert base_form(form) == base


@pytest.mark.parametrize("word", ["rejected", "sold", "made", "arrested"])
def test_the_past_of_a_verb_is_known(word: str) -> None:
    assert is_past(word)


@pytest.mark.parametrize("word", ["reject", "country", "companies", "people", "Sold", "building", "zzz", ""])
def test_other_words_are_no_past(word: str) -> None:
    assert not is_past(word)


@pytest.mark.parametrize("word", ["injured", "Bridge", "went", "companies"])
def test_a_word_of_the_dictionary_is_known_in_its_forms(word: str) -> None:
    assert is_word(word)


@pytest.mark.parametrize("word", ["Castecs", "goverment", "zzz", "", "1,200"])
def test_names_and_slips_are_no_words(word: str) -> None:
    assert not is_word(word)


def test_a_verb_is_known_in_its_past_and_after_did() -> None:
    assert all(map(is_verb, ["accept", "rejected", "sold", "win"]))
    assert not any(map(is_verb, ["countries", "meeting", "joint", "Rooke", "zzz"]))


def test_the_plural_of_a_noun_is_known() -> None:
    assert all(map(is_plural, ["countries", "Men", "biscuits"]))
    assert not any(map(is_plural, ["country", "species", "did", "zzz"]))
