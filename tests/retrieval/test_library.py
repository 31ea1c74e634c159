import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from retrieval.archive import SharedArticle
from retrieval.article import SHARED
from retrieval.library import Library
from retrieval.shelf import NoSuchArticle
from retrieval.text.terms import terms
from tests.retrieval.world import ADA, CHECKOUT, ids, story


def found(library: Library, words: str) -> list[int]:
    ranked = library.index.rank(library.shelf(ADA), terms(words), 10)
    return [each.passage.article_id for each in ranked]


def test_a_change_is_found_at_the_next_question(library: Library) -> None:
    assert found(library, "harbour") == []
    library.add(ADA, story("The harbour board met.", key="k"))
    assert found(library, "harbour") == [1]
    library.add(ADA, story("The school board met.", key="k"))
    assert found(library, "harbour") == []
    library.remove(ADA, 1)
    assert found(library, "school") == []


def test_a_change_by_another_library_on_the_same_file_is_found_at_the_next_question(path: Path) -> None:
    with Library.open(path) as one, Library.open(path) as other:
        assert found(one, "harbour") == []
        other.add(SHARED, story("The harbour board met.", key="k"))
        assert found(one, "harbour") == [1]
        other.add(SHARED, story("The school board met.", key="k"))
        assert (found(one, "harbour"), found(one, "school")) == ([], [1])
        other.remove(SHARED, 1)
        assert found(one, "school") == []


def test_a_change_by_another_process_is_found_at_the_next_question(path: Path) -> None:
    adding = (
        "import sys; from pathlib import Path; from retrieval.article import Article;"
        "from retrieval.library import Library; Library.open(Path(sys.argv[1])).add(0, Article('', 'Harbour board.'))"
    )
    with Library.open(path) as library:
        assert found(library, "harbour") == []
        subprocess.run([sys.executable, "-c", adding, str(path)], cwd=CHECKOUT, check=True)
        assert found(library, "harbour") == [1]


def test_what_was_added_is_found_when_the_file_is_opened_again(path: Path) -> None:
    with Library.open(path) as library:
        library.add(ADA, story("The harbour board met."))
        before = library.index.rank(library.shelf(ADA), ["harbour"], 10)
    with Library.open(path) as library:
        assert library.index.rank(library.shelf(ADA), ["harbour"], 10) == before


def test_opening_tells_how_many_articles_were_read_when_a_question_first_needs_them(path: Path) -> None:
    with Library.open(path) as library:
        for n in range(3):
            library.add(SHARED, story(f"Harbour {n}."))
    told: list[int] = []
    with Library.open(path, told.append) as library:
        assert told == []
        assert found(library, "harbour") == [1, 2, 3]
    assert told == [1, 2, 3]


def test_a_reader_sees_one_state_of_articles_and_ranks(path: Path) -> None:
    with Library.open(path) as reader, Library.open(path) as writer:
        writer.add(ADA, story("The harbour board met."))
        with reader.unchanging():
            assert found(reader, "harbour") == [1]
            writer.remove(ADA, 1)
            assert found(reader, "harbour") == [1]
            assert reader.shelf(ADA).text(1, 1) == "The harbour board met."
        assert found(reader, "harbour") == []


def test_a_failed_change_is_never_found(library: Library) -> None:
    library.add(ADA, story("The harbour board met."))
    with suppress(KeyError), library.writing():
        library.add(ADA, story("Another harbour."))
        library.remove(ADA, 1)
        raise KeyError
    assert found(library, "harbour") == ids(library.shelf(ADA)) == [1]


def test_an_articles_language_is_kept_with_it(library: Library) -> None:
    library.add(
        ADA, story("Der Rat der Stadt hat am Dienstag beschlossen, dass die Brücke bis zum Herbst gesperrt bleibt.")
    )
    library.add(ADA, story("Bridge shut."))
    assert [version.language for version in library.shelf(ADA).versions()] == ["de", None]


def test_a_refused_removal_changes_nothing(library: Library) -> None:
    library.add(SHARED, story("The harbour board met."))
    with pytest.raises(SharedArticle):
        library.remove(ADA, 1)
    with pytest.raises(NoSuchArticle):
        library.remove(ADA, 2)
    assert found(library, "harbour") == [1]
