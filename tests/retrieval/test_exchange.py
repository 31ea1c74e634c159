import json
from collections.abc import Iterable
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from retrieval.article import SHARED, Article, Guild
from retrieval.exchange import Imported, exported, imported
from retrieval.library import Library
from retrieval.shelf import Origin
from tests.retrieval.strategies import articles, guilds
from tests.retrieval.world import ADA, BEN, ids, sample_stories, story


def line(text: str, **fields: object) -> bytes:
    return json.dumps({"text": text, **fields}).encode()


def import_all(library: Library, guild: Guild, lines: Iterable[bytes]) -> Imported:
    return list(imported(library, guild, lines))[-1]


def lines_exported(library: Library, guild: Guild) -> list[bytes]:
    return [exported_line.encode() for exported_line in exported(library.shelf(guild))]


@st.composite
def publications(draw: st.DrawFn) -> list[tuple[Guild, Article]]:
    """Stories of several guilds, corrected and told again elsewhere; no key or address is of two stories at a time."""
    published: list[tuple[Guild, Article]] = []
    for n, (guild, article) in enumerate(draw(st.lists(st.tuples(guilds(), articles()), min_size=1, max_size=8))):
        key, url = draw(st.sampled_from([(f"🗝 {n}", None), (None, f"https://{n}.example"), (f"{n}", f"{n}.example")]))
        for step in range(draw(st.integers(1, 3))):
            told = replace(article, text=f"{article.text} {n} {step}", key=key, url=url)
            published.append((guild, told))
        for again in range(draw(st.integers(0, 2))):
            elsewhere = draw(st.none() | st.just(f"https://{n}.{again}.example"))
            published.append((guild, replace(told, key=f"{n} {again}", url=elsewhere)))
    return published


@given(publications())
def test_what_was_exported_comes_back_the_same(published: list[tuple[Guild, Article]]) -> None:
    with Library.throw_away() as library, Library.throw_away() as other:
        for guild, article in published:
            library.add(guild, article)
        lines = lines_exported(library, ADA)
        for _ in imported(other, ADA, lines):
            pass
        assert lines_exported(other, ADA) == lines


def test_the_sample_stories_come_back_the_same(stories: Library) -> None:
    with Library.throw_away() as other:
        import_all(other, SHARED, lines_exported(stories, SHARED))
        assert [version.article for version in other.shelf(SHARED).versions()] == sample_stories()


def test_an_export_holds_the_guilds_own_articles_alone(library: Library) -> None:
    for guild in (SHARED, ADA, BEN):
        library.add(guild, story(f"A story of {guild}."))
    assert [json.loads(exported_line)["text"] for exported_line in exported(library.shelf(ADA))] == [
        f"A story of {ADA}."
    ]


def test_a_story_is_exported_once_for_each_place_it_came_from(library: Library) -> None:
    library.add(ADA, story("The board met.", key="k1", url="https://packet.example"))
    library.add(ADA, story("The board met.", key="k2"))
    told = [json.loads(exported_line) for exported_line in exported(library.shelf(ADA))]
    assert [(fields["id"], fields["url"]) for fields in told] == [("k1", "https://packet.example"), ("k2", None)]


def test_the_newest_version_is_exported(library: Library) -> None:
    library.add(ADA, story("The board met.", key="k"))
    library.add(ADA, story("The board did not meet.", key="k"))
    (told,) = (json.loads(exported_line) for exported_line in exported(library.shelf(ADA)))
    assert told["text"] == "The board did not meet."


def test_an_empty_shelf_exports_nothing(library: Library) -> None:
    assert list(exported(library.shelf(SHARED))) == []


def test_each_line_is_counted_for_what_became_of_it(library: Library) -> None:
    lines = [line("One.", id="1"), line("Two.", id="2"), line("One.", id="3"), line("Two and a half.", id="2"), b"{"]
    done = import_all(library, ADA, lines)
    assert (done.lines, done.added, done.known, done.corrected, len(done.bad)) == (5, 2, 1, 1, 1)
    assert str(done) == ("2 articles added, 1 given a new version, 1 there already, 1 line left out.")


def test_of_many_bad_lines_the_first_thousand_are_named_and_all_are_counted(library: Library) -> None:
    done = import_all(library, SHARED, [b"not json"] * 20_000)
    assert (done.left_out, len(done.bad), done.bad[-1][0]) == (20_000, 1_000, 1_000)
    assert str(done) == "0 articles added, 20000 lines left out."


def test_a_bad_line_is_named_and_the_rest_goes_in(library: Library) -> None:
    lines = [line("One."), b"not json", b"", b'["a list"]', b"\xff\xfe", line(" "), line("Two.")]
    done = import_all(library, ADA, lines)
    assert [number for number, _ in done.bad] == [2, 4, 5, 6]
    assert all(why.endswith(".") for _, why in done.bad)
    assert [version.article.text for version in library.shelf(ADA).versions()] == ["One.", "Two."]


def test_a_day_that_cannot_be_read_is_warned_of_and_left_out(library: Library) -> None:
    done = import_all(library, ADA, [line("One.", published="2024/3/6"), line("Two.", published="last week")])
    assert [number for number, _ in done.warned] == [2]
    assert [version.article.published for version in library.shelf(ADA).versions()] == ["2024-03-06", None]


def test_progress_is_told_when_it_is_stored(library: Library) -> None:
    steps = imported(library, ADA, (line(f"Story {n}.") for n in range(250)))
    assert [(step.added, len(library.shelf(ADA))) for step in steps] == [(100, 100), (200, 200), (250, 250)]


def test_an_import_into_a_guild_leaves_what_the_shared_library_has(library: Library) -> None:
    library.add(SHARED, story("The board met."))
    done = import_all(library, ADA, [line("The board met.", id="k")])
    assert (done.known, done.added) == (1, 0)
    assert ids(library.shelf(ADA)) == [1]


def test_a_publishers_key_may_be_any_string(library: Library) -> None:
    keys = ["007", "a/b c", "🗝", "None", "1e3", '"', "\u0301"]
    import_all(library, ADA, [line(f"Story {n}.", id=key) for n, key in enumerate(keys)])
    assert [library.shelf(ADA).origins(number) for number in ids(library.shelf(ADA))] == [
        [Origin(key, None)] for key in keys
    ]


def test_nothing_to_import_is_no_trouble(library: Library) -> None:
    assert list(imported(library, ADA, [])) == []
    assert import_all(library, ADA, [b"", b"  "]) == Imported(lines=2)
