"""The passages of the newest versions, and their ids."""

from hypothesis import given
from hypothesis import strategies as st

from retrieval.archive import Archive
from retrieval.passages import cut
from tests.retrieval.strategies import texts
from tests.retrieval.world import ADA, BEN, story

long_texts = st.lists(texts() | st.integers(1, 90).map(lambda words: "word " * words + "end. "), max_size=6).map(
    lambda parts: "".join(parts) + "The end."
)


def told(archive: Archive) -> dict[str, int]:
    """The words of article 1's passages, and their ids."""
    text = archive.shelf(ADA).newest(1).article.text
    return {passage.span.within(text): passage.id for passage in archive.shelf(ADA).passages(1)}


def paragraph(subject: str) -> str:
    """A passage of its own."""
    return " ".join(f"The {subject} has {number} windows on its western side." for number in range(10, 18))


@given(st.lists(long_texts, min_size=1, max_size=4))
def test_the_passages_are_those_of_the_newest_text_and_no_id_comes_back(versions: list[str]) -> None:
    with Archive.throw_away() as archive:
        gone: set[int] = set()
        before: dict[str, int] = {}
        for text in versions:
            added = archive.add(ADA, story(text, key="k"))
            passages = archive.shelf(ADA).passages(1)
            assert [passage.span for passage in passages] == list(cut(archive.shelf(ADA).newest(1).article.text))
            assert {(passage.article_id, passage.version) for passage in passages} == {(1, added.version)}
            ids = {passage.id for passage in passages}
            assert len(ids) == len(passages)
            assert not ids & gone
            gone |= set(before.values()) - ids
            before = told(archive)


def test_a_passage_keeps_its_id_while_its_words_stay(archive: Archive) -> None:
    mill, tower, barn = map(paragraph, ("mill", "tower", "barn"))
    archive.add(ADA, story(f"{mill}\n\n{tower}", key="k"))
    first = told(archive)
    archive.add(ADA, story(f"{barn}\n\n{mill}\n\n{tower}", key="k"))
    assert told(archive) == {barn: 3, **first}
    archive.add(ADA, story(f"{tower}\n\n{barn}", key="k"))
    assert told(archive) == {tower: first[tower], barn: 3}


def test_words_that_stand_in_an_article_twice_are_two_passages(archive: Archive) -> None:
    mill = paragraph("mill")
    archive.add(ADA, story(f"{mill}\n\n{mill}", key="k"))
    archive.add(ADA, story(f"{mill}\n\n{mill}\n\n{mill}", key="k"))
    assert [passage.id for passage in archive.shelf(ADA).passages(1)] == [1, 2, 3]


def test_another_guilds_passages_are_not_on_the_shelf(archive: Archive) -> None:
    archive.add(ADA, story(paragraph("mill")))
    assert archive.shelf(BEN).passages(1) == []
