"""Feeds as they are shown: how each of them is, in plain words and within Discord's limits."""

from dataclasses import replace

import pytest

from bot.cogs.feeds import PAGE
from bot.feeds.poll import Poll
from bot.ui.cards import Card
from bot.ui.embeds import DESCRIPTION, embed
from bot.ui.feeds import failing_card, feeds_card, poll_card, subscribed_card
from bot.ui.markdown import plain
from retrieval.feed.register import Subscribed
from retrieval.feed.schedule import Pause, Schedule, failed
from retrieval.feed.subscription import Subscription
from tests.retrieval.feed.world import HALF_AN_HOUR, MINUTE, NOW, URL

FEED = Subscription(7, 0, URL, "Velm News", Schedule(NOW + HALF_AN_HOUR), last_read=NOW, articles=3)
BROKEN = replace(
    FEED,
    schedule=failed(failed(Schedule(NOW), NOW, None), NOW, None),
    failing_since=NOW,
    error="velm.example has a fault of its own (status 500); try again later.",
)


def said(card: Card) -> str:
    return "\n".join(filter(None, (each for section in card.sections for each in (section.heading, section.say))))


def listed(*feeds: Subscription) -> str:
    return said(feeds_card(feeds, 0, 1, len(feeds), "terminal"))


def test_a_feed_that_is_well_says_when_it_was_read_and_what_it_brought() -> None:
    assert listed(FEED) == f"7. Velm News\nevery 30 minutes · last read 4 May 2024, 10:12 UTC · 3 articles\n{URL}"


def test_a_feed_that_fails_says_since_when_why_and_when_it_is_read_again() -> None:
    assert listed(BROKEN).splitlines()[2:4] == [
        f"Failing since 4 May 2024, 10:12 UTC (2 times): {BROKEN.error}",
        "It is read again at 4 May 2024, 12:12 UTC.",
    ]


@pytest.mark.parametrize(("pause", "words"), [(Pause.ASKED, "Paused."), (Pause.GONE, "gone for good")])
def test_a_feed_that_is_paused_says_so_and_not_when_it_is_read_again(pause: Pause, words: str) -> None:
    paused = replace(BROKEN, schedule=replace(BROKEN.schedule, pause=pause))
    assert words in listed(paused)
    assert "read again at" not in listed(paused)


def test_what_is_left_and_what_gave_no_article_is_said() -> None:
    feed = replace(FEED, waiting=1, refused=2, refusal="This is a page of headlines.")
    assert listed(feed).splitlines()[2:4] == [
        "1 page still to be fetched.",
        "2 pages gave no article. The latest: This is a page of headlines.",
    ]


def test_a_feed_that_was_never_read_says_so() -> None:
    assert "not read yet · 0 articles" in listed(replace(FEED, last_read=None, articles=0))


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(5, "5 minutes"), (60, "hour"), (90, "90 minutes"), (120, "2 hours"), (1_440, "day"), (2_880, "2 days")],
)
def test_an_interval_is_said_in_the_largest_unit_that_goes_into_it(minutes: int, words: str) -> None:
    feed = replace(FEED, schedule=Schedule(NOW, minutes * MINUTE))
    assert f"every {words} · " in listed(feed)


def test_what_came_of_reading_a_feed_is_counted() -> None:
    assert said(poll_card(Poll(FEED, added=2, corrected=1, known=1))) == (
        "7. Velm News\n2 new articles, 1 correction, 1 known text."
    )
    assert said(poll_card(Poll(FEED))) == "7. Velm News\nNothing new."
    assert "It cannot be read: velm.example has a fault" in said(poll_card(Poll(BROKEN)))
    assert not poll_card(Poll(BROKEN)).good


def test_a_new_feed_says_what_happens_next() -> None:
    assert "Its articles are being fetched; after that it is read every 30 minutes." in said(
        subscribed_card(Subscribed(FEED, new=True))
    )


def test_a_notice_says_why_and_what_happens_next() -> None:
    assert said(failing_card(BROKEN)) == (
        "The feed Velm News cannot be read\n"
        "velm.example has a fault of its own (status 500); try again later. It is read again at 4 May 2024, 12:12 UTC."
        " See /feed list for how it is; you hear of it again only once it has recovered."
    )


def test_the_longest_page_of_the_list_fits_into_a_message() -> None:
    worst = replace(BROKEN, title="@*_" * 166, url=URL + "_" * 1_900, refused=500, refusal="*" * 600, waiting=500)
    shown = embed(feeds_card([worst] * PAGE, 0, 7, 7 * PAGE, "discord"))
    assert len(shown.description or "") <= DESCRIPTION
    assert plain(shown.description or "").count("Failing since") >= PAGE - 3
