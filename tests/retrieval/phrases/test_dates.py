import pytest

from retrieval.phrases.dates import dates
from tests.retrieval.phrases.finding import found


@pytest.mark.parametrize(
    ("sentence", "date"),
    [
        ("The board met on Tuesday 3 March 2024.", "Tuesday 3 March 2024"),
        ("The board met on March 3, 2024.", "March 3, 2024"),
        ("The deal lapses on 1 July and nobody minds.", "1 July"),
        ("The walkout began on Sept. 18 and went on.", "Sept. 18"),
        ("It had been proposed in 2019 by a surveyor.", "2019"),
        ("The line was built in the 1990s by hand.", "the 1990s"),
        ("Voting takes place in late March 2024.", "late March 2024"),
        ("The doors opened at 11.20pm and closed again.", "11.20pm"),
        ("He resigned on Monday evening.", "Monday evening"),
        ("The valve stuck two years ago.", "two years ago"),
        ("The wall fell yesterday.", "yesterday"),
        ("The factory will shut next spring.", "next spring"),
        ("They were married in June and parted.", "June"),
    ],
)
def test_a_date_is_found_as_it_stands_without_its_preposition(sentence: str, date: str) -> None:
    assert found(dates, sentence) == [date]


@pytest.mark.parametrize(
    "sentence",
    [
        "Some 2,024 people may march.",
        "It cost £2024 to mend.",
        "He may have been wrong.",
        "They will march on the town hall.",
        "The 12345 runners set off.",
    ],
)
def test_what_is_no_date_is_left_out(sentence: str) -> None:
    assert found(dates, sentence) == []


def test_every_date_of_a_sentence_is_found_in_order() -> None:
    assert found(dates, "It ran from June 2017 until March 2022.") == ["June 2017", "March 2022"]
