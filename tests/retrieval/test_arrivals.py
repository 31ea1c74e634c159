"""What a feed says of an article fills in what its page does not say."""

from retrieval.arrivals import completed
from retrieval.article import Article
from retrieval.feed.subscription import Wanted

ENTRY = Wanted(1, "https://velm.example/1", "Ferry sold", "Ida Holm", "2024-05-04T10:12:00+00:00")
WORDS = "The ferry to Sandholm was sold on Monday. Its owner is Nordwater."


def test_what_the_page_says_wins() -> None:
    page = Article("A ferry is sold", WORDS, None, "https://velm.example/ferry", "The Bell", "Tom Aske", "2024-05-03")
    assert completed(page, ENTRY, "Velm News") == page


def test_what_the_page_does_not_say_is_taken_from_the_feed() -> None:
    article = completed(Article("The ferry to Sandholm was sold on Monday.", WORDS), ENTRY, "Velm News")
    assert (article.title, article.source, article.author) == ("Ferry sold", "Velm News", "Ida Holm")
    assert article.published == "2024-05-04T10:12:00+00:00"


def test_a_sites_bare_address_is_no_outlets_name() -> None:
    page = Article("A ferry is sold", WORDS, url="https://www.velm.example/ferry", source="velm.example")
    assert completed(page, ENTRY, "Velm News").source == "Velm News"


def test_a_feed_that_says_nothing_takes_nothing_away() -> None:
    page = Article("The ferry to Sandholm was sold on Monday.", WORDS)
    assert completed(page, Wanted(1, "https://velm.example/1"), "Velm News").title == page.title
