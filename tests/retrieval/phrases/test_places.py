import pytest

from retrieval.phrases.places import places
from tests.retrieval.phrases.finding import found


@pytest.mark.parametrize(
    ("sentence", "place"),
    [
        ("The coins were dug up near Thornholme.", "Thornholme"),
        ("The hoard lay in the village of Little Thornby.", "Little Thornby"),
        ("The boat sank off Calais.", "Calais"),
        ("They will move the ovens to Gdansk next year.", "Gdansk"),
        ("The meeting was held at the Guildhall.", "Guildhall"),
    ],
)
def test_a_place_is_a_name_after_a_preposition_of_place(sentence: str, place: str) -> None:
    assert found(places, sentence) == [place]


@pytest.mark.parametrize("sentence", ["It was sold by Marta Lindgren.", "It closed in March.", "She lives in a van."])
def test_what_is_no_place_is_left_out(sentence: str) -> None:
    assert found(places, sentence) == []
