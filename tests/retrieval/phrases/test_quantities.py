import pytest

from retrieval.phrases.quantities import ages, durations, measurements, money, quantities, shares
from tests.retrieval.phrases.finding import found


@pytest.mark.parametrize(
    ("sentence", "quantity"),
    [
        ("The ship carried more than 700 sheep.", "more than 700"),
        ("It would protect about 260 homes.", "about 260"),
        ("The council hired nine inspectors.", "nine"),
        ("The council hired twenty-four inspectors.", "twenty-four"),
        ("They sold 1,234,567 tickets.", "1,234,567"),
        ("Turnover rose by 27 per cent.", "27 per cent"),
        ("Turnover rose by 4.2%.", "4.2%"),
        ("Hundreds of birds were shot.", "Hundreds"),
        ("The town lies 12 miles away.", "12 miles"),
        ("The film was seen by 3 million people.", "3 million"),
        ("The scheme costs £4.2m.", "£4.2m"),
    ],
)
def test_a_quantity_has_its_qualifier_and_its_unit(sentence: str, quantity: str) -> None:
    assert found(quantities, sentence) == [quantity]


@pytest.mark.parametrize(
    ("sentence", "amount"),
    [
        ("The museum paid £86,000 for the hoard.", "£86,000"),
        ("The barrier was to cost £4.2m.", "£4.2m"),
        ("It was fined more than $750,000 last year.", "more than $750,000"),
        ("The loss was about €3 billion.", "about €3 billion"),
        ("A ticket costs 20 euros.", "20 euros"),
    ],
)
def test_money_has_its_currency_and_its_scale(sentence: str, amount: str) -> None:
    assert found(money, sentence) == [amount]


def test_what_is_counted_is_no_money() -> None:
    assert found(money, "About 260 homes and 3 million people in 2019.") == []


@pytest.mark.parametrize(
    ("sentence", "share"),
    [
        ("Rents rose by 38 per cent.", "38 per cent"),
        ("Output fell 2.1 percent.", "2.1 percent"),
        ("Only 9% of the staff are women.", "9%"),
        ("The insurers paid a third of it.", "a third"),
    ],
)
def test_a_share_is_a_percentage_or_a_fraction(sentence: str, share: str) -> None:
    assert share in " | ".join(found(shares, sentence))


def test_one_in_so_many_is_a_share() -> None:
    assert found(shares, "He said one in eight members planned to sell.") == ["one in eight"]


@pytest.mark.parametrize(
    ("sentence", "measurement"),
    [
        ("The mine lies 140 km away.", "140 km"),
        ("He farms 300 acres of barley.", "300 acres"),
        ("The noise reached 91 decibels.", "91 decibels"),
        ("They found a 26-foot canoe.", "26-foot"),
    ],
)
def test_a_measurement_has_its_unit(sentence: str, measurement: str) -> None:
    assert found(measurements, sentence) == [measurement]


@pytest.mark.parametrize(
    ("sentence", "duration"),
    [
        ("The miners ended a 41-day strike.", "41-day"),
        ("The search took nearly three weeks.", "nearly three weeks"),
        ("The trip takes 11 hours and 20 minutes.", "11 hours and 20 minutes"),
        ("The message lasted eleven seconds.", "eleven seconds"),
    ],
)
def test_a_duration_is_a_length_of_time(sentence: str, duration: str) -> None:
    assert found(durations, sentence) == [duration]


def test_an_age_is_no_duration() -> None:
    assert found(durations, "The 47-year-old was jailed.") == []


@pytest.mark.parametrize(
    ("sentence", "age"),
    [
        ("The 47-year-old was jailed.", "47-year-old"),
        ("A boy aged 12 was hurt.", "12"),
        ("Lewis Carne, 39, takes over.", "39"),
        ("“It is done,” said Bernard Tuke, 70.", "70"),
        ("Caleb was 12.", "12"),
    ],
)
def test_an_age_stands_as_newspapers_put_it(sentence: str, age: str) -> None:
    assert found(ages, sentence) == [age]


@pytest.mark.parametrize("sentence", ["About 1,200 boats came.", "It costs £47 a year.", "They won by 31 votes to 27."])
def test_what_is_no_age_is_left_out(sentence: str) -> None:
    assert found(ages, sentence) == []
