import pytest

from retrieval.article import Span
from retrieval.phrases.whole import whole


@pytest.mark.parametrize(
    ("sentence", "marked", "phrase"),
    [
        ("The ship carried more than 700 sheep.", "700", "more than 700"),
        ("Up to 40 homes were flooded.", "40", "Up to 40"),
        ("At least £4.2m was lost.", "£4.2m", "At least £4.2m"),
        ("At least £4.2m was lost.", "£4.2", "At least £4.2m"),
        ("About 1.6 million watched it.", "1.6", "1.6 million"),
        ("It took more than 12 miles of wire.", "12 miles", "more than 12 miles"),
    ],
)
def test_a_number_has_its_scale_and_its_bound(sentence: str, marked: str, phrase: str) -> None:
    assert widened(sentence, marked) == phrase


@pytest.mark.parametrize(
    ("sentence", "marked"),
    [
        ("About 260 homes were flooded.", "260"),
        ("The mine employed 300 people.", "300"),
        ("Nine inspectors were hired.", "Nine inspectors"),
        ("Marta Lindgren sold more than 700 sheep.", "Marta Lindgren"),
        ("He said more than that.", "that"),
        ("It cost 1.6, a million too much.", "1.6"),
    ],
)
def test_other_words_stay_as_they_were_marked(sentence: str, marked: str) -> None:
    assert widened(sentence, marked) == marked


@pytest.mark.parametrize(
    ("sentence", "marked", "phrase"),
    [
        ("It would “compromise the nation”.", "“compromise the nation", "compromise the nation"),
        ("It was “rot”, he said.", "rot”", "rot"),
        ('She won for "Jaws" in May.', '"Jaws', "Jaws"),
        ("She won for “Jaws” in May.", "“Jaws”", "“Jaws”"),
        ("He called it “rot” and left.", "“rot” and left", "“rot” and left"),
        ("He said “”” once.", "“””", "“””"),
    ],
)
def test_a_quotation_mark_without_its_fellow_goes(sentence: str, marked: str, phrase: str) -> None:
    assert widened(sentence, marked) == phrase


def test_a_phrase_stays_inside_its_sentence() -> None:
    text = "It was more than. 700 sheep drowned."
    assert whole(text, Span(18, len(text)), Span(18, 21)) == Span(18, 21)


def widened(sentence: str, marked: str) -> str:
    start = sentence.index(marked)
    return whole(sentence, Span(0, len(sentence)), Span(start, start + len(marked))).within(sentence)
