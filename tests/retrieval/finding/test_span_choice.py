from retrieval.article import SHARED
from retrieval.asking.understanding import understand
from retrieval.finding.confidence import Calibration
from retrieval.finding.finding import Finding
from retrieval.finding.sentence_choice import choose
from retrieval.finding.span_choice import CERTAIN, PASSAGES_READ, read_spans
from retrieval.library import Library
from retrieval.search.search import search
from tests.retrieval.marking import Marker
from tests.retrieval.world import library_holding, story

QUESTION = "Who sold the ferry?"
SOLD = "Marta Lindgren sold the ferry on Monday. The crew of the ferry wept."
TOLD = "The ferry was sold by Marta Lindgren. Nobody had asked for the ferry."
RUMOUR = "People said that Tom Aske had sold the ferry. The ferry is green."
FLAT = Calibration(constant=0.0, margin=1.0, behind=0.0, support=0.0, agrees=0.0, missing=0.0)
"""The log odds are the margin."""


def findings(library: Library, reader: Marker, question: str = QUESTION, by: Calibration = FLAT) -> list[Finding]:
    part = understand(question).parts[0]
    found = search(library.index, library.shelf(SHARED), part)
    return read_spans(reader, by, part, found, choose(part, found))


def words(finding: Finding) -> str:
    assert finding.answer is not None
    return finding.answer.within(finding.candidate.version.article.text)


def test_the_likeliest_words_come_first(library: Library) -> None:
    for text in (RUMOUR, SOLD):
        library.add(SHARED, story(text))
    found = findings(library, Marker({"Marta Lindgren": 3.0, "Tom Aske": 1.0}))
    assert [words(each) for each in found[:2]] == ["Marta Lindgren", "Tom Aske"]
    assert [each.confidence for each in found] == sorted((each.confidence for each in found), reverse=True)


def test_words_stand_in_the_sentence_they_were_marked_in(library: Library) -> None:
    library.add(SHARED, story(f"It rained all day.\n\n{SOLD} {RUMOUR}"))
    found = findings(library, Marker({"Marta Lindgren": 3.0, "Tom Aske": 1.0}))
    assert all(each.answer is not None and each.answer in each.candidate.sentence for each in found)
    assert {"Marta Lindgren", "Tom Aske"} <= {words(each) for each in found}


def test_the_reader_sees_what_is_told_beside_the_question(library: Library) -> None:
    reader = Marker({"Marta Lindgren": 3.0})
    library.add(SHARED, story(SOLD))
    findings(library, reader, "The ferry was sold on Monday. Who sold it?")
    assert reader.questions == ["The ferry was sold on Monday. Who sold it?"]


def test_without_a_passage_nothing_is_read(library: Library) -> None:
    reader = Marker({})
    library.add(SHARED, story("The bakery opened."))
    assert findings(library, reader) == []
    assert reader.texts == []


def test_only_the_most_promising_passages_are_read() -> None:
    texts = [f"{SOLD} It was number {number}." for number in range(PASSAGES_READ + 3)]
    reader = Marker({})
    with library_holding(*((SHARED, story(text)) for text in texts)) as library:
        findings(library, reader)
    assert len(reader.texts) == PASSAGES_READ


def test_reading_stops_at_an_answer_that_is_certain() -> None:
    reader = Marker({"Marta Lindgren": 20.0})
    with library_holding((SHARED, story(SOLD)), (SHARED, story(TOLD))) as library:
        assert findings(library, reader)[0].confidence >= CERTAIN
    assert len(reader.texts) == 1


def test_words_that_two_articles_give_are_surer_than_those_of_one() -> None:
    reader = Marker({"Marta Lindgren": 1.0})
    with library_holding((SHARED, story(SOLD))) as library:
        alone = findings(library, reader)[0].confidence
    with library_holding((SHARED, story(SOLD)), (SHARED, story(TOLD))) as library:
        together = findings(library, reader)[0].confidence
    assert alone < together < 1


def test_words_that_are_said_twice_are_surer_and_never_certain() -> None:
    reader = Marker({"Marta Lindgren": 1.0})
    with library_holding((SHARED, story(SOLD))) as library:
        once = findings(library, reader)[0].confidence
    with library_holding((SHARED, story(f"{SOLD} {TOLD}"))) as library:
        twice = findings(library, reader)
    assert once < twice[0].confidence < 1
    assert [words(each) for each in twice[:2]] == ["Marta Lindgren"] * 2


def test_passages_that_say_different_things_make_each_other_less_sure() -> None:
    reader = Marker({"Marta Lindgren": 2.0, "Tom Aske": 1.0})
    with library_holding((SHARED, story(SOLD))) as library:
        alone = findings(library, reader)[0].confidence
    with library_holding((SHARED, story(SOLD)), (SHARED, story(RUMOUR))) as library:
        disputed = findings(library, reader)[0]
    assert words(disputed) == "Marta Lindgren"
    assert disputed.confidence < alone
