"""Copies of one story: found once, and named beside the one that is quoted."""

from dataclasses import replace

from retrieval.answers.answer import Evidence
from retrieval.answers.answering import answer
from retrieval.article import SHARED, Article
from retrieval.asking.understanding import understand
from retrieval.finding.finders import RuleFinder
from retrieval.library import Library
from retrieval.search.search import search
from tests.retrieval.archive.test_copies import LINES
from tests.retrieval.world import ADA, BEN, library_holding, story

COST = "How much will the breakwater cost?"
RULES = RuleFinder(0.5)
PACKET = Article("Breakwater to be rebuilt", "\n\n".join(LINES), source="The Packet", published="2024-03-06")
BELL = replace(PACKET, title="Sea wall gets new life", text="\n\n".join(LINES[:9]), source="The Bell")
ECHO = replace(
    PACKET, title="Board backs wall", text=PACKET.text.replace("about eighteen", "eighteen"), source="The Echo"
)
HERALD = replace(PACKET, title="Nine for the wall", text="\n\n".join([LINES[0], *LINES[2:]]), source="The Herald")


def evidence_of(library: Library, question: str = COST) -> Evidence:
    (part,) = answer(library, ADA, question, RULES).parts
    (evidence,) = part.evidence
    return evidence


def named(evidence: Evidence) -> set[str | None]:
    return {version.article.source for version in (evidence.version, *evidence.also_in)}


def test_an_answer_names_the_copies_that_carry_its_words() -> None:
    with library_holding((ADA, PACKET), (SHARED, BELL)) as library:
        assert named(evidence_of(library)) == {"The Packet", "The Bell"}


def test_a_copy_that_edits_the_words_lightly_carries_them_too() -> None:
    with library_holding((ADA, PACKET), (ADA, ECHO)) as library:
        assert named(evidence_of(library)) == {"The Packet", "The Echo"}


def test_a_copy_that_lacks_the_words_is_not_named() -> None:
    with library_holding((ADA, PACKET), (ADA, HERALD)) as library:
        assert named(evidence_of(library)) == {"The Packet"}


def test_another_guilds_copy_is_not_named() -> None:
    with library_holding((ADA, PACKET), (BEN, BELL)) as library:
        assert named(evidence_of(library)) == {"The Packet"}


def test_copies_do_not_fill_up_the_results() -> None:
    copies = [replace(PACKET, title=f"Wall {n}", text=f"{PACKET.text}\n\nEdition {n}.") for n in range(20)]
    other = story("\n".join(["The lighthouse breakwater of Oxley will cost £9m.", *(["It is old."] * 20)]), "Oxley")
    with library_holding(*((ADA, copy) for copy in copies), (ADA, other)) as library:
        found = search(library.index, library.shelf(ADA), understand(COST).parts[0])
        articles = [each.passage.article_id for each in found.ranked]
        assert 21 in articles
        assert len(found.ranked) < 10


def test_what_only_one_copy_tells_is_found_in_it() -> None:
    longer = replace(BELL, text=f"{BELL.text}\n\nThe Bell learnt that Otto Finch will lead the works.")
    with library_holding((ADA, PACKET), (ADA, longer)) as library:
        assert evidence_of(library, "Who will lead the works?").version.article.source == "The Bell"
