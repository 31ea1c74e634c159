"""What was added can be taken back, and called by another name."""

import pytest

from retrieval.answers.answering import answer, keep
from retrieval.archive import Added, Archive, NotNewest, SharedArticle
from retrieval.archive.conversations import NoSuchAnswer
from retrieval.article import SHARED
from retrieval.finding.finders import RuleFinder
from retrieval.library import Library
from retrieval.shelf import NoSuchArticle, NoSuchVersion
from tests.retrieval.world import ADA, BEN, ids, story


def test_an_article_with_one_version_goes(archive: Archive) -> None:
    archive.add(ADA, story("The board met."))
    archive.withdraw(ADA, 1, 1)
    assert ids(archive.shelf(ADA)) == []


def test_a_corrected_article_is_what_it_was_before(archive: Archive) -> None:
    archive.add(ADA, story("The board met.", "Board meets", key="k"))
    before = archive.shelf(ADA).newest(1)
    archive.add(ADA, story("It did not.", "Correction", key="k"))
    archive.withdraw(ADA, 1, 2)
    assert archive.shelf(ADA).newest(1) == before
    assert archive.shelf(ADA).history(1) == [before]
    with pytest.raises(NoSuchVersion):
        archive.shelf(ADA).text(1, 2)


def test_the_number_of_a_version_that_was_taken_back_never_comes_back(archive: Archive) -> None:
    archive.add(ADA, story("One.", key="k"))
    archive.add(ADA, story("Two.", key="k"))
    archive.withdraw(ADA, 1, 2)
    assert archive.add(ADA, story("Three.", key="k")) == Added(1, 3)
    assert [version.number for version in archive.shelf(ADA).history(1)] == [3, 1]


def test_an_earlier_version_is_not_taken_back_from_under_a_newer_one(archive: Archive) -> None:
    archive.add(ADA, story("One.", key="k"))
    archive.add(ADA, story("Two.", key="k"))
    with pytest.raises(NotNewest, match="its newest version is 2"):
        archive.withdraw(ADA, 1, 1)
    assert len(archive.shelf(ADA).history(1)) == 2


def test_what_was_taken_back_is_found_no_more_nor_its_answers_kept(library: Library) -> None:
    library.add(ADA, story("Marta Lindgren sold the ferry.", key="k"))
    library.add(ADA, story("Tom Aske sold the ferry.", key="k"))
    rules = RuleFinder(0.5)
    key = keep(library, ADA, answer(library, ADA, "Who sold the ferry?", rules))
    library.withdraw(ADA, 1, 2)
    assert answer(library, ADA, "Who sold the ferry?", rules).parts[0].text == "Marta Lindgren"
    with pytest.raises(NoSuchAnswer):
        library.conversations.turns(ADA, key)


def test_an_article_is_given_another_title_outlet_and_date(library: Library) -> None:
    library.add(ADA, story("The board met.", "Untitled"))
    library.relabel(ADA, 1, "Board meets", "The Packet", "2024-03-06")
    article = library.shelf(ADA).newest(1).article
    assert (article.title, article.source, article.published) == ("Board meets", "The Packet", "2024-03-06")
    assert article.text == "The board met."
    assert [each.passage.article_id for each in library.index.rank(library.shelf(ADA), ["meet"], 5)] == [1]


def test_only_ones_own_articles_are_taken_back_or_relabelled(archive: Archive) -> None:
    archive.add(SHARED, story("The board met."))
    archive.add(BEN, story("The board left."))
    with pytest.raises(SharedArticle):
        archive.withdraw(ADA, 1, 1)
    with pytest.raises(SharedArticle):
        archive.relabel(ADA, 1, "T", None, None)
    with pytest.raises(NoSuchArticle):
        archive.withdraw(ADA, 2, 1)
    with pytest.raises(NoSuchArticle):
        archive.relabel(ADA, 2, "T", None, None)
