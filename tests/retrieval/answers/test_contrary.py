import pytest

from retrieval.answers.answer import Why
from retrieval.answers.answering import answer
from retrieval.answers.contrary import contradicts
from retrieval.article import SHARED
from retrieval.asking.understanding import understand
from retrieval.finding.finders import RuleFinder
from retrieval.finding.sentence_choice import choose
from retrieval.library import Library
from retrieval.search.search import search
from tests.retrieval.world import library_holding, story

RULES = RuleFinder(0.5)


def is_contradicted(question: str, text: str) -> bool:
    part = understand(question).parts[0]
    with library_holding((SHARED, story(text))) as library:
        best = choose(part, search(library.index, library.shelf(SHARED), part))[0]
        return contradicts(part, best)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Why did France accept joint patrols?", "France rejected joint patrols."),
        ("Why did France accept joint patrols?", "France turned down the joint patrols."),
        ("Why did France accept joint patrols?", "France could not accept joint patrols."),
        ("Why did the judge suspend the sentence?", "The judge said she couldn't suspend the sentence."),
        ("When did Brandt win the butterfly?", "Brandt lost the butterfly on Sunday."),
        ("Who opened the bridge?", "The bridge was closed by Mayor Gill."),
    ],
)
def test_a_sentence_of_the_opposite_or_of_no_such_deed_contradicts(question: str, text: str) -> None:
    assert is_contradicted(question, text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Why did France reject joint patrols?", "France rejected joint patrols."),
        ("Why did France not accept joint patrols?", "France could not accept joint patrols."),
        ("Why did France reject joint patrols?", "France rejected joint patrols, though some would accept them."),
        (
            "Which countries sent ministers?",
            "The meeting went on without her, with ministers from Peru.",
        ),
        ("Who rejected joint patrols?", "France could not accept joint patrols."),
        ("Who found the Viking silver?", "He never did find the lost ring."),
        ("When did Orde test positive?", "Orde, who is not ill, tested positive on Tuesday."),
        ("Who is the new chair?", "The old chair is Imelda Rooke."),
        ("Who opened the bridge?", "Mayor Gill opened the bridge and closed the ferry."),
    ],
)
def test_other_sentences_do_not(question: str, text: str) -> None:
    assert not is_contradicted(question, text)


def test_a_false_premise_is_met_with_the_evidence_to_the_contrary(library: Library) -> None:
    library.add(SHARED, story("France rejected joint patrols because they would compromise its sovereignty."))
    (part,) = answer(library, SHARED, "Why did France accept joint patrols?", RULES).parts
    assert part.refusal is not None
    assert part.refusal.why is Why.CONTRARY
    assert part.nearest[0].quotation.words.startswith("France rejected joint patrols")
    assert not part.answered


def test_whether_it_was_so_is_answered_with_the_evidence(library: Library) -> None:
    library.add(SHARED, story("France rejected joint patrols because they would compromise its sovereignty."))
    (part,) = answer(library, SHARED, "Did France accept joint patrols?", RULES).parts
    assert part.answered
    assert part.evidence[0].quotation.words.startswith("France rejected joint patrols")
