import pytest

from retrieval.phrases.quoted import quoted
from tests.retrieval.phrases.finding import found


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("She called it “a gamble with other people’s front rooms”.", "a gamble with other people’s front rooms"),
        ('He called it "a gamble" on Monday.', "a gamble"),
        ("“The sea isn’t waiting,” he said.", "The sea isn’t waiting"),
        ("‘The sea isn’t waiting,’ he said.", "The sea isn’t waiting"),
        ("'The sea isn't waiting,' he said.", "The sea isn't waiting"),
        ("“The sea will come", "The sea will come"),
    ],
)
def test_quoted_words_stand_between_their_marks(sentence: str, words: str) -> None:
    assert found(quoted, sentence) == [words]


def test_each_quotation_of_a_sentence_is_found() -> None:
    assert found(quoted, "“No,” she said. “Never.”") == ["No", "Never."]


@pytest.mark.parametrize("sentence", ["It isn’t the miners’ pit.", "It isn't the miners' pit.", "She said no.", "“”"])
def test_an_apostrophe_quotes_nothing(sentence: str) -> None:
    assert found(quoted, sentence) == []
