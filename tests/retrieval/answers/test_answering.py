import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.answers.answer import Answer, Evidence, Refusal, Why
from retrieval.answers.answering import answer
from retrieval.answers.evidence import EVIDENCE, NEAREST
from retrieval.article import SHARED, Article, Guild
from retrieval.asking.understanding import take_apart
from retrieval.finding.confidence import Calibration
from retrieval.finding.finders import ReaderFinder, RuleFinder
from retrieval.library import Library
from retrieval.quotation import Altered, Quotation, verify
from retrieval.shelf import Shelf
from tests.retrieval.marking import Marker
from tests.retrieval.strategies import guilds, newspaper_articles, questions
from tests.retrieval.world import ADA, BEN, library_holding, story

RULES = RuleFinder(0.5)
OUTLETS = (
    "Marta Lindgren sold the ferry on Monday. The crew wept.",
    "Nobody else bid. Marta Lindgren sold the ferry, on Monday.",
    "The crew slept late. Marta Lindgren sold the ferry on Monday.",
)


def quotations(given: Answer) -> Iterator[Evidence]:
    for part in given.parts:
        yield from part.evidence
        yield from part.nearest


def assert_verified(given: Answer, shelf: Shelf) -> None:
    for evidence in quotations(given):
        quotation = evidence.quotation
        verify(shelf, quotation)
        assert quotation.words == shelf.text(quotation.article_id, quotation.version)[slice(*as_pair(quotation))]
        assert evidence.answer is None or evidence.answer in quotation.span
        assert evidence.version.guild in {SHARED, shelf.guild}
        assert all(other.guild in {SHARED, shelf.guild} for other in evidence.also_in)


def as_pair(quotation: Quotation) -> tuple[int, int]:
    return quotation.span.start, quotation.span.end


def refusals(given: Answer) -> list[Refusal | None]:
    return [part.refusal for part in given.parts]


def test_each_part_of_a_compound_question_is_answered(stories: Library) -> None:
    given = answer(stories, SHARED, "Who rejected joint patrols, and why?", RULES)
    who, why = given.parts
    assert who.text in {"France", "Jean Castex", "The French prime minister, Jean Castex"}
    assert "compromise the nation's sovereignty" in (why.text or "")
    assert {part.evidence[0].version.article.key for part in given.parts} == {"joint-patrols"}


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("How old is Lewis Carne?", "39"),
        ("How many homes and shops would the Penhallow barrier have protected?", "260"),
        ("How much was Three Rivers Electric fined in 2023?", "$750,000"),
        ("When did Megan Howells halt production?", "12 July"),
        ("Who built the Wayfarer 2 lander?", "Marlin Aerospace"),
    ],
)
def test_the_sample_stories_answer_in_their_own_words(stories: Library, question: str, words: str) -> None:
    part = answer(stories, SHARED, question, RULES).parts[0]
    assert part.answered
    assert words in part.evidence[0].quotation.words
    assert words in (part.text or "")


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("Who rejected joint patrols in Zanzibar?", "Zanzibar"),
        ("What did Ermintrude Fotheringay say about the barrier?", "Fotheringay"),
        ("did the zorgons flood the moon base", "zorgons"),
    ],
)
def test_what_no_article_mentions_is_refused_by_name(stories: Library, question: str, word: str) -> None:
    (part,) = answer(stories, SHARED, question, RULES).parts
    assert not part.answered
    assert part.refusal is not None
    assert part.refusal.why is Why.UNKNOWN_WORDS
    assert word in part.refusal.words
    assert f"“{word}”" in str(part.refusal)


@pytest.mark.parametrize(
    "question",
    [
        "Who is Zorbanek, and why did he resign?",
        "Who is Zorbanek, and which one?",
        "The zorgons came to Foolandia. Where was that?",
    ],
)
def test_a_part_is_refused_by_the_name_that_another_part_or_what_is_told_has(stories: Library, question: str) -> None:
    for refusal in refusals(answer(stories, SHARED, question, RULES)):
        assert refusal is not None
        assert refusal.why is Why.UNKNOWN_WORDS
        assert any(word in str(refusal) for word in ("“Zorbanek”", "“zorgons”"))


def test_a_part_is_told_the_answer_of_the_one_before_it_beside_its_names() -> None:
    with library_holding(
        (SHARED, story("In Oslo, Marta Lindgren sold the ferry. She was tired of the sea."))
    ) as library:
        reader = Marker({"Marta Lindgren": 5.0})
        flat = Calibration(constant=0.0, margin=1.0, behind=0.0, support=0.0, agrees=0.0, missing=0.0)
        answer(library, SHARED, "Who in Oslo sold the ferry, and why did she sell it?", ReaderFinder(0.5, reader, flat))
    assert reader.questions[-1] == "Marta Lindgren in Oslo sold the ferry. Why did Marta Lindgren sell it?"


def test_a_part_that_is_not_answered_has_no_text_and_no_confidence(stories: Library) -> None:
    given = answer(stories, SHARED, "Who rejected joint patrols in Zanzibar?", RULES)
    (part,) = given.parts
    assert (part.text, part.confidence, part.evidence, given.answered, given.as_of) == (None, 0.0, (), False, None)
    assert 0 < len(part.nearest) <= NEAREST


@pytest.mark.parametrize("question", ["Who rejected joint patrols?", "", "Who, and why?"])
def test_an_empty_archive_says_so(library: Library, question: str) -> None:
    given = answer(library, ADA, question, RULES)
    assert {refusal and refusal.why for refusal in refusals(given)} == {Why.EMPTY_SHELF}
    assert not list(quotations(given))


def test_a_shelf_is_empty_whatever_other_guilds_have(library: Library) -> None:
    library.add(BEN, story("The harbour board met."))
    assert refusals(answer(library, ADA, "Who met?", RULES)) == [Refusal(Why.EMPTY_SHELF)]


@pytest.mark.parametrize("question", ["", " \n", "?", "who", "why?", "what about it and them?", "\x00\x07", "…"])
def test_a_question_that_asks_nothing_is_told_so(stories: Library, question: str) -> None:
    assert refusals(answer(stories, SHARED, question, RULES)) == [Refusal(Why.NOTHING_ASKED)]


def test_the_same_question_has_the_same_answer(stories: Library) -> None:
    for question in ("Who rejected joint patrols, and why?", "How old is Rooke?", "Why is the sky blue?"):
        assert answer(stories, SHARED, question, RULES) == answer(stories, SHARED, question, RULES)


def test_a_library_that_is_opened_again_gives_the_same_answer(stories: Library) -> None:
    held = [version.article for version in stories.shelf(SHARED).versions()]
    with library_holding(*((SHARED, article) for article in held)) as again:
        for question in ("Who rejected joint patrols, and why?", "When was the Penhallow barrier proposed?"):
            assert undated(answer(again, SHARED, question, RULES)) == undated(answer(stories, SHARED, question, RULES))


def undated(given: Answer) -> list[tuple[Quotation, object, float]]:
    return [(each.quotation, each.answer, part.confidence) for part in given.parts for each in part.evidence]


def test_a_guild_that_adds_nothing_has_the_shared_librarys_answer(stories: Library) -> None:
    question = "Who rejected joint patrols, and why?"
    assert answer(stories, ADA, question, RULES) == answer(stories, SHARED, question, RULES)


@pytest.mark.parametrize(
    "question",
    [
        "'; drop table articles; --",
        '" OR 1=1 --',
        "harbour* NEAR(barrier, 3) AND NOT title:rooke",
        '"harbour" OR "barrier"^2 -rooke',
        "<script>alert(1)</script> harbour",
        "**harbour** `barrier` ||rooke|| @everyone <@123>",
        "{harbour} %s %(barrier)s {0.__class__}",
        r"\d+ (harbour|barrier) [a-z]* (?P<x>",
        "har\u202ebour\u0000 barrier\ud800?",
        "e\u0301" * 400,
        "((((((((((" * 50,
        "who " * 1_000,
        "harbour, and why, " * 250,
    ],
)
def test_a_question_is_words_and_nothing_else(question: str) -> None:
    with library_holding((ADA, story("The harbour board dropped the barrier.", "Rooke"))) as library:
        before = list(library.shelf(ADA).versions())
        assert_verified(answer(library, ADA, question, RULES), library.shelf(ADA))
        assert list(library.shelf(ADA).versions()) == before


@given(st.lists(st.tuples(guilds(), newspaper_articles()), max_size=6), guilds(), questions(), st.floats(0, 1))
def test_any_question_over_any_archive_has_verified_quotations_of_its_shelf_alone(
    owned: list[tuple[Guild, Article]], guild: Guild, question: str, threshold: float
) -> None:
    with library_holding(*owned) as library:
        given = answer(library, guild, question, RuleFinder(threshold))
        assert_verified(given, library.shelf(guild))
        assert len(given.parts) == len(take_apart(question).clauses)
        for part in given.parts:
            assert part.answered is (part.refusal is None)
            assert part.answered or str(part.refusal).endswith(".")
            assert 0 <= part.confidence <= 1
            assert len(part.evidence) <= EVIDENCE
            assert len(part.nearest) <= NEAREST


@given(
    st.lists(st.tuples(st.sampled_from([SHARED, ADA]), newspaper_articles()), max_size=4),
    st.lists(newspaper_articles(), min_size=1, max_size=4),
    questions(),
)
def test_another_guilds_articles_change_no_answer(
    owned: list[tuple[Guild, Article]], bens: Sequence[Article], question: str
) -> None:
    with library_holding(*owned) as library:
        before = [answer(library, guild, question, RULES) for guild in (SHARED, ADA)]
        added = [library.add(BEN, article) for article in bens]
        assert [answer(library, guild, question, RULES) for guild in (SHARED, ADA)] == before
        for article_id in {each.article_id for each in added if each.duplicate_of is None}:
            library.remove(BEN, article_id)
        assert [answer(library, guild, question, RULES) for guild in (SHARED, ADA)] == before


def test_a_correction_is_what_is_quoted(library: Library) -> None:
    library.add(ADA, story("The harbour board voted seven to four.", key="k"))
    library.add(ADA, story("The harbour board voted eight to three.", key="k"))
    (evidence,) = answer(library, ADA, "How did the harbour board vote?", RULES).parts[0].evidence
    assert evidence.quotation.words == "The harbour board voted eight to three."
    assert evidence.quotation.version == 2


def test_a_removed_article_answers_nothing(library: Library) -> None:
    library.add(ADA, story("The harbour board voted seven to four."))
    library.add(ADA, story("The school choir sang."))
    library.remove(ADA, 1)
    given = answer(library, ADA, "How did the harbour board vote?", RULES)
    assert not given.answered
    assert {evidence.version.article_id for evidence in quotations(given)} <= {2}


def test_articles_that_carry_the_very_words_are_named_beside_the_first(library: Library) -> None:
    for beginning in ("It rained.", "Snow fell.", "The sun shone."):
        library.add(ADA, story(f"{beginning}\n\nMarta Lindgren sold the ferry to Tom Aske on Monday."))
    (evidence,) = answer(library, ADA, "Who sold the ferry to Tom Aske?", RULES).parts[0].evidence
    assert {version.article_id for version in (evidence.version, *evidence.also_in)} == {1, 2, 3}


def test_other_outlets_that_say_the_same_are_evidence_too() -> None:
    with library_holding(*((SHARED, story(text)) for text in OUTLETS)) as library:
        (part,) = answer(library, SHARED, "Who sold the ferry on Monday?", RULES).parts
        assert {evidence.answer_words for evidence in part.evidence} == {"Marta Lindgren"}
        assert len({evidence.version.article_id for evidence in part.evidence}) == len(part.evidence) > 1


def test_an_answer_is_as_new_as_its_newest_evidence() -> None:
    days = ("2024-03-06", "2024-05-01T09:30:00+00:00", None)
    dated = [replace(story(text), published=day) for text, day in zip(OUTLETS, days, strict=True)]
    with library_holding(*((SHARED, article) for article in dated)) as library:
        given = answer(library, SHARED, "Who sold the ferry on Monday?", RULES)
        held = {evidence.version.article_id for evidence in given.parts[0].evidence}
        assert 2 in held
        assert given.as_of == "2024-05-01"


def test_an_answer_from_an_undated_article_has_no_day(library: Library) -> None:
    library.add(ADA, story("Marta Lindgren sold the ferry."))
    given = answer(library, ADA, "Who sold the ferry?", RULES)
    assert given.answered
    assert given.as_of is None


def test_a_stricter_threshold_never_answers_more(stories: Library) -> None:
    for question in ("Who rejected patrols off Calais?", "Why did Rooke visit the mill?", "Where do cranes breed?"):
        answered = [answer(stories, SHARED, question, RuleFinder(step / 10)).answered for step in range(11)]
        assert answered == sorted(answered, reverse=True)


def test_an_altered_quotation_is_refused_and_logged(
    stories: Library, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def altered(_: Shelf, quotation: Quotation) -> None:
        raise Altered(quotation)

    monkeypatch.setattr("retrieval.answers.evidence.verify", altered)
    with caplog.at_level(logging.ERROR):
        given = answer(stories, SHARED, "Who rejected joint patrols?", RULES)
    assert not list(quotations(given))
    assert refusals(given) == [Refusal(Why.NO_ANSWER)]
    assert "quotation refused" in caplog.text


@pytest.mark.parametrize(
    ("refusal", "sentence"),
    [
        (Refusal(Why.EMPTY_SHELF), "The archive holds no articles yet."),
        (Refusal(Why.UNKNOWN_WORDS, ("Rooke",)), "No article in the archive mentions “Rooke”."),
        (Refusal(Why.UNKNOWN_WORDS, ("a", "b", "c")), "No article in the archive mentions “a”, “b” or “c”."),
        (Refusal(Why.NO_ANSWER, ("Rooke",)), "The nearest article does not mention “Rooke”."),
        (Refusal(Why.NO_ANSWER), "The nearest article does not answer it."),
    ],
)
def test_a_refusal_is_one_sentence(refusal: Refusal, sentence: str) -> None:
    assert str(refusal) == sentence


# Time, and what was asked before


@pytest.fixture
def resignations(library: Library) -> Library:
    library.add(
        SHARED, Article("Mayor quits", "Ada Quill, the mayor, resigned over the ferry.", published="2024-02-28")
    )
    library.add(SHARED, Article("Mayor quits", "Ben Orde, the mayor, resigned over his pay.", published="2021-05-04"))
    return library


@pytest.mark.parametrize(
    ("question", "who"),
    [
        ("Which mayor resigned last week?", "Ada Quill"),
        ("Which mayor resigned in 2021?", "Ben Orde"),
        ("Which mayor resigned in May 2021?", "Ben Orde"),
    ],
)
def test_articles_of_the_time_that_is_asked_about_answer(resignations: Library, question: str, who: str) -> None:
    (part,) = answer(resignations, SHARED, question, RULES, date(2024, 3, 6)).parts
    assert who in part.evidence[0].quotation.words


def test_what_nobody_reported_then_is_refused_with_the_time(resignations: Library) -> None:
    given = answer(resignations, SHARED, "Which mayor resigned yesterday?", RULES, date(2024, 3, 20))
    assert refusals(given) == [Refusal(Why.NOT_THEN, ("yesterday",))]
    assert "“yesterday”" in str(refusals(given)[0])
    assert not list(quotations(given))


def test_a_follow_up_is_answered_from_the_article_that_answered_before(library: Library) -> None:
    library.add(SHARED, story("The mayor, Ada Quill, resigned. She did so because of the ferry."))
    library.add(SHARED, story("Ada Quill resigned from the chess club because the club had lost."))
    first = answer(library, SHARED, "Which mayor resigned?", RULES).parts[0]
    (part,) = answer(library, SHARED, "and why?", RULES, earlier=[first.turn]).parts
    assert part.part.text == "Why did Ada Quill resign?"
    assert [each.version.article_id for each in part.evidence] == [first.evidence[0].version.article_id]


def test_the_article_that_answered_before_is_told_nothing_of_it_but_others_are(library: Library) -> None:
    library.add(SHARED, story("The mayor, Ada Quill, sold a ferry."))
    library.add(SHARED, story("The ferry was worth little."))
    first = answer(library, SHARED, "Which mayor sold a ferry?", RULES).parts[0]
    marker = Marker({})
    answer(library, SHARED, "how much was it?", ReaderFinder(0.9, marker, Calibration()), earlier=[first.turn])
    assert marker.questions[0] == "How much was it?"
    assert set(marker.questions[1:]) == {"Ada Quill sold a ferry. How much was it?"}


def test_a_follow_up_that_its_article_does_not_answer_is_answered_from_another(library: Library) -> None:
    library.add(SHARED, story("The mayor, Ada Quill, resigned."))
    library.add(SHARED, story("Ada Quill, 61, plays chess."))
    first = answer(library, SHARED, "Which mayor resigned?", RULES).parts[0]
    (part,) = answer(library, SHARED, "how old is she?", RULES, earlier=[first.turn]).parts
    assert part.text == "61"


def test_where_several_are_asked_for_all_are_given(library: Library) -> None:
    library.add(SHARED, story("Ministers from Belgium, Germany and Peru met in Calais. The minister of Chile did too."))
    flat = Calibration(constant=0.0, margin=1.0, behind=0.0, support=0.0, agrees=0.0, missing=0.0)
    finder = ReaderFinder(0.2, Marker({"Germany": 5.0, "Chile": 5.0}), flat)
    several = answer(library, SHARED, "Which countries sent ministers to Calais?", finder).parts[0].evidence
    assert sorted(str(each.answer_words) for each in several) == ["Belgium, Germany and Peru", "Chile"]
    (one,) = answer(library, SHARED, "Which country sent a minister to Calais?", finder).parts[0].evidence
    assert one.answer_words in {"Germany", "Chile"}


@pytest.mark.parametrize(
    ("question", "words", "person"),
    [
        ("Who sold the ferry?", "Marta Lindgren", "Marta Lindgren"),
        ("Who is Marta Lindgren?", "a skipper", "Marta Lindgren"),
        ("What did Lindgren sell?", "the ferry", "Marta Lindgren"),
        ("Who sold the ferry?", "a skipper", "a skipper"),
        ("What was sold?", "the ferry", "Marta Lindgren"),
        ("What did Marta Lindgren's Boats sell?", "the ferry", "Marta Lindgren"),
    ],
)
def test_a_pronoun_after_an_answer_stands_for_the_person_in_it(
    library: Library, question: str, words: str, person: str
) -> None:
    library.add(SHARED, story("Marta Lindgren, a skipper, sold the ferry on Monday."))
    flat = Calibration(constant=0.0, margin=1.0, behind=0.0, support=0.0, agrees=0.0, missing=0.0)
    (part,) = answer(library, SHARED, question, ReaderFinder(0.2, Marker({words: 5.0}), flat)).parts
    assert part.turn.people[0] == person
