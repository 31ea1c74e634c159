"""What the reader is trained on: where answers stand in a passage, and where there are none."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from retrieval.article import Span
from retrieval.text.sentences import sentences
from retrieval.training.asked import Asked
from retrieval.training.examples import Example, Maker
from retrieval.training.twins import Twins

SETTINGS: dict[str, Any] = {
    "twins": 0.25,
    "rivals": 0.5,
    "shortest": 10,
    "usual": 40,
    "longest": 90,
    "long_share": 0.2,
    "titled": 0.5,
    "unmarked": 0.5,
}
SOLD = """It rained all day. In 2011 Marta Lindgren sold the ferry to Nordwater for £2m. The crew wept. \
The owners, a company from Oslo, want to run it every hour. Nobody had asked the passengers."""
BUILT = """The ferry was built in 1998 at the yard of Edwin Marsh. It carries 90,000 people a year. \
Its first captain, Elin Aske, retired when the last lighthouse keeper left."""
BOUGHT = """The mine opened in 1950. Hester Quill bought the mine in January, before the price rose. \
The mine employed 300 people until it closed. The owner wants to open it in May."""
FOUND = "People in Brackwater remember Gavin Poole, who found copper there. He sold the land for 12 shillings."
ASKED = (
    ("Ferry", SOLD, "Who sold the ferry to Nordwater in 2011?", "Marta Lindgren"),
    ("Ferry", SOLD, "For how much did Marta Lindgren sell the ferry?", "£2m"),
    ("Ferry", BUILT, "Who was the first captain?", "Elin Aske"),
    ("Mine", BOUGHT, "Who bought the mine before January?", "Hester Quill"),
    ("Mine", FOUND, "Who, in Brackwater, found copper?", "Gavin Poole"),
)


def asked() -> list[Asked]:
    found = []
    for title, context, question, words in ASKED:
        start = context.index(words)
        found.append(Asked(question, title, context, (Span(start, start + len(words)),), title))
    return found


def chance(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311  # examples, not a secret


def maker(questions: Sequence[Asked], seed: int, **changed: float) -> Maker:
    dice = chance(seed)
    return Maker(questions, {**SETTINGS, **changed}, Twins(dice), dice)


def examples(seed: int, **changed: float) -> Iterator[tuple[Asked, Example]]:
    """Many examples of each question."""
    questions = asked()
    makes = maker(questions, seed, **changed)
    for _ in range(40):
        for each in questions:
            for made in makes.examples(each):
                yield each, made


def answering(seed: int) -> Iterator[tuple[Asked, Example]]:
    return examples(seed, twins=0.0, rivals=0.0)


def words(question: Asked) -> str:
    return question.answers[0].within(question.context)


def test_a_passage_holds_the_answer_at_the_place_it_has_there() -> None:
    for question, example in answering(1):
        assert example.answer is not None
        assert example.answer.within(example.passage) == words(question)


def test_a_passage_is_a_run_of_whole_sentences_of_its_context() -> None:
    for question, example in answering(2):
        assert example.passage in question.context
        start = question.context.index(example.passage)
        spans = sentences(question.context)
        assert start in {span.start for span in spans}
        assert start + len(example.passage) in {span.end for span in spans}


def test_passages_of_the_same_question_differ() -> None:
    assert len({example.passage for _, example in answering(3)}) > 2 * len(ASKED)


def test_a_rival_is_read_with_the_same_question_and_does_not_hold_the_answer() -> None:
    pairs = 0
    for question in asked() * 20:
        made = maker(asked(), 4, twins=0.0, rivals=1.0).examples(question)
        assert made[0].answer is not None
        for rival in made[1:]:
            assert (rival.question, rival.title, rival.answer) == (made[0].question, made[0].title, None)
            assert words(question).casefold() not in rival.passage.casefold()
            pairs += 1
    assert pairs


def test_a_rival_from_another_story_has_that_storys_title() -> None:
    ferry, mine = (replace(each, group="stories") for each in (asked()[0], asked()[3]))
    made = [maker([ferry, mine], seed, twins=0.0, rivals=1.0, titled=1.0).examples(ferry) for seed in range(20)]
    rivals = [rival for _, rival in (each for each in made if len(each) == 2)]
    assert {rival.title for rival in rivals} == {"Ferry", "Mine"}
    for rival in rivals:
        assert (rival.passage in BOUGHT) is (rival.title == "Mine")


def test_a_twin_asks_something_else_about_a_passage_that_holds_the_answer() -> None:
    alone = [(question, example) for question, example in examples(5, twins=1.0, rivals=0.0) if example.answer is None]
    assert alone
    for question, example in alone:
        assert words(question) in example.passage
        assert example.question.rstrip("? ") != question.question.rstrip("? ")


def test_both_sorts_of_examples_are_made() -> None:
    answerable = [example.answer is not None for _, example in examples(6)]
    assert 0.3 < sum(answerable) / len(answerable) < 0.7


def test_titles_and_question_marks_are_sometimes_left_out() -> None:
    made = [example for _, example in examples(7)]
    assert {bool(example.title) for example in made} == {True, False}
    assert {example.question.endswith("?") for example in made} == {True, False}


def test_the_same_seed_makes_the_same_examples() -> None:
    assert list(examples(8)) == list(examples(8))
    assert list(examples(8)) != list(examples(9))


def test_a_question_that_its_context_does_not_answer_is_kept_with_it() -> None:
    question = Asked("Who sold the mine?", "Ferry", SOLD, (), "Ferry")
    makes = maker([question], 1)
    for _ in range(20):
        (made,) = makes.examples(question)
        assert made.answer is None
        assert made.passage in question.context


def test_a_context_without_a_sentence_is_a_passage_as_it_is() -> None:
    question = Asked("Who?", "", " \n ", (), "")
    (made,) = maker([question], 1).examples(question)
    assert made.passage == " \n "
