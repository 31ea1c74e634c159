"""Opening a PDF: what is told of it, and what ends in one sentence however it was made."""

import time
import zlib
from dataclasses import replace

import pytest

from retrieval.ingest.pdf.document import Limits, open_document
from retrieval.ingest.reading import Unreadable
from tests.retrieval.ingest.pdf.printing import Text, assembled, column, locked, pdf, stream, with_contents

STORY = column(
    [
        "The council of Velm will close the old bridge for three years, its mayor said on Friday.",
        "Nobody had asked the people who live beside it, said Anna Reed, who does.",
    ]
)
LIMITS = Limits()


def refusal(source: bytes, limits: Limits = LIMITS) -> str:
    with pytest.raises(Unreadable) as refused:
        open_document(source, limits)
    return str(refused.value)


def of_one_page(content: bytes, *others: bytes) -> bytes:
    """A PDF whose only page is drawn by an object that is given as it is."""
    return assembled(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << >> /XObject << /X 5 0 R >> >> >>",
            content,
            *others,
        ]
    )


# What is told


def test_texts_are_told_with_their_places_and_sizes() -> None:
    source = pdf([Text("Velm closes its bridge", 72, 700, 20), Text("for years", 90, 650)])
    (page,) = open_document(source, LIMITS).pages
    assert [(piece.text.strip(), piece.x, piece.y, piece.size) for piece in page] == [
        ("Velm closes its bridge", 72, 700, 20),
        ("for years", 90, 650, 11),
    ]


def test_a_page_that_is_shown_turned_is_read_as_it_is_shown() -> None:
    sideways = b"BT /F1 11 Tf 0 1 -1 0 200 100 Tm (upper) Tj ET BT /F1 11 Tf 0 1 -1 0 220 100 Tm (lower) Tj ET"
    (page,) = open_document(with_contents(sideways, entries=b"/Rotate 90"), LIMITS).pages
    assert [(piece.text.strip(), piece.x, piece.y) for piece in page] == [("upper", 100, -200), ("lower", 100, -220)]


def test_text_that_stands_on_end_is_not_read() -> None:
    stamp = b"BT /F1 11 Tf 0 1 -1 0 20 100 Tm (Copy of Anna Reed) Tj ET BT /F1 11 Tf 72 700 Td (Velm) Tj ET"
    (page,) = open_document(with_contents(stamp), LIMITS).pages
    assert [piece.text for piece in page] == ["Velm"]


@pytest.mark.parametrize("setting", [b"/F1 99999999 Tf", b"/F1 0 Tf", b"/F1 9 Tf 1 0 0 1 99999999 5 Tm"])
def test_text_that_no_paper_could_show_is_not_read(setting: bytes) -> None:
    assert open_document(with_contents(b"BT %s (Velm) Tj ET" % setting), LIMITS).pages == ((),)


def test_the_files_own_information_is_told() -> None:
    source = pdf(STORY, Title="Velm closes", Author="Ann Lee", Producer="Press 2", CreationDate="D:20240504101200Z")
    told = open_document(source, LIMITS)
    assert (told.title, told.author, told.made) == ("Velm closes", "Ann Lee", "2024-05-04")
    assert "Press 2" in (told.maker or "")


def test_a_page_that_is_damaged_is_numbered_and_the_others_are_read() -> None:
    broken = pdf(STORY, STORY).replace(b"/Contents 7 0 R", b"/Contents 7 0 R /Rotate (x)")
    told = open_document(broken, LIMITS)
    assert told.unread == (2,)
    assert told.pages[0]
    assert not told.pages[1]


def test_a_file_that_opens_without_a_password_is_read_though_it_is_encrypted() -> None:
    assert open_document(locked(pdf(STORY), ""), LIMITS) == open_document(pdf(STORY), LIMITS)


# What is refused


def test_a_file_with_a_password_is_refused() -> None:
    assert refusal(locked(pdf(STORY), "velm")) == (
        "The PDF is locked with a password; save a copy without one, or paste the article's text."
    )


@pytest.mark.parametrize(("source", "sentence"), [(b"", "The file is empty"), (b"Velm closes", "This is not a PDF")])
def test_what_is_no_pdf_is_refused(source: bytes, sentence: str) -> None:
    assert refusal(source).startswith(sentence)


@pytest.mark.parametrize(
    "source",
    [
        pdf(STORY)[:700],
        b"%PDF-1.7\n" + zlib.compress(b"".join(number.to_bytes(4) for number in range(100_000))),
        b"%PDF-1.7\n" + b"<<" * 500_000,
        assembled([b"<< /Type /Catalog /Pages 2 0 R >>", b"[" * 500_000]),
        assembled([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"]),
        assembled(
            [
                b"<< /Type /Catalog /Pages 2 0 R >>",
                b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>",
            ]
        ),
    ],
    ids=[
        "cut off",
        "noise",
        "endless dictionaries",
        "endless arrays",
        "a tree in itself",
        "a tree in a circle",
    ],
)
def test_a_damaged_file_is_refused(source: bytes) -> None:
    assert refusal(source) == "The PDF is damaged and cannot be opened; fetch it again, or paste the article's text."


@pytest.mark.parametrize(
    "content",
    [
        stream(b" " * 50_000_000),
        b"<< /Length 999 /Filter [/FlateDecode /FlateDecode] >>\nstream\n%s\nendstream"
        % zlib.compress(zlib.compress(b" " * 50_000_000, 9), 9),
        stream(b"BT " + b"(a) Tj " * 1_000_000 + b"ET"),
    ],
    ids=["packed", "packed twice", "operators"],
)
def test_a_file_that_swells_when_it_is_opened_is_refused(content: bytes) -> None:
    assert refusal(of_one_page(content)).startswith("The PDF unpacks to far more than an article holds")


def test_forms_that_draw_themselves_end() -> None:
    form = stream(b"/X Do /X Do", b"/Type /XObject /Subtype /Form /Resources << /XObject << /X 5 0 R >> >>")
    assert open_document(of_one_page(stream(b"/X Do " * 100), form), LIMITS).pages == ((),)


def test_a_page_that_is_bound_a_million_times_is_refused() -> None:
    kids = b"<< /Type /Pages /Kids [" + b"3 0 R " * 1_000_000 + b"] /Count 1000000 >>"
    source = assembled([b"<< /Type /Catalog /Pages 2 0 R >>", kids, b"<< /Type /Page /Parent 2 0 R >>"])
    assert refusal(source).startswith("The PDF has more than 200 pages")


@pytest.mark.parametrize(
    ("limits", "sentence"),
    [
        (replace(LIMITS, size=1_000), "The PDF is larger than 0.001 MB"),
        (replace(LIMITS, pages=2), "The PDF has more than 2 pages"),
        (replace(LIMITS, characters=100), "The PDF holds more than 100 characters"),
        (replace(LIMITS, memory=30_000_000), "The PDF unpacks to far more"),
    ],
)
def test_each_limit_has_its_sentence(limits: Limits, sentence: str) -> None:
    assert refusal(pdf(STORY, STORY, STORY), limits).startswith(sentence)


def test_a_file_that_takes_too_long_is_given_up() -> None:
    slow = with_contents(*[b"BT /F1 9 Tf " + b"(a) Tj 0 -9 Td " * 1_200 + b"ET"] * 100)
    begun = time.monotonic()
    assert refusal(slow, replace(LIMITS, seconds=1)).startswith("The PDF takes longer than 1 s to open")
    assert time.monotonic() - begun < 5
