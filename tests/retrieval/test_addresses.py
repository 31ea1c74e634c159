import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from retrieval.addresses import LONGEST_ADDRESS, canonical

STORY = "https://packet.example/2024/03/harbour-vote"
PIECES = st.sampled_from(
    "http:// HTTPS:// www. m. amp. packet.example google.com bücher.example cdn.ampproject.org :80 :443 :8080 [::1] @ "
    "/ // /amp /amp/s/ /c/s/ /print /index.html .amp .amp.html .. story ? & = ; + amp; amp=1 print utm_source=x "
    "ref=rss id=5 page=2 # #!/x %41 %2F %2e %E9 %C3%A9 %26 %3F é ß \\".split()
)


def addresses() -> st.SearchStrategy[str]:
    """Addresses, nearly addresses, and anything else."""
    pieces = st.lists(PIECES | st.text(max_size=2), max_size=12).map("".join)
    return st.text() | pieces | pieces.map("https://packet.example/".__add__)


@pytest.mark.parametrize(
    "route",
    [
        "http://packet.example/2024/03/harbour-vote",
        "https://packet.example/2024/03/harbour-vote/",
        "https://packet.example//2024/03/harbour-vote",
        "https://packet.example:443/2024/03/harbour-vote",
        "http://packet.example:80/2024/03/harbour-vote",
        "HTTPS://WWW.Packet.Example/2024/03/harbour-vote",
        "https://packet.example./2024/03/harbour-vote",
        "https://m.packet.example/2024/03/harbour-vote",
        "https://mobile.packet.example/2024/03/harbour-vote",
        "https://amp.packet.example/2024/03/harbour-vote",
        "https://www.m.packet.example/2024/03/harbour-vote",
        "https://reader@packet.example/2024/03/harbour-vote",
        "  https://packet.example/2024/03/harbour-vote\n",
        "https://packet.example/2024/./02/../03/harbour-vote",
        "https://packet.example/2024/03/harbour%2Dvote",
        "https://packet.example/2024/03/harbour-vote#comments",
        "https://packet.example/2024/03/harbour-vote#:~:text=the%20board",
        "https://packet.example/2024/03/harbour-vote?",
        "https://packet.example/2024/03/harbour-vote/index.html",
    ],
)
def test_a_story_has_one_address_however_it_is_spelt(route: str) -> None:
    assert canonical(route) == STORY


@pytest.mark.parametrize(
    "query",
    [
        "utm_source=feed&utm_medium=rss&UTM_Campaign=x",
        "utm_source=feed&amp;utm_medium=rss",
        "fbclid=IwAR0",
        "gclid=Cj0",
        "mc_cid=1&mc_eid=2",
        "at_medium=RSS&at_campaign=KARANGA",
        "CMP=Share_iOSApp_Other",
        "ref=rss",
        "smid=tw-share",
        "ns_mchannel=social&ns_source=twitter",
        "source=hp&via=newsletter",
    ],
)
def test_where_a_reader_came_from_makes_no_other_story(query: str) -> None:
    assert canonical(f"{STORY}?{query}") == STORY


@pytest.mark.parametrize(
    "route",
    [
        f"{STORY}/amp",
        f"{STORY}/amp/",
        f"{STORY}.amp",
        f"{STORY}?amp",
        f"{STORY}?amp=1",
        f"{STORY}?outputType=amp",
        f"{STORY}/amp?utm_source=x#top",
        "https://packet.example/amp/2024/03/harbour-vote",
        "https://packet.example/2024/amp/03/harbour-vote",
        "https://www.google.com/amp/s/www.packet.example/2024/03/harbour-vote",
        "https://www.google.co.uk/amp/packet.example/2024/03/harbour-vote/amp",
        "https://amp-packet-example.cdn.ampproject.org/c/s/amp.packet.example/2024/03/harbour-vote?amp&usqp=mq331",
        "https://www-packet-example.cdn.ampproject.org/v/s/www.packet.example/2024/03/harbour-vote?amp_js_v=0.1",
        "https://www.google.com/amp/s/packet-example.cdn.ampproject.org/c/s/packet.example/2024/03/harbour-vote",
    ],
)
def test_an_accelerated_mobile_page_is_its_story(route: str) -> None:
    assert canonical(route) == STORY


def test_an_accelerated_mobile_page_that_is_a_file_is_its_story() -> None:
    assert canonical("https://packet.example/harbour-vote.amp.html") == "https://packet.example/harbour-vote.html"


@pytest.mark.parametrize(
    "route", ["/print", "/print/", "/amp/print", "?print", "?print=1", "?print=true", "?view=print"]
)
def test_a_page_for_the_printer_is_its_story(route: str) -> None:
    assert canonical(STORY + route) == STORY


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://packet.example/harbour?b=2&a=1", "https://packet.example/harbour?a=1&b=2&utm_id=3"),
        ("https://packet.example/h%c3%a4fen", "https://packet.example/häfen"),
        ("https://packet.example/%7eharbour?q=a%20b", "https://packet.example/~harbour?q=a+b"),
        ("https://www.bücher.example/harbour", "https://xn--bcher-kva.example/harbour"),
        ("https://www.bbc.com/news/harbour-1", "https://m.bbc.co.uk/news/harbour-1"),
        ("https://packet.example/article.php?id=5&ref=rss", "https://packet.example/article.php?id=5"),
        ("https://packet.example", "http://www.packet.example/index.html?"),
    ],
)
def test_two_spellings_of_an_address_are_one(one: str, other: str) -> None:
    assert canonical(one) == canonical(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://packet.example/?p=12", "https://packet.example/?p=13"),
        ("https://packet.example/news?id=12", "https://packet.example/news?id=13"),
        ("https://packet.example/story?story=12", "https://packet.example/story?story=13"),
        ("https://packet.example/archive?page=1", "https://packet.example/archive?page=2"),
        ("https://packet.example/harbour?article=a", "https://packet.example/harbour?article=b"),
        ("https://packet.example/article.php?ref=A12", "https://packet.example/article.php?ref=A13"),
        ("https://packet.example/desk/index.php?ref=A12", "https://packet.example/desk/index.php?ref=A13"),
        ("https://packet.example/?source=12", "https://packet.example/?source=13"),
        ("https://packet.example/harbour?cid=12", "https://packet.example/harbour?cid=13"),
        ("https://packet.example/show?print=12", "https://packet.example/show?print=13"),
        ("https://packet.example/harbour?view=boats", "https://packet.example/harbour?view=crews"),
        ("https://packet.example/harbour?a=1&a=2", "https://packet.example/harbour?a=2&a=1"),
        ("https://packet.example/harbour?q=a%26b=c", "https://packet.example/harbour?q=a&b=c"),
        ("https://packet.example/a%2Fb", "https://packet.example/a/b"),
        ("https://packet.example/Harbour", "https://packet.example/harbour"),
        ("https://packet.example/#!/story/12", "https://packet.example/#!/story/13"),
        ("https://packet.example/#/story/12", "https://packet.example/#/story/13"),
        ("https://packet.example:8080/harbour", "https://packet.example/harbour"),
        ("https://sport.packet.example/harbour", "https://packet.example/harbour"),
        ("https://packet.example/amp", "https://packet.example/print"),
        ("https://packet.example/amplifier", "https://packet.example/lifier"),
        ("https://packet.example/reprint", "https://packet.example/re"),
        ("https://www.example/harbour", "https://m.example/harbour"),
    ],
)
def test_two_stories_never_share_an_address(one: str, other: str) -> None:
    assert canonical(one) != canonical(other)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "harbour vote",
        "packet.example/harbour",
        "mailto:desk@packet.example",
        "ftp://packet.example/a?utm_source=b",
        "https://",
        "https:///harbour",
        "https://packet.example:harbour/",
        "https://[::1",
        "https://[]@",
        "https://a harbour/",
        "https://packet.example/" + "a" * LONGEST_ADDRESS,
    ],
)
def test_what_is_no_address_on_the_web_stays_as_it_is(words: str) -> None:
    assert canonical(f" {words}\n") == words


@given(addresses())
@example("https://cdn.ampproject.org//amp/c/packet.example/harbour")
@example("https://www.www.packet.example/print/amp/index.html")
@example("https://packet.example/?&amp;amp;id=5")
def test_an_address_is_its_own_address(address: str) -> None:
    assert canonical(canonical(address)) == canonical(address)


@given(
    st.text(alphabet="abcxyz-/", min_size=1), st.lists(st.sampled_from(["fbclid=1", "utm_source=a&utm_id=2", "amp=1"]))
)
def test_tracking_changes_no_address(path: str, passing: list[str]) -> None:
    story = f"https://packet.example/{path}?id=5"
    assert canonical("&".join([story, *passing])) == canonical(story)
