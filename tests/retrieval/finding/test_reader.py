"""The shipped reader, whatever it marks: where the words stand, and what a text may be."""

import re
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.article import Span
from retrieval.finding.reader import LONGEST_ANSWER, BrokenModel, Marked, Reader
from retrieval.shipped import shipped
from retrieval.text.sentences import sentences
from retrieval.text.wordpiece import WordPiece
from tests.retrieval.strategies import reports, texts

QUESTION = "Who sold the ferry?"
FERRY = "Marta Lindgren sold the ferry on Monday. The crew wept. “It was £4.2m,” she said."
LONG = " ".join(f"On day {day} Marta Lindgren sold ferry number {day} to the harbour board." for day in range(1, 80))
ENDLESS = "Marta Lindgren, who sold the ferry, " * 120
SEEN = ("model.onnx", "vocab.txt")


def marked(reader: Reader, text: str, question: str = QUESTION, title: str = "Ferry sold") -> list[Marked]:
    return reader.read(question, title, text, sentences(text))


def assert_inside(found: list[Marked], text: str) -> None:
    spans = sentences(text)
    for each in found:
        assert each.sentence in spans
        assert each.answer in each.sentence
        assert each.answer.within(text).strip() == each.answer.within(text)


@settings(max_examples=15)
@given(st.one_of(reports(), texts(), st.text(max_size=80)), st.text(max_size=40) | st.just(QUESTION))
def test_marked_words_lie_inside_their_sentences(reader: Reader, text: str, question: str) -> None:
    assert_inside(marked(reader, text, question), text)


def test_every_sentence_with_a_word_is_marked_once(reader: Reader) -> None:
    assert [each.sentence for each in marked(reader, FERRY)] == sentences(FERRY)


def test_a_passage_scores_the_same_alone_and_after_others(reader: Reader) -> None:
    alone = marked(Reader(shipped("reader"), 1), FERRY)
    for text in (LONG, "A short one.", FERRY):
        marked(reader, text)
    assert marked(reader, FERRY) == alone


def test_a_text_longer_than_the_window_is_read_to_its_end(reader: Reader) -> None:
    found = marked(reader, LONG)
    assert [each.sentence for each in found] == sentences(LONG)
    assert_inside(found, LONG)


def test_of_a_sentence_longer_than_the_window_the_beginning_is_read(reader: Reader) -> None:
    (found,) = reader.read(QUESTION, "", ENDLESS, [Span(0, len(ENDLESS))])
    assert 0 <= found.answer.start < found.answer.end < len(ENDLESS)


def test_an_answer_is_no_longer_than_an_answer_may_be(reader: Reader) -> None:
    wordpiece = WordPiece((shipped("reader") / "vocab.txt").read_text("utf-8").splitlines())
    (of_one,) = reader.read(QUESTION, "", ENDLESS, [Span(0, len(ENDLESS))])
    answers = [each.answer.within(LONG) for each in marked(reader, LONG)] + [of_one.answer.within(ENDLESS)]
    assert all(len(wordpiece.pieces(answer)) <= LONGEST_ANSWER for answer in answers)


@pytest.mark.parametrize("text", ["", FERRY, "\n \n"])
def test_where_there_is_no_sentence_nothing_is_marked(reader: Reader, text: str) -> None:
    assert reader.read(QUESTION, "Ferry sold", text, []) == []


def test_a_sentence_without_a_word_is_left_out(reader: Reader) -> None:
    text = "   \u00a0  "
    assert reader.read(QUESTION, "", text, [Span(0, len(text))]) == []


@pytest.mark.parametrize(
    ("question", "title", "text"),
    [
        ("", "", FERRY),
        ("?", "!", FERRY),
        ("🙂", "👩🏽‍🚒", "🙂👩🏽‍🚒 🙂. The ferry 🙂 sold."),
        ("Wer verkaufte die Fähre?", "Fähre verkauft", "Märta Öberg verkaufte am Montag die Fähre für 4 Mio. €."),
        ("谁卖了渡轮？", "渡轮", "玛尔塔星期一卖了渡轮。船员哭了。"),
        ("من باع العبّارة؟", "العبّارة", "باعت مارتا العبّارة يوم الاثنين."),
        (QUESTION * 100, "Ferry sold " * 100, FERRY),
        (QUESTION, "Ferry sold", "a" * 4_000),
        (QUESTION, "Ferry sold", "ferry " * 666),
        ("[SEP] [CLS] [UNK] \0", "[SEP]", "[CLS] The ferry [SEP] sold \0 on Monday."),
    ],
    ids=["no question", "marks", "emoji", "German", "Chinese", "Arabic", "long question", "word", "words", "specials"],
)
def test_whatever_is_asked_of_whatever_text_the_marked_words_stand_in_it(
    reader: Reader, question: str, title: str, text: str
) -> None:
    found = marked(reader, text, question, title)
    assert found
    assert_inside(found, text)


def test_offered_words_are_scored_beside_the_best_ones(reader: Reader) -> None:
    offered = [Span(*match.span()) for match in re.finditer("Marta Lindgren|crew", FERRY)]
    alone = marked(reader, FERRY)
    beside = reader.read(QUESTION, "Ferry sold", FERRY, sentences(FERRY), offered)
    assert [each for each in beside if each in alone] == alone
    assert set(offered) <= {each.answer for each in beside}
    for each in beside:
        best = next(one.margin for one in alone if one.sentence == each.sentence)
        assert each.margin <= best + 1e-4


def test_offered_words_that_are_no_whole_pieces_are_left_out(reader: Reader) -> None:
    alone = marked(reader, FERRY)
    assert reader.read(QUESTION, "Ferry sold", FERRY, sentences(FERRY), [Span(1, 8)]) == alone


# Models that cannot be loaded


@pytest.fixture
def model(tmp_path: Path) -> Path:
    for name in SEEN:
        shutil.copy(shipped("reader") / name, tmp_path / name)
    return tmp_path


def assert_one_sentence(error: pytest.ExceptionInfo[BrokenModel], folder: Path) -> None:
    message = str(error.value)
    assert message.startswith(f"The reader in {folder} ")
    assert message.endswith(".")
    assert "\n" not in message


def test_a_folder_that_is_missing_is_a_broken_model(tmp_path: Path) -> None:
    folder = tmp_path / "missing"
    with pytest.raises(BrokenModel) as error:
        Reader(folder, 1)
    assert_one_sentence(error, folder)


@pytest.mark.parametrize("name", SEEN)
def test_a_model_without_one_of_its_files_is_broken(model: Path, name: str) -> None:
    (model / name).unlink()
    with pytest.raises(BrokenModel) as error:
        Reader(model, 1)
    assert_one_sentence(error, model)


@pytest.mark.parametrize("content", [b"", b"no model", b"\0" * 1_000])
def test_a_damaged_model_file_is_a_broken_model(model: Path, content: bytes) -> None:
    (model / "model.onnx").write_bytes(content)
    with pytest.raises(BrokenModel) as error:
        Reader(model, 1)
    assert_one_sentence(error, model)


def test_half_a_model_file_is_a_broken_model(model: Path) -> None:
    whole = (model / "model.onnx").read_bytes()
    (model / "model.onnx").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(BrokenModel) as error:
        Reader(model, 1)
    assert_one_sentence(error, model)


@pytest.mark.parametrize("content", [b"", b"harbour\nferry\n", b"\xff\xfe\x00"])
def test_a_damaged_vocabulary_is_a_broken_model(model: Path, content: bytes) -> None:
    (model / "vocab.txt").write_bytes(content)
    with pytest.raises(BrokenModel) as error:
        Reader(model, 1)
    assert_one_sentence(error, model)
