"""Reading feeds, the whole way: from an outlet's site to articles in the archive."""

import asyncio
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web

from bot.feeds import polling
from bot.feeds.poll import Poll
from bot.feeds.subscriptions import Subscriptions
from bot.fetching.fetcher import Fetcher
from bot.links import crawl_link
from retrieval.archive import Added
from retrieval.arrivals import store
from retrieval.article import SHARED, Article
from retrieval.feed import NoFeed
from retrieval.feed.register import BeingRead, NoSuchFeed
from retrieval.feed.schedule import Pause
from retrieval.feed.subscription import Subscription, Wanted
from retrieval.ingest.reading import Reading
from retrieval.library import Library
from tests.bot.feeds.conftest import Opened
from tests.bot.feeds.outlet import Outlet, item, rss, story
from tests.bot.fetching.sites import page

GUILD = 1_101_004_800_000_000_000

Opens = Callable[[], Library]


async def added(feeds: Subscriptions, velm: Outlet, guild: int = GUILD) -> Poll:
    """Add the outlet's feed, and fetch what it lists."""
    subscribed = await feeds.subscribe(guild, velm.link)
    assert subscribed.new
    return await feeds.fill(subscribed.feed)


def counts(poll: Poll) -> tuple[int, int, int, int]:
    return poll.added, poll.corrected, poll.known, poll.missed


def titles(library: Opens, guild: int = GUILD) -> list[str]:
    with library() as opened:
        return [version.article.title for version in opened.shelf(guild).versions()]


async def test_the_first_reading_fills_the_archive(feeds: Subscriptions, velm: Outlet, library: Opens) -> None:
    velm.lists(1, 2, 3)
    poll = await added(feeds, velm)
    assert counts(poll) == (3, 0, 0, 0)
    assert (poll.feed.articles, poll.feed.waiting, poll.feed.error) == (3, 0, None)
    with library() as opened:
        newest = opened.shelf(GUILD).newest(1)
        assert len(opened.shelf(SHARED)) == 0
    assert "pier 3 closes for 5 weeks" in newest.article.text
    assert (newest.article.source, newest.article.published) == ("Velm News", "2024-05-04T10:15:00+00:00")
    assert newest.article.url == velm.site.link("/3")


async def test_the_next_reading_brings_what_is_new_and_asks_for_nothing_else(
    feeds: Subscriptions, velm: Outlet
) -> None:
    velm.lists(1, 2)
    feed = (await added(feeds, velm)).feed
    assert counts(await feeds.poll(GUILD, feed.id)) == (0, 0, 0, 0)
    velm.lists(2, 3)
    assert counts(await feeds.poll(GUILD, feed.id)) == (1, 0, 0, 0)
    assert velm.pages_fetched() == ["/2", "/1", "/3"]


async def test_a_feed_that_is_the_same_is_not_sent_again(feeds: Subscriptions, velm: Outlet) -> None:
    velm.lists(1)
    feed = (await added(feeds, velm)).feed
    poll = await feeds.poll(GUILD, feed.id)
    assert "If-None-Match" in velm.site.calls[-1].headers
    assert poll.feed.schedule.failures == 0
    assert poll.feed.last_read is not None


async def test_a_correction_becomes_a_new_version(feeds: Subscriptions, velm: Outlet, library: Opens) -> None:
    velm.lists(1)
    feed = (await added(feeds, velm)).feed
    velm.site.pages["/1"] = page(story(1).replace(b"closes for 3 weeks", b"closes for 30 weeks"))
    velm.lists(1, titled="Pier 1 closes for longer")
    assert counts(await feeds.poll(GUILD, feed.id)) == (0, 1, 0, 0)
    with library() as opened:
        assert opened.shelf(GUILD).newest(1).number == 2


async def test_what_an_admin_added_or_removed_is_left_as_it_is(
    feeds: Subscriptions, velm: Outlet, library: Opens
) -> None:
    velm.lists(1, 2)
    feed = (await added(feeds, velm)).feed
    with library() as opened:
        opened.remove(GUILD, 2)
    velm.lists(1, 2, titled="Another title for all")
    assert counts(await feeds.poll(GUILD, feed.id)) == (0, 0, 1, 0)
    assert len(titles(library)) == 1


async def test_of_many_articles_the_newest_come_first_and_the_rest_the_next_times(opened: Opened, velm: Outlet) -> None:
    velm.lists(*range(1, 6))
    async with opened(most_articles=2) as feeds:
        feed = (await added(feeds, velm)).feed
        assert feed.waiting == 3
        assert counts(await feeds.poll(GUILD, feed.id)) == (2, 0, 0, 0)
        assert counts(await feeds.poll(GUILD, feed.id)) == (1, 0, 0, 0)
    assert velm.pages_fetched() == ["/5", "/4", "/3", "/2", "/1"]


async def test_how_far_it_is_can_be_seen(feeds: Subscriptions, velm: Outlet) -> None:
    velm.lists(1, 2)
    seen: list[tuple[int, int]] = []
    subscribed = await feeds.subscribe(GUILD, velm.link)
    await feeds.fill(subscribed.feed, lambda done, of: seen.append((done, of)))
    assert seen == [(1, 2), (2, 2)]


# What fails


async def test_one_page_that_fails_keeps_no_other_out_and_the_feed_says_why(feeds: Subscriptions, velm: Outlet) -> None:
    velm.lists(1, 2, 3)
    velm.site.pages["/2"] = page("<html><body><nav><a href='/a'>News</a></nav></body></html>")
    poll = await added(feeds, velm)
    assert counts(poll) == (2, 0, 0, 1)
    assert (poll.feed.refused, poll.feed.waiting) == (1, 0)
    assert "No article was found on the page" in (poll.feed.refusal or "")
    await feeds.poll(GUILD, poll.feed.id)
    assert velm.pages_fetched().count("/2") == 1


@pytest.mark.parametrize("status", [500, 502])
async def test_a_page_that_fails_in_passing_is_tried_again(feeds: Subscriptions, velm: Outlet, status: int) -> None:
    velm.lists(1)
    velm.fails(status, "/1")
    poll = await added(feeds, velm)
    assert (counts(poll), poll.feed.waiting) == ((0, 0, 0, 1), 1)
    velm.site.pages["/1"] = page(story(1))
    assert counts(await feeds.poll(GUILD, poll.feed.id)) == (1, 0, 0, 0)


async def test_a_site_that_is_too_busy_is_left_alone_at_once(feeds: Subscriptions, velm: Outlet) -> None:
    velm.lists(1, 2, 3)
    velm.fails(429, "/3", Retry_After="7200")
    poll = await added(feeds, velm)
    assert velm.pages_fetched() == ["/3"]
    assert poll.feed.waiting == 3
    assert poll.feed.schedule.due > datetime.now(UTC) + timedelta(minutes=110)


async def test_a_site_that_fails_again_and_again_is_left_alone_until_the_next_time(
    feeds: Subscriptions, velm: Outlet
) -> None:
    velm.lists(*range(1, 8))
    for number in range(1, 8):
        velm.fails(500, f"/{number}")
    poll = await added(feeds, velm)
    assert (len(velm.pages_fetched()), poll.feed.waiting) == (3, 7)


async def test_a_feed_that_fails_says_why_and_is_well_again_once_it_was_read(
    feeds: Subscriptions, velm: Outlet
) -> None:
    velm.lists(1)
    feed = (await added(feeds, velm)).feed
    velm.fails(500)
    failing = (await feeds.poll(GUILD, feed.id)).feed
    assert (failing.error, failing.schedule.failures) == (
        "127.0.0.1 has a fault of its own (status 500); try again later.",
        1,
    )
    assert failing.schedule.due > datetime.now(UTC) + timedelta(minutes=58)
    velm.lists(1, 2)
    poll = await feeds.poll(GUILD, feed.id)
    assert (poll.feed.error, poll.added) == (None, 1)


async def test_a_feed_that_is_gone_is_paused(feeds: Subscriptions, velm: Outlet) -> None:
    feed = (await added(feeds, velm)).feed
    velm.fails(410)
    assert (await feeds.poll(GUILD, feed.id)).feed.schedule.pause is Pause.GONE


async def test_a_feed_that_became_a_page_says_so(feeds: Subscriptions, velm: Outlet) -> None:
    feed = (await added(feeds, velm)).feed
    velm.sends("<!doctype html><html><body><p>We moved.</p></body></html>")
    assert "This is a web page, not a feed" in ((await feeds.poll(GUILD, feed.id)).feed.error or "")


async def test_an_article_that_robots_may_not_read_is_not_read(feeds: Subscriptions, velm: Outlet) -> None:
    velm.lists(1, 2)
    velm.site.pages["/robots.txt"] = page("User-agent: *\nDisallow: /2", kind="text/plain")
    poll = await added(feeds, velm)
    assert counts(poll) == (1, 0, 0, 1)
    assert "robots.txt" in (poll.feed.refusal or "")
    assert velm.pages_fetched() == ["/1"]


async def test_a_link_into_a_private_network_is_not_followed(feeds: Subscriptions, velm: Outlet) -> None:
    velm.sends(rss(item(1, "http://10.0.0.1/admin"), item(2, "http://169.254.169.254/latest"), item(3, "file:///etc")))
    poll = await added(feeds, velm)
    assert counts(poll) == (0, 0, 0, 2)
    assert "private or reserved network" in (poll.feed.refusal or "")


async def test_a_fault_of_ours_with_one_article_keeps_no_other_out(
    feeds: Subscriptions, velm: Outlet, monkeypatch: pytest.MonkeyPatch
) -> None:
    velm.lists(1, 2)

    def failing(library: Library, feed: Subscription, wanted: Wanted, article: Article, now: datetime) -> Added | None:
        if wanted.link.endswith("/2"):
            raise ZeroDivisionError
        return store(library, feed, wanted, article, now)

    monkeypatch.setattr(polling, "store", failing)
    assert counts(await added(feeds, velm)) == (1, 0, 0, 1)


async def test_a_fault_of_the_archive_loses_nothing(
    feeds: Subscriptions, velm: Outlet, monkeypatch: pytest.MonkeyPatch
) -> None:
    velm.lists(1)

    def failing(*_: object) -> None:
        raise sqlite3.OperationalError("database is locked")

    with monkeypatch.context() as patched:
        patched.setattr(polling, "store", failing)
        with pytest.raises(sqlite3.OperationalError):
            await added(feeds, velm)
    assert counts(await feeds.poll(GUILD, 1)) == (1, 0, 0, 0)


async def test_a_fault_of_ours_with_one_page_keeps_no_other_out(
    feeds: Subscriptions, velm: Outlet, monkeypatch: pytest.MonkeyPatch
) -> None:
    velm.lists(1, 2)

    async def failing(web: Fetcher, link: str, largest: int) -> Reading:
        if link.endswith("/2"):
            raise ZeroDivisionError
        return await crawl_link(web, link, largest)

    monkeypatch.setattr(polling, "crawl_link", failing)
    poll = await added(feeds, velm)
    assert counts(poll) == (1, 0, 0, 1)
    assert poll.feed.refusal == "It cannot be read for a fault of this program, which is in its log."


async def test_a_fault_of_ours_with_a_feed_is_a_failure_of_that_feed(
    feeds: Subscriptions, velm: Outlet, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed = (await added(feeds, velm)).feed

    async def failing(*_: object) -> object:
        raise ZeroDivisionError

    monkeypatch.setattr(polling, "ask", failing)
    after = (await feeds.poll(GUILD, feed.id)).feed
    assert after.error == "It cannot be read for a fault of this program, which is in its log."
    assert after.schedule.due > feed.schedule.due


async def test_a_feed_of_thousands_of_entries_ends_well(opened: Opened, velm: Outlet) -> None:
    items = "".join(f"<item><link>/{n}</link></item>" for n in range(2_000))
    velm.sends(f'<rss version="2.0"><channel>{items}</channel></rss>')
    async with opened(most_articles=1) as few:
        poll = await added(few, velm)
    assert (poll.missed, poll.feed.waiting) == (1, 499)


# Who adds one


async def test_what_is_no_feed_is_refused_and_not_kept(feeds: Subscriptions, velm: Outlet) -> None:
    velm.sends("Good morning!")
    with pytest.raises(NoFeed):
        await feeds.subscribe(GUILD, velm.link)
    assert await feeds.of(GUILD) == []


async def test_a_feed_that_is_there_already_is_not_added_again_but_gets_the_interval(
    feeds: Subscriptions, velm: Outlet
) -> None:
    feed = (await added(feeds, velm)).feed
    again = await feeds.subscribe(GUILD, f"{velm.link}?utm_source=x", every_minutes=90)
    assert (again.new, again.feed.id, again.feed.schedule.interval) == (False, feed.id, timedelta(minutes=90))
    assert (await feeds.subscribe(GUILD, velm.link)).feed.schedule.interval == timedelta(minutes=90)


async def test_a_title_that_is_given_wins_over_the_feeds_own(feeds: Subscriptions, velm: Outlet) -> None:
    assert (await feeds.subscribe(GUILD, velm.link, title="The \n Bell")).feed.title == "The Bell"


# Who reads one


async def test_a_feed_is_not_read_by_two_at_once(opened: Opened, velm: Outlet) -> None:
    velm.lists(1)
    goes_on, begun = asyncio.Event(), asyncio.Event()

    async def slow(_: web.Request) -> web.Response:
        begun.set()
        await goes_on.wait()
        return web.Response(body=story(1), content_type="text/html")

    velm.site.pages["/1"] = slow
    async with opened() as one, opened() as other:
        subscribed = await one.subscribe(GUILD, velm.link)
        filling = asyncio.create_task(one.fill(subscribed.feed))
        await begun.wait()
        assert await other.poll_due() is None
        with pytest.raises(BeingRead):
            await other.poll(GUILD, subscribed.feed.id)
        goes_on.set()
        assert (await filling).added == 1
        assert (await other.poll(GUILD, subscribed.feed.id)).added == 0
    assert velm.pages_fetched() == ["/1"]


async def test_a_reading_that_is_broken_off_loses_nothing_and_holds_up_nobody(opened: Opened, velm: Outlet) -> None:
    velm.lists(1, 2)
    begun = asyncio.Event()

    async def endless(_: web.Request) -> web.Response:
        begun.set()
        await asyncio.sleep(60)
        return web.Response()

    velm.site.pages["/1"] = endless
    async with opened() as feeds:
        subscribed = await feeds.subscribe(GUILD, velm.link)
        filling = asyncio.create_task(feeds.fill(subscribed.feed))
        await begun.wait()
        filling.cancel()
        await asyncio.gather(filling, return_exceptions=True)
    velm.site.pages["/1"] = page(story(1))
    async with opened() as feeds:
        poll = await feeds.poll(GUILD, subscribed.feed.id)
    assert (counts(poll), poll.feed.articles) == ((1, 0, 0, 0), 2)


async def test_after_a_restart_nothing_is_added_or_told_again(opened: Opened, velm: Outlet) -> None:
    velm.lists(1, 2)
    async with opened() as feeds:
        feed = (await added(feeds, velm)).feed
        velm.fails(404)
        await feeds.poll(GUILD, feed.id)
        for failing in await feeds.untold(0):
            await feeds.told(failing)
    async with opened() as feeds:
        await feeds.poll(GUILD, feed.id)
        assert await feeds.untold(0) == []
        velm.lists(1, 2)
        assert counts(await feeds.poll(GUILD, feed.id)) == (0, 0, 0, 0)
    assert velm.pages_fetched() == ["/2", "/1"]


async def test_a_feed_that_is_removed_while_it_is_read_brings_nothing_more(
    feeds: Subscriptions, velm: Outlet, library: Opens
) -> None:
    velm.lists(1, 2)
    subscribed = await feeds.subscribe(GUILD, velm.link)

    async def removing(_: web.Request) -> web.Response:
        await feeds.remove(GUILD, subscribed.feed.id)
        return web.Response(body=story(2), content_type="text/html")

    velm.site.pages["/2"] = removing
    poll = await feeds.fill(subscribed.feed)
    assert (counts(poll), poll.feed.id) == ((0, 0, 0, 0), subscribed.feed.id)
    assert (velm.pages_fetched(), titles(library)) == (["/2"], [])
    with pytest.raises(NoSuchFeed):
        await feeds.poll(GUILD, subscribed.feed.id)


async def test_another_guilds_feed_is_none_of_ours(feeds: Subscriptions, velm: Outlet) -> None:
    feed = (await added(feeds, velm)).feed
    assert await feeds.of(GUILD + 1) == []
    with pytest.raises(NoSuchFeed):
        await feeds.poll(GUILD + 1, feed.id)


async def test_the_event_loop_never_waits_for_the_archive(feeds: Subscriptions, velm: Outlet, library: Opens) -> None:
    with library() as opened, opened.writing():
        adding = asyncio.create_task(feeds.subscribe(GUILD, velm.link))
        await asyncio.sleep(0.3)  # which would not end if the loop waited
        assert not adding.done()
    assert (await adding).new
