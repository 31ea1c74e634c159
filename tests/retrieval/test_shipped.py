import pytest

from retrieval.shipped import shipped
from tests.retrieval.world import CHECKOUT


def test_a_checkout_has_its_shipped_files_in_data() -> None:
    assert shipped("stories.jsonl") == CHECKOUT / "data" / "stories.jsonl"


def test_a_file_that_is_not_shipped_is_missing() -> None:
    with pytest.raises(FileNotFoundError, match=r"no-such-file\.bin is missing"):
        shipped("no-such-file.bin")
