from retrieval.answers.answer import Answer, Why
from retrieval.answers.answering import answer
from retrieval.article import SHARED
from retrieval.asking.understanding import understand
from retrieval.finding.confidence import Calibration
from retrieval.finding.finders import ReaderFinder, RuleFinder
from retrieval.finding.finding import Finder, Finding
from retrieval.finding.reader import Reader
from retrieval.finding.sentence_choice import choose
from retrieval.library import Library
from retrieval.search.search import search
from tests.retrieval.marking import Marker
from tests.retrieval.world import story

QUESTION = "Who sold the ferry?"
SOLD = "It rained. Marta Lindgren sold the ferry on Monday. The crew of the ferry wept."
FLAT = Calibration(constant=0.0, margin=1.0, behind=0.0, support=0.0, agrees=0.0, missing=0.0)


def findings(library: Library, finder: Finder, question: str) -> list[Finding]:
    part = understand(question).parts[0]
    return finder.find(part, search(library.index, library.shelf(SHARED), part))


def reading(**margins: float) -> ReaderFinder:
    return ReaderFinder(0.5, Marker({words.replace("_", " "): margin for words, margin in margins.items()}), FLAT)


def asked(library: Library, finder: Finder) -> Answer:
    return answer(library, SHARED, QUESTION, finder)


# By rules


def test_rules_give_the_sentences_in_the_order_of_their_scores(library: Library) -> None:
    library.add(SHARED, story(SOLD))
    part = understand(QUESTION).parts[0]
    chosen = choose(part, search(library.index, library.shelf(SHARED), part))
    assert [each.candidate for each in findings(library, RuleFinder(0.5), QUESTION)] == chosen


def test_rules_are_as_sure_as_the_surroundings_carry_the_question(library: Library) -> None:
    library.add(SHARED, story(SOLD))
    for finding in findings(library, RuleFinder(0.5), QUESTION):
        assert finding.confidence == finding.candidate.support


def test_rules_prefer_a_sentence_with_the_sort_of_words_that_is_asked_for(library: Library) -> None:
    library.add(SHARED, story("The harbour board sold the old ferry. The ferry is 40 years old."))
    best = findings(library, RuleFinder(0.5), "How old is the ferry?")[0]
    assert best.candidate.sentence.within(best.candidate.version.article.text) == "The ferry is 40 years old."


def test_rules_are_not_sure_of_a_sentence_without_the_age_that_is_asked_for(library: Library) -> None:
    library.add(SHARED, story("The harbour board sold the old ferry. The crew of the ferry wept."))
    assert {each.confidence for each in findings(library, RuleFinder(0.5), "How old is the ferry?")} == {0.0}


# With a reader


def test_the_words_that_the_reader_marks_are_the_answer(library: Library) -> None:
    library.add(SHARED, story(SOLD))
    (part,) = asked(library, reading(Marta_Lindgren=3.0)).parts
    assert part.text == "Marta Lindgren"
    assert part.evidence[0].quotation.words == "Marta Lindgren sold the ferry on Monday."


def test_words_below_the_threshold_are_no_answer(library: Library) -> None:
    library.add(SHARED, story(SOLD))
    (part,) = asked(library, reading(Marta_Lindgren=-1.0)).parts
    assert part.refusal is not None
    assert part.refusal.why is Why.NO_ANSWER
    assert part.nearest[0].quotation.words == "Marta Lindgren sold the ferry on Monday."


def test_of_the_nearest_sentences_each_is_shown_once(stories: Library, reader: Reader) -> None:
    finder = ReaderFinder(1.0, reader, Calibration())
    for question in ("What did Castex say about the fish?", "Who rejected joint patrols?"):
        (part,) = answer(stories, SHARED, question, finder).parts
        quotations = [evidence.quotation for evidence in part.nearest]
        assert len(set(quotations)) == len(quotations) > 1


def test_a_shelf_without_a_matching_passage_has_no_finding(library: Library) -> None:
    library.add(SHARED, story("The bakery opened."))
    for finder in (RuleFinder(0.5), reading()):
        assert findings(library, finder, QUESTION) == []


def test_the_shipped_reader_marks_words_of_the_sentences_that_were_found(stories: Library, reader: Reader) -> None:
    found = findings(stories, ReaderFinder(0.5, reader, Calibration()), "Who is the chair of the harbour board?")
    assert found
    assert all(each.answer is not None and each.answer in each.candidate.sentence for each in found)
    assert all(0 < each.confidence <= 1 for each in found)


def test_the_shipped_reader_finds_the_same_each_time(stories: Library, reader: Reader) -> None:
    finder = ReaderFinder(0.5, reader, Calibration())
    first = findings(stories, finder, "Why was the barrier rejected?")
    findings(stories, finder, "Who rejected joint patrols?")
    assert findings(stories, finder, "Why was the barrier rejected?") == first
