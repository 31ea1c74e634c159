"""Bytes to text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.ingest.decoding import clean, decode
from retrieval.ingest.reading import Unreadable

ENGLISH = "“It was chaos,” he said – the minister’s £54m plan for the café had failed."
RUSSIAN = (
    "Президент отклонил предложение о совместном патрулировании. По его словам, это было бы нарушением суверенитета, "
    "сообщили в четверг вечером. Премьер-министр направил письмо, в котором объяснил свою позицию."
)
JAPANESE = "首相は木曜日、英国との共同パトロールの提案を拒否した。主権の侵害になると述べた。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_english_is_read_from_any_encoding(encoding: str) -> None:
    assert decode(ENGLISH.encode(encoding)).text == ENGLISH


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(RUSSIAN, "cp1251"), (RUSSIAN, "koi8_r"), (JAPANESE, "shift_jis"), ("Größe, schön, naïve", "latin-1")],
)
def test_older_encodings_are_recognised(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize(
    ("text", "encoding", "declared"),
    [
        (RUSSIAN, "cp1251", ["windows-1251"]),
        ("Сказал он.", "koi8_r", ["KOI8-R"]),
        ("首相は拒否した。", "euc_jp", ["x-euc-jp"]),
        ("Сказал он.", "cp1251", ["iso-8859-1", "windows-1251"]),
        (ENGLISH, "utf-8", ["windows-1251"]),
        (ENGLISH, "cp1252", ["utf-8", "latin1"]),
        (ENGLISH, "cp1252", ["punycode", "hex", "no such thing", ""]),
    ],
)
def test_what_is_said_of_the_encoding_helps_where_it_may_be_true(text: str, encoding: str, declared: list[str]) -> None:
    assert decode(text.encode(encoding), declared=declared).text == text


def test_utf_8_with_a_broken_byte_stays_utf_8() -> None:
    assert decode(ENGLISH.encode() + b"\xe2").text == ENGLISH + "\ufffd"


@pytest.mark.parametrize(
    "source",
    [b"%PDF-1.7 ...", b"PK\x03\x04rest", b"\x89PNG\r\n", b"\xff\xd8\xff\xe0", b"{\\rtf1 text}", bytes(range(256)) * 4],
)
def test_what_is_no_text_is_refused_by_name(source: bytes) -> None:
    with pytest.raises(Unreadable, match=r"not a text file.*paste the article's text"):
        decode(source)


def test_a_text_beyond_the_limit_is_refused_with_the_limit_named() -> None:
    with pytest.raises(Unreadable, match="longer than 5 MB"):
        decode(b"a" * 5_000_001)


def test_a_text_at_the_limit_is_read() -> None:
    assert decode(b"abc", limit=3).text == "abc"


@pytest.mark.parametrize("end", ["\r\n", "\r", "\v", "\f", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"])
def test_every_line_end_becomes_a_line_feed(end: str) -> None:
    assert clean(f"one{end}two").text == "one\ntwo"


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x1b", "\x7f", "\x9f", "\ud800", "\u202e", "\u2066"])
def test_what_cannot_be_shown_is_replaced_and_counted(sign: str) -> None:
    cleaned = clean(f"a{sign}b")
    assert cleaned.text == "a\ufffdb"
    assert cleaned.warnings == ("1 character that cannot be shown was replaced by \ufffd.",)


def test_marks_of_ordinary_writing_stay() -> None:
    text = "tab\there, \u200fright\u200e, \u200djoined, no\u00a0break"
    assert clean(text).text == text


def test_byte_order_marks_inside_are_removed() -> None:
    assert clean("a\ufeffb").text == "ab"


@given(st.text(st.characters(codec=None)))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = clean(text)
    assert clean(once.text).text == once.text
    assert clean(once.text).warnings == ()


@given(st.binary(max_size=400))
def test_any_bytes_are_decoded_or_refused(source: bytes) -> None:
    try:
        text = decode(source).text
    except Unreadable:
        return
    text.encode()
