import pytest

from retrieval.article import Span
from retrieval.finding.understandable import ends_a_quotation, leaves_a_quotation_open, resumes


def whole(text: str) -> tuple[str, Span]:
    return text, Span(0, len(text))


@pytest.mark.parametrize("text", ["He said so.", "And they wept.", "“This is late,” she said.", "Its owner fled."])
def test_a_sentence_that_opens_with_a_pronoun_resumes_another(text: str) -> None:
    assert resumes(*whole(text))


@pytest.mark.parametrize("text", ["Hester said so.", "Item two was dropped.", "The town said it would pay."])
def test_a_sentence_with_a_subject_of_its_own_resumes_none(text: str) -> None:
    assert not resumes(*whole(text))


@pytest.mark.parametrize(
    ("text", "ends", "open_"),
    [
        ("“We will not pay,” said Rooke.", False, False),
        ("“We will not pay.", False, True),
        ("It is too late,” said Rooke.", True, False),
        ("It is late,” said Rooke, “and it rains.", True, True),
        ("Rooke said: “We will not pay.", False, True),
        ('"We will not pay," said Rooke.', False, False),
        ('"We will not pay.', False, True),
        ('It is too late," said Rooke.', True, False),
        ("Nothing is quoted here.", False, False),
        ("The “tax” was dropped.", False, False),
    ],
)
def test_a_quotation_may_have_begun_before_and_may_go_on_after(text: str, ends: bool, open_: bool) -> None:
    assert ends_a_quotation(*whole(text)) is ends
    assert leaves_a_quotation_open(*whole(text)) is open_
