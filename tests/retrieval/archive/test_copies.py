import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.archive.copies import (
    FEWEST_COMMON,
    LONGEST_SIGNATURE,
    Shingles,
    are_copies,
    containment,
    shingles,
    signature,
)
from tests.retrieval.strategies import texts

STORY = """\
The harbour board of Penhallow voted on Tuesday to rebuild the old breakwater before the winter storms arrive.
Nine of its twelve members backed the scheme, which will cost £4.2m and take about eighteen months to finish.
The breakwater was damaged in February, when waves tore away forty metres of the wall and sank three trawlers.
“We cannot ask crews to sail from a harbour that does not shelter them,” said Tamsin Goode, who chairs the board.
She told the meeting that insurers had refused to cover any boat moored on the eastern side since the spring.
Those who voted against it said the money should come from the county, which owns the road along the quay.
Piers Hallam, a councillor, called the plan a plaster on a wound and asked for a survey of the whole seafront.
Engineers from Marrick are to begin by lifting 1,200 tonnes of loose granite from the bed of the channel.
The work will close the inner basin to visitors from April, although fishing boats may still land their catch.
A petition signed by 860 residents had urged the board to keep the lighthouse steps open while the cranes are there.
The board agreed to that, and promised to publish the noise levels each week on its notice board and its pages.
Dr Imelda Rooke, who studies tides at the university, said the new wall ought to last until 2090 if it is maintained.
Her team found that the sea off Penhallow has risen by eleven centimetres since the first wall was built in 1931.
The first stones will be laid on 14 March, a week after the fleet returns from the northern grounds."""
LINES = STORY.split("\n")

OTHER_REPORT = """\
Fishermen cheered outside the town hall in Penhallow as word came that their broken sea wall will be replaced.
Months of argument ended when a majority of harbour board members agreed to borrow the £4.2m that builders want.
“We cannot ask crews to sail from a harbour that does not shelter them,” said Tamsin Goode, who chairs the board.
Skippers had moved their trawlers along the coast after a February gale opened a gap in the structure.
Several had spoken of leaving for good, among them the owner of a boat that went down at its mooring that night.
Not everyone was content with the outcome, and one councillor walked out before the count was finished.
Piers Hallam, a councillor, called the plan a plaster on a wound and asked for a survey of the whole seafront.
Shopkeepers fear a poor summer, since yachts bring them most of their trade and will have nowhere to tie up.
A hotel on the quay has already lost its bookings for May and is asking the board to pay for them.
Whether grants can be had from the capital is to be decided later in the year."""

HOUSE_STYLE = {
    " on Tuesday": " on Feb. 3",
    "£4.2m": "£4.2 million",
    "metres": "meters",
    "harbour": "harbor",
    "per": "a",
}


def told(*lines: str) -> Shingles:
    return shingles("\n".join(lines))


def forecast(place: str, day: str, gusts: int, warmest: int, coldest: int, rain: int, hours: tuple[int, int]) -> str:
    return f"""Forecasters have issued a yellow warning for wind across {place} and the coast around it on {day}.
It is in force from {hours[0]}am until {hours[1]}pm, and gusts of {gusts}mph are expected on headlands by noon.
Some delays to road, rail and ferry transport are likely, and some journeys will take longer than they usually do.
Drivers of high vehicles should take care on bridges, and short losses of power are possible in some villages.
It will reach {warmest}C in the afternoon before it falls to {coldest}C at night, with {rain}mm of rain on the hills.
The public is advised to secure loose things in gardens and to keep away from piers while the waves are high."""


def match(home: str, away: str, scorer: str, second: str, score: str, minutes: tuple[int, int], crowd: int) -> str:
    return f"""{home} beat {away} {score} on Saturday to keep alive their hope of playing a league higher next year.
{scorer} gave them the lead after {minutes[0]} minutes with a low shot that went in off the foot of the left post.
The visitors came back into the game after the break and hit the bar twice before their captain was sent off.
{second} made sure of the points in minute {minutes[1]} when he was left alone in front of goal by a tired defence.
The manager said he was proud of his players, who had worked hard all week and had earned their luck for once.
A crowd of {crowd} saw it, the largest of the season so far, and many of them stayed on to sing in the rain."""


MONDAY = forecast("Kestria", "Monday", 55, 11, 4, 20, (6, 3))
FRIDAY = forecast("Dunmere", "Friday", 70, 8, 1, 35, (9, 8))
ROVERS = match("Oxley Rovers", "Saltham", "Colm Brody", "Ravi Sethi", "2-0", (12, 81), 4310)
ALBION = match("Marrick Albion", "Quay Hill", "Sal Moreno", "Otis Kerr", "3-1", (25, 67), 2204)


def made_up(seed: int, words: int) -> str:
    """Words of four letters in no order, no two stories alike."""
    letters = random.Random(seed).choices("abcdefghijklmnopqrstuvwxyz", k=4 * words)  # noqa: S311  # nothing secret
    return " ".join(map("".join, zip(*[iter(letters)] * 4, strict=True)))


def found_by_signature(one: Shingles, other: Shingles) -> bool:
    return len(set(signature(one)) & set(signature(other))) >= FEWEST_COMMON


@pytest.mark.parametrize(
    "copy",
    [
        pytest.param(["Board backs breakwater", "By our reporter", *LINES], id="another headline and a byline"),
        pytest.param([*LINES, "Write to our news desk.", "Follow us for more from the coast."], id="furniture behind"),
        pytest.param([*LINES[:4], "Sign up for the morning letter of the Courier.", *LINES[4:]], id="furniture inside"),
        pytest.param(
            [*LINES[:6], "The county did not wish to say anything about it.", *LINES[7:]], id="one line changed"
        ),
        pytest.param(LINES[:6], id="its beginning alone"),
        pytest.param(["PENHALLOW (Packet) —", *LINES[:6], "Read the rest in the paper."], id="its beginning, framed"),
        pytest.param([line.upper() for line in LINES], id="capitals"),
        pytest.param([line.replace("“", '"').replace("”", '"').replace(",", "") for line in LINES], id="punctuation"),
        pytest.param(
            [*LINES, "The county has since offered £1m towards it.", "The board meets on Friday."], id="updated"
        ),
        pytest.param(
            [STORY.replace("1,200 tonnes", "1,300 tonnes"), "This story was corrected."], id="a figure corrected"
        ),
        pytest.param([STORY.replace("Rooke", "Rourke")], id="a name corrected"),
    ],
)
def test_a_copy_is_known_whatever_its_frame(copy: list[str]) -> None:
    assert are_copies(told(*copy), shingles(STORY))
    assert found_by_signature(told(*copy), shingles(STORY))


def test_another_style_of_the_house_makes_no_other_story() -> None:
    styled = STORY
    for ours, theirs in HOUSE_STYLE.items():
        styled = styled.replace(ours, theirs)
    assert are_copies(shingles(styled), shingles(STORY))


def test_reports_on_one_event_that_share_quotations_are_two_stories() -> None:
    assert 0 < containment(shingles(STORY), shingles(OTHER_REPORT)) < 0.5
    assert not are_copies(shingles(STORY), shingles(OTHER_REPORT))


def test_a_short_item_of_a_long_round_up_is_a_story_of_its_own() -> None:
    round_up = told(*LINES[:4], made_up(1, 600))
    assert containment(told(*LINES[:4]), round_up) == 1
    assert not are_copies(told(*LINES[:4]), round_up)


@pytest.mark.parametrize(("one", "other"), [(MONDAY, FRIDAY), (ROVERS, ALBION)], ids=["weather", "matches"])
def test_stories_written_from_one_pattern_are_not_copies(one: str, other: str) -> None:
    assert containment(shingles(one), shingles(other)) > 0.4
    assert not are_copies(shingles(one), shingles(other))


def test_other_figures_make_another_story_where_most_words_are_the_same() -> None:
    advice = " ".join(LINES[line].lower() for line in (1, 5, 6, 8, 9, 10, 12))
    one, other = shingles(f"{MONDAY}\n{advice}"), shingles(f"{FRIDAY}\n{advice}")
    assert containment(one, other) >= 0.8
    assert not are_copies(one, other)


@pytest.mark.parametrize("text", ["", " \n", "Ferry sails.", "…!?", "The harbour board met on Tuesday. " * 50])
def test_a_text_with_too_few_words_to_judge_is_nobodys_copy(text: str) -> None:
    assert not are_copies(shingles(text), shingles(text))
    assert signature(shingles(text)) == ()


def test_accents_and_their_spelling_make_no_difference() -> None:
    plain = STORY.replace("Rooke", "Seguin")
    assert are_copies(shingles(plain), shingles(STORY.replace("Rooke", "Séguin")))
    assert containment(shingles(plain), shingles(STORY.replace("Rooke", "Se\u0301guin"))) == 1


def test_a_signature_is_the_same_on_every_machine_and_in_every_process() -> None:
    assert signature(shingles(STORY))[:3] == (13490568266996351, 59008664673919308, 62884259427344323)


def test_nearly_every_story_is_found_by_its_beginning() -> None:
    stories = [made_up(seed, 400) for seed in range(200)]
    found = [found_by_signature(shingles(story), shingles(story[: len(story) * 4 // 10])) for story in stories]
    assert sum(found) >= 195


def test_stories_about_different_things_have_nothing_of_their_signatures_in_common() -> None:
    signatures = [signature(shingles(made_up(seed, 300))) for seed in range(50)]
    assert len({number for each in signatures for number in each}) == 50 * LONGEST_SIGNATURE


@given(texts() | st.text())
def test_a_signature_fits_into_sqlites_integers(text: str) -> None:
    numbers = signature(shingles(f"{text}\n{STORY}"))
    assert len(numbers) == LONGEST_SIGNATURE
    assert all(0 <= one < other < 2**63 for one, other in pairwise(numbers))


@given(st.lists(st.sampled_from(LINES + OTHER_REPORT.split("\n")), max_size=20), st.permutations(LINES))
def test_copies_are_copies_both_ways(some: list[str], others: list[str]) -> None:
    one, other = told(*some), told(*others)
    assert are_copies(one, other) == are_copies(other, one)
    assert 0 <= containment(one, other) == containment(other, one) <= 1


@given(st.integers(6, len(LINES)), st.text(max_size=40))
def test_a_story_that_goes_on_is_a_copy_of_its_beginning(lines: int, furniture: str) -> None:
    assert are_copies(told(*LINES[:lines], furniture), shingles(STORY))
