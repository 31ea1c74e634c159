"""Printed lines in the order in which they are read."""

from retrieval.ingest.pdf.document import Piece
from retrieval.ingest.pdf.lines import lines_of

LEFT = [f"The left column is read first, line {number}" for number in range(8)]
RIGHT = [f"and then the right one, here its line {number}" for number in range(8)]


def texts(*pieces: Piece) -> list[str]:
    return [line.text for line in lines_of(1, pieces)]


def test_pieces_of_one_line_are_joined() -> None:
    assert texts(Piece("The ", 72, 700, 11), Piece("old bridge", 95, 700, 11), Piece(" is shut.\n", 150, 700, 11)) == [
        "The old bridge is shut."
    ]


def test_a_line_has_the_size_of_most_of_its_letters_and_begins_with_its_first() -> None:
    (line,) = lines_of(3, [Piece("1", 72, 704, 6), Piece(" A note on the bridge", 76, 700, 9)])
    assert (line.page, line.x, line.y, line.size) == (3, 72, 700, 9)


def test_a_raised_figure_stays_in_its_line() -> None:
    assert texts(Piece("The bridge", 72, 700, 11), Piece("2", 130, 704, 6), Piece(" is shut.", 134, 700, 11)) == [
        "The bridge2 is shut."
    ]


def test_letters_that_are_cast_as_one_are_told_apart() -> None:
    assert texts(Piece("The oﬃcer’s ﬁre took oﬀ at half past ﬂood\u2010tide", 72, 700, 11)) == [
        "The officer’s fire took off at half past flood-tide"
    ]


def test_spaces_that_fill_a_line_are_one() -> None:
    assert texts(Piece("The   old\u00a0 bridge \n", 72, 700, 11), Piece("  \n", 72, 686, 11)) == ["The old bridge"]


def test_columns_that_are_drawn_one_after_the_other_are_read_so() -> None:
    left = [Piece(f"{text}\n", 72, 700 - 14 * row, 11) for row, text in enumerate(LEFT)]
    right = [Piece(f"{text}\n", 320, 700 - 14 * row, 11) for row, text in enumerate(RIGHT)]
    assert texts(*left, *right) == LEFT + RIGHT


def test_columns_that_are_drawn_row_by_row_are_read_one_after_the_other() -> None:
    head, foot = Piece("A headline above both\n", 72, 730, 20), Piece("A line below both\n", 72, 500, 11)
    rows = [
        piece
        for row, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True))
        for piece in (Piece(left, 72, 700 - 14 * row, 11), Piece(f" {right}\n", 320, 700 - 14 * row, 11))
    ]
    assert texts(head, *rows, foot) == ["A headline above both", *LEFT, *RIGHT, "A line below both"]


def test_a_tables_rows_stay_rows() -> None:
    rows = [
        piece
        for row in range(8)
        for piece in (Piece(f"Velm {row}", 72, 700 - 14 * row, 11), Piece(f" {row}0\n", 320, 700 - 14 * row, 11))
    ]
    assert texts(*rows)[:2] == ["Velm 0 00", "Velm 1 10"]
