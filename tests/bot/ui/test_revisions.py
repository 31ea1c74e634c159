"""What became of an article's words from one version to the next."""

from hypothesis import given
from hypothesis import strategies as st

from bot.ui.cards import Fate
from bot.ui.revisions import Revised, history_cards, pieces, revised
from retrieval.article import SHARED, Article, Version
from tests.bot.ui.strategies import words

FILLER = "The harbour board met in the town hall, and nobody of the public was there. " * 4

few_words = st.sampled_from(("one ", "two ", "three. ", "\n\n", "four"))
texts = st.one_of(words, st.lists(few_words, max_size=30).map("".join))


def version(number: int, text: str = "Text.") -> Version:
    article = Article(f"Title {number}", text, source="The Bell")
    return Version(3, number, SHARED, article, f"2024-03-0{number}T00:00:00+00:00")


@given(texts, texts)
def test_kept_and_removed_words_are_the_older_text_and_kept_and_added_ones_the_newer(older: str, newer: str) -> None:
    told = revised(older, newer)
    assert "".join(each.kept + each.removed for each in told) == older
    assert "".join(each.kept + each.added for each in told) == newer


@given(texts, texts)
def test_the_pieces_hold_the_words_that_changed_whole(older: str, newer: str) -> None:
    shown = pieces(older, newer)
    told = revised(older, newer)
    for fate, changed in ((Fate.REMOVED, [each.removed for each in told]), (Fate.ADDED, [each.added for each in told])):
        assert [piece.words for piece in shown if piece.fate is fate] == list(filter(None, changed))
    assert "".join(piece.words for piece in shown if piece.fate is not Fate.REMOVED) == newer


def test_words_that_changed_close_to_each_other_are_one_change() -> None:
    assert revised("It will sail from June on.", "It will run from July on.") == [
        Revised("It will ", "sail from June", "run from July"),
        Revised(" on.", "", ""),
    ]


def test_changes_in_different_paragraphs_stay_apart() -> None:
    told = revised("One came.\n\nTwo went.", "Nine came.\n\nTen went.")
    assert [(each.removed, each.added) for each in told if each.removed] == [("One", "Nine"), ("Two", "Ten")]


def test_of_what_was_kept_a_few_words_are_shown_around_each_change() -> None:
    shown = pieces(f"{FILLER}It cost £2m. {FILLER}", f"{FILLER}It cost £3m. {FILLER}")
    fates = [piece.fate for piece in shown]
    assert fates == [Fate.PASSED_OVER, Fate.KEPT, Fate.REMOVED, Fate.ADDED, Fate.KEPT, Fate.PASSED_OVER]
    before, after = shown[1].words, shown[4].words
    assert before == "board met in the town hall, and nobody of the public was there. It cost £"
    assert after == ". The harbour board met in the town hall, and nobody of the public was there."


def test_the_versions_around_the_one_that_is_shown_are_named() -> None:
    versions = [version(number) for number in range(9, 0, -1)]
    for place, named in ((0, [9, 8, 7, 6, 5]), (4, [7, 6, 5, 4, 3]), (8, [5, 4, 3, 2, 1])):
        card = history_cards(versions, place)[0]
        assert [section.heading for section in card.sections] == [
            f"Version {number}, added {number} March 2024" for number in named
        ]
        assert card.title == "Article 3: 9 versions"


def test_the_first_version_has_none_before_it_to_differ_from() -> None:
    assert [card.title for card in history_cards([version(2), version(1)], 1)] == ["Article 3: 2 versions"]
