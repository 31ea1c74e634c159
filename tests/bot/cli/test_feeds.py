"""feed add, list, pause, resume, remove and poll."""

from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from bot.cli.feeds import feed as group
from bot.fetching.limits import Limits
from tests.bot.cli.conftest import Terminal
from tests.bot.cli.test_adding import QuietHandler
from tests.bot.feeds.outlet import item, rss, story

FEED = [
    *("id", "url", "title", "guild", "interval_minutes", "paused", "gone", "due", "last_read", "failures"),
    *("failing_since", "last_error", "articles", "waiting", "refused", "last_refusal"),
]
POLL = [*FEED, "added", "corrected", "known", "missed"]


class Outlet:
    """A folder on the web with a feed and a page for each story, which this machine may call."""

    def __init__(self, folder: Path, address: str) -> None:
        self._folder = folder
        self.address = address
        self.link = f"{address}/feed.xml"

    def lists(self, *numbers: int, title: str = "Velm News") -> None:
        for number in numbers:
            self.write(f"{number}.html", story(number))
        self.write("feed.xml", rss(*(item(number, f"/{number}.html") for number in numbers), title=title).encode())

    def write(self, name: str, body: bytes) -> None:
        (self._folder / name).write_bytes(body)

    def loses(self, name: str) -> None:
        (self._folder / name).unlink()


@pytest.fixture
def velm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Outlet]:
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.setenv("QUOTIDIAN_WEB__ALSO_ALLOW", '["127.0.0.1/32"]')
    monkeypatch.setattr("bot.links.Limits", partial(Limits, pause=0.0))
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=str(folder))) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        outlet = Outlet(folder, f"http://127.0.0.1:{server.server_port}")
        outlet.lists(1, 2)
        yield outlet
        server.shutdown()
        thread.join()


# add


def test_add_prints_the_id_and_fetches_the_articles(quotidian: Terminal, velm: Outlet) -> None:
    ran = quotidian("feed", "add", velm.link)
    assert (ran.code, ran.out) == (0, "1\n")
    assert "1. Velm News\n2 new articles.\n" in ran.err
    assert "2/2" in ran.err
    assert [article["title"] for article in quotidian("list", "--json").objects] == [
        "Pier 2 of Velm2 closes",
        "Pier 1 of Velm1 closes",
    ]


def test_add_prints_json_as_the_contract_has_it(quotidian: Terminal, velm: Outlet) -> None:
    (added,) = quotidian("feed", "add", velm.link, "--every", 60, "--title", "The Bell", "--json").objects
    assert list(added) == POLL
    assert (added["id"], added["url"], added["title"], added["guild"]) == (1, velm.link, "The Bell", None)
    assert (added["interval_minutes"], added["articles"], added["added"], added["known"]) == (60, 2, 2, 0)
    assert (added["paused"], added["gone"], added["failures"], added["last_error"]) == (False, False, 0, None)


def test_a_page_leads_to_the_feed_that_it_names(quotidian: Terminal, velm: Outlet) -> None:
    link = '<link rel="alternate" type="application/rss+xml" href="{}">'
    velm.write("index.html", f"<html><head>{link.format('/feed.xml')}</head></html>".encode())
    assert quotidian("feed", "add", velm.address, "--json").objects[0]["url"] == velm.link
    velm.write("index.html", f"<html><head>{link.format('/a')}{link.format('/b')}</head></html>".encode())
    ran = quotidian("feed", "add", velm.address)
    assert ran.code == 2
    assert f"names several feeds; add one of {velm.address}/a, {velm.address}/b" in ran.complaint


@pytest.mark.parametrize(
    ("path", "code", "reason"),
    [
        ("/1.html", 2, "This is a web page, not a feed, and it names none"),
        ("/nothing", 3, "has no page at this address (status 404)"),
        (":0", 2, "The link leads to port"),
    ],
)
def test_what_is_no_feed_is_refused_in_one_line_and_not_kept(
    quotidian: Terminal, velm: Outlet, path: str, code: int, reason: str
) -> None:
    link = f"{velm.address}{path}" if path.startswith("/") else f"http://127.0.0.1{path}"
    ran = quotidian("feed", "add", link)
    assert (ran.code, ran.out) == (code, "")
    assert reason in ran.complaint
    assert quotidian("feed", "list", "--json").out == ""


@pytest.mark.parametrize("link", ["feed.xml", "file:///etc/passwd", "nonsense at all"])
def test_what_is_no_link_is_wrong_use(quotidian: Terminal, link: str) -> None:
    ran = quotidian("feed", "add", link)
    assert ran.code == 2
    assert ran.complaint


def test_a_link_into_a_private_network_is_not_followed(quotidian: Terminal) -> None:
    ran = quotidian("feed", "add", "http://127.0.0.1:8009/")
    assert ran.code == 3
    assert "private or reserved network" in ran.complaint


@pytest.mark.parametrize("minutes", ["4", "10081", "often"])
def test_an_interval_out_of_bounds_is_wrong_use(quotidian: Terminal, velm: Outlet, minutes: str) -> None:
    assert quotidian("feed", "add", velm.link, "--every", minutes).code == 2


def test_a_feed_that_is_there_already_is_named(quotidian: Terminal, velm: Outlet) -> None:
    quotidian("feed", "add", velm.link)
    ran = quotidian("feed", "add", f"{velm.link}?utm_source=x", "--every", 120)
    assert (ran.code, ran.out) == (0, "1\n")
    assert "Already there" in ran.err
    assert "every 2 hours" in ran.err
    assert len(quotidian("feed", "list", "--json").objects) == 1


# list


def test_an_empty_list_says_how_to_add_a_feed(quotidian: Terminal) -> None:
    assert "quotidian feed add LINK" in quotidian("feed", "list").out
    assert quotidian("feed", "list", "--json").out == ""


def test_the_list_says_how_each_feed_is(quotidian: Terminal, velm: Outlet) -> None:
    velm.loses("1.html")
    quotidian("feed", "add", velm.link)
    (feed,) = quotidian("feed", "list", "--json").objects
    assert list(feed) == FEED
    assert (feed["articles"], feed["refused"], feed["waiting"]) == (1, 1, 0)
    out = quotidian("feed", "list").out
    for words in (
        "1. Velm News",
        velm.link,
        "every 30 minutes · last read",
        "· 1 article\n",
        "1 page gave no article. The latest: 127.0.0.1 has no page",
    ):
        assert words in out


# pause, resume, remove


def test_a_paused_feed_is_not_polled_until_it_is_resumed(quotidian: Terminal, velm: Outlet) -> None:
    quotidian("feed", "add", velm.link)
    assert quotidian("feed", "pause", 1).out == "Paused feed 1.\n"
    (paused,) = quotidian("feed", "list", "--json").objects
    assert (paused["paused"], paused["due"]) == (True, None)
    assert quotidian("feed", "poll", "--json").out == ""
    assert quotidian("feed", "resume", 1, "--json").objects[0]["paused"] is False
    assert len(quotidian("feed", "poll", "--json").objects) == 1


def test_a_removed_feeds_articles_stay(quotidian: Terminal, velm: Outlet) -> None:
    quotidian("feed", "add", velm.link)
    assert quotidian("feed", "remove", 1, "--json").objects == [{"id": 1, "removed": True}]
    assert quotidian("feed", "list", "--json").out == ""
    assert len(quotidian("list", "--json").objects) == 2
    quotidian("feed", "add", velm.link)
    assert quotidian("feed", "remove", 2).out == "Removed feed 2. Its articles stay.\n"


@pytest.mark.parametrize("command", ["pause", "resume", "remove", "poll"])
def test_a_feed_that_is_not_there_is_1(quotidian: Terminal, velm: Outlet, command: str) -> None:
    quotidian("feed", "add", velm.link, "--guild", 7)
    for feed_id, guild in ((4711, ()), (1, ()), (1, ("--guild", 8)), (2**63, ()), (0, ("--guild", 7))):
        ran = quotidian("feed", command, feed_id, *guild)
        assert (ran.code, ran.out) == (1, "")
        assert f"There is no feed {feed_id} here." in ran.complaint
    assert quotidian("feed", "remove", 1, "--json").objects == [{"id": 1, "removed": False}]


def test_a_guilds_feeds_and_their_articles_are_its_own(quotidian: Terminal, velm: Outlet) -> None:
    quotidian("feed", "add", velm.link, "--guild", 7)
    assert [each["guild"] for each in quotidian("feed", "list", "--guild", 7, "--json").objects] == [7]
    for guild in ((), ("--guild", 8)):
        assert quotidian("feed", "list", "--json", *guild).out == ""
        assert quotidian("list", "--json", *guild).out == ""
    assert len(quotidian("list", "--json", "--guild", 7).objects) == 2


# poll


def test_poll_brings_what_is_new_since_the_last_time(quotidian: Terminal, velm: Outlet) -> None:
    quotidian("feed", "add", velm.link)
    assert quotidian("feed", "poll").out == "1. Velm News\nNothing new.\n"
    velm.lists(1, 2, 3)
    velm.write("1.html", story(1).replace(b"3 weeks", b"30 weeks"))
    (polled,) = quotidian("feed", "poll", 1, "--json").objects
    assert list(polled) == POLL
    assert (polled["added"], polled["corrected"], polled["articles"]) == (1, 0, 3)


def test_a_feed_that_fails_is_3_and_says_why_and_the_others_are_read(quotidian: Terminal, velm: Outlet) -> None:
    quotidian("feed", "add", velm.link)
    velm.write("other.xml", rss(title="Other").encode())
    quotidian("feed", "add", f"{velm.address}/other.xml")
    velm.loses("feed.xml")
    ran = quotidian("feed", "poll")
    assert ran.code == 3
    assert "1. Velm News\nIt cannot be read: 127.0.0.1 has no page at this address" in ran.out
    assert "2. Other\nNothing new." in ran.out
    (failing, well) = quotidian("feed", "list", "--json").objects
    assert (failing["failures"], well["failures"]) == (1, 0)
    assert "status 404" in failing["last_error"]
    assert "Failing since" in quotidian("feed", "list").out


def test_the_most_articles_of_one_reading_are_a_setting(
    quotidian: Terminal, velm: Outlet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUOTIDIAN_FEEDS__MOST_ARTICLES", "1")
    monkeypatch.setenv("QUOTIDIAN_FEEDS__EVERY_MINUTES", "45")
    added = quotidian("feed", "add", velm.link, "--json").objects[0]
    assert (added["added"], added["waiting"], added["interval_minutes"]) == (1, 1, 45)
    assert "1 page still to be fetched." in quotidian("feed", "list").out
    assert quotidian("feed", "poll", "--json").objects[0]["added"] == 1


# All of them


def test_every_command_of_feed_explains_itself(quotidian: Terminal) -> None:
    assert sorted(group.commands) == ["add", "list", "pause", "poll", "remove", "resume"]
    for command in group.commands:
        ran = quotidian("feed", command, "--help")
        assert (ran.code, ran.err) == (0, "")
        assert group.commands[command].help


@pytest.mark.parametrize("arguments", [("add", "https://velm.example/"), ("list",), ("pause", 1), ("poll",)])
def test_a_damaged_archive_is_3_and_one_line(
    quotidian: Terminal, tmp_path: Path, velm: Outlet, arguments: tuple[object, ...]
) -> None:
    (tmp_path / "bad.db").write_bytes(b"no database " * 1_000)
    ran = quotidian("feed", *arguments, "--archive", "bad.db")
    assert (ran.code, ran.out) == (3, "")
    assert "it is not an archive of this program, or it is damaged" in ran.complaint


def test_titles_of_a_feed_cannot_reach_the_terminal_or_break_a_line(quotidian: Terminal, velm: Outlet) -> None:
    velm.lists(1, title="Velm \x1b[31m<script>x</script>\n\n2. Fake feed")
    quotidian("feed", "add", velm.link)
    out = quotidian("feed", "list").out
    assert "\x1b" not in out
    assert "\n2. Fake" not in out
