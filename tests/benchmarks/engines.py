"""The passage index and its rivals, all spoken to in one way. A rival's library is imported when it is begun."""

import pickle
import sqlite3
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol, Self

import numpy as np
from numpy.typing import NDArray

Passages = Sequence[Sequence[str]]

GUILD = 0.01
"""The share of the passages that one guild owns: those with the lowest ids."""
PASSAGES_AN_ARTICLE = 10


class Engine(Protocol):
    """Passages are numbered from 0 as they come; a search returns the best ones' numbers, the best first."""

    @classmethod
    def build(cls, passages: Passages, folder: Path) -> Self:
        """Index passages, of which the first belong to a guild, so that they can be searched."""

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open what was saved in a folder."""

    def save(self, folder: Path) -> None: ...

    def search(self, terms: list[str], at_most: int) -> list[int]: ...

    def search_guild(self, terms: list[str], at_most: int) -> list[int]: ...

    def add(self, passages: Passages) -> None:
        """Add an article's passages, so that they can be searched; `NotImplementedError` where none can be added."""


class Quotidian:
    """The passage index. The guild has a partition of its own; that of the whole archive has its passages too."""

    def __init__(self, folder: Path) -> None:
        from retrieval.index.change import Change
        from retrieval.index.partition import Partition
        from retrieval.index.ranking import ranked
        from retrieval.index.snapshot import Snapshots
        from retrieval.index.upkeep import Upkeep

        self._change = Change(1, 1)
        self._ranked = ranked
        self._count = 0
        self._upkeep = {}
        for owner in ("guild", "shared"):
            snapshots = Snapshots(folder / owner)
            snapshot = snapshots.open()
            self._upkeep[owner] = Upkeep(Partition(snapshot) if snapshot else Partition(), snapshots)

    @classmethod
    def build(cls, passages: Passages, folder: Path) -> Self:
        made = cls(folder)
        guilds = int(len(passages) * GUILD)
        for owner, first, last in (("guild", 0, guilds), ("shared", 0, len(passages))):
            upkeep = made._upkeep[owner]
            for start in range(first, last, PASSAGES_AN_ARTICLE):
                numbers = range(start, min(last, start + PASSAGES_AN_ARTICLE))
                upkeep.partition.add(start, [(number, passages[number]) for number in numbers])
                if upkeep.partition.growing >= 32_768:
                    upkeep.close_growing()
            upkeep.partition.change = made._change
            upkeep.settle(upkeep.partition.everything)
        made._count = len(passages)
        return made

    @classmethod
    def open(cls, folder: Path) -> Self:
        return cls(folder)

    def save(self, folder: Path) -> None:
        """It was saved when it was built."""

    def search(self, terms: list[str], at_most: int) -> list[int]:
        return self._ranked(self._upkeep["shared"].partition.parts, terms, at_most).passages()

    def search_guild(self, terms: list[str], at_most: int) -> list[int]:
        return self._ranked(self._upkeep["guild"].partition.parts, terms, at_most).passages()

    def add(self, passages: Passages) -> None:
        self._upkeep["shared"].partition.add(self._count, [*enumerate(passages, start=self._count)])
        self._count += len(passages)


class QuotidianPlain(Quotidian):
    """The same without numba, wherever it is installed."""

    def __init__(self, folder: Path) -> None:
        sys.modules["numba"] = None  # type: ignore[assignment]  # so that importing it fails
        super().__init__(folder)


class QuotidianFast(Quotidian):
    """The same with numba."""

    def __init__(self, folder: Path) -> None:
        import numba  # noqa: F401

        super().__init__(folder)


class RankBM25:
    def __init__(self, oracle: Any) -> None:
        self._oracle = oracle
        self._guild = [*range(int(oracle.corpus_size * GUILD))]

    @classmethod
    def build(cls, passages: Passages, folder: Path) -> Self:
        from rank_bm25 import BM25Plus

        return cls(BM25Plus(passages))

    @classmethod
    def open(cls, folder: Path) -> Self:
        with (folder / "oracle").open("rb") as file:
            return cls(pickle.load(file))  # noqa: S301  # written below

    def save(self, folder: Path) -> None:
        with (folder / "oracle").open("wb") as file:
            pickle.dump(self._oracle, file)

    def search(self, terms: list[str], at_most: int) -> list[int]:
        return _best_of(self._oracle.get_scores(terms), at_most)

    def search_guild(self, terms: list[str], at_most: int) -> list[int]:
        return _best_of(np.array(self._oracle.get_batch_scores(terms, self._guild)), at_most)

    def add(self, passages: Passages) -> None:
        raise NotImplementedError

    def scores(self, terms: list[str], numbers: list[int]) -> list[float]:
        """The scores of some passages."""
        scores: list[float] = self._oracle.get_batch_scores(terms, numbers)
        return scores


class BM25S:
    backend = "numpy"

    def __init__(self, retriever: Any) -> None:
        self._retriever = retriever
        count = retriever.scores["num_docs"]
        self._guild = (np.arange(count) < count * GUILD).astype(np.float32)

    @classmethod
    def build(cls, passages: Passages, folder: Path) -> Self:
        import bm25s

        retriever = bm25s.BM25(method="bm25+", k1=1.5, b=0.75, delta=1.0, backend=cls.backend)
        retriever.index([*passages], show_progress=False)
        return cls(retriever)

    @classmethod
    def open(cls, folder: Path) -> Self:
        import bm25s

        retriever = bm25s.BM25.load(folder / "bm25s", mmap=True)
        retriever.backend = cls.backend
        if cls.backend == "numba":
            retriever.activate_numba_scorer()
        return cls(retriever)

    def save(self, folder: Path) -> None:
        self._retriever.save(folder / "bm25s", show_progress=False)

    def search(self, terms: list[str], at_most: int) -> list[int]:
        return self._searched(terms, at_most, None)

    def search_guild(self, terms: list[str], at_most: int) -> list[int]:
        return self._searched(terms, at_most, self._guild)

    def add(self, passages: Passages) -> None:
        raise NotImplementedError

    def _searched(self, terms: list[str], at_most: int, mask: NDArray[np.float32] | None) -> list[int]:
        found = self._retriever.retrieve([terms], k=at_most, show_progress=False, weight_mask=mask)
        numbers: list[int] = found.documents[0].tolist()
        return numbers


class BM25SNumba(BM25S):
    backend = "numba"


class Tantivy:
    def __init__(self, index: Any) -> None:
        import tantivy

        self._index = index
        self._query, self._occur, self._document = tantivy.Query, tantivy.Occur, tantivy.Document
        index.reload()
        self._searcher = index.searcher()
        self._writer: Any = None

    @classmethod
    def build(cls, passages: Passages, folder: Path) -> Self:
        import tantivy

        schema = tantivy.SchemaBuilder()
        schema.add_text_field("terms", tokenizer_name="whitespace", index_option="freq")
        schema.add_text_field("owner", tokenizer_name="raw", index_option="basic")
        schema.add_unsigned_field("number", stored=True)
        (folder / "tantivy").mkdir()
        index = tantivy.Index(schema.build(), str(folder / "tantivy"))
        writer = index.writer(heap_size=256_000_000, num_threads=1)
        for number, terms in enumerate(passages):
            owner = "guild" if number < len(passages) * GUILD else "shared"
            writer.add_document(tantivy.Document(terms=" ".join(terms), owner=owner, number=number))
        writer.commit()
        writer.wait_merging_threads()
        return cls(index)

    @classmethod
    def open(cls, folder: Path) -> Self:
        import tantivy

        return cls(tantivy.Index.open(str(folder / "tantivy")))

    def save(self, folder: Path) -> None:
        """It was saved when it was built."""

    def search(self, terms: list[str], at_most: int) -> list[int]:
        return self._searched(self._any(terms), at_most)

    def search_guild(self, terms: list[str], at_most: int) -> list[int]:
        own = self._query.const_score_query(self._query.term_query(self._index.schema, "owner", "guild"), 0.0)
        both = [(self._occur.Must, own), (self._occur.Must, self._any(terms))]
        return self._searched(self._query.boolean_query(both), at_most)

    def add(self, passages: Passages) -> None:
        self._writer = self._writer or self._index.writer(heap_size=50_000_000, num_threads=1)
        for terms in passages:
            self._writer.add_document(self._document(terms=" ".join(terms), owner="shared", number=2**40))
        self._writer.commit()
        self._index.reload()
        self._searcher = self._index.searcher()

    def _any(self, terms: list[str]) -> Any:
        each = [self._query.term_query(self._index.schema, "terms", term, index_option="freq") for term in terms]
        return self._query.boolean_query([(self._occur.Should, query) for query in each])

    def _searched(self, query: Any, at_most: int) -> list[int]:
        hits = self._searcher.search(query, at_most, count=False).hits
        return [self._searcher.doc(address)["number"][0] for _, address in hits]


class SQLiteFTS5:
    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(path)
        self._count = int(self._database.execute("select max(rowid) + 1 from passages").fetchone()[0])

    @classmethod
    def build(cls, passages: Passages, folder: Path) -> Self:
        with sqlite3.connect(folder / "fts5.db") as database:
            database.execute("create virtual table passages using fts5(terms, content = '', tokenize = 'ascii')")
            rows = ((number, " ".join(terms)) for number, terms in enumerate(passages))
            database.executemany("insert into passages (rowid, terms) values (?, ?)", rows)
            database.execute("insert into passages (passages) values ('optimize')")
        return cls(folder / "fts5.db")

    @classmethod
    def open(cls, folder: Path) -> Self:
        return cls(folder / "fts5.db")

    def save(self, folder: Path) -> None:
        """It was saved when it was built."""

    def search(self, terms: list[str], at_most: int) -> list[int]:
        return self._searched("", terms, at_most)

    def search_guild(self, terms: list[str], at_most: int) -> list[int]:
        return self._searched(f"and rowid < {int(self._count * GUILD)}", terms, at_most)

    def add(self, passages: Passages) -> None:
        with self._database:
            rows = [(self._count + number, " ".join(terms)) for number, terms in enumerate(passages)]
            self._database.executemany("insert into passages (rowid, terms) values (?, ?)", rows)
        self._count += len(passages)

    def _searched(self, where: str, terms: list[str], at_most: int) -> list[int]:
        asked = " OR ".join(f'"{term}"' for term in terms)
        sql = f"select rowid from passages where passages match ? {where} order by rank limit ?"  # noqa: S608
        return [number for (number,) in self._database.execute(sql, [asked, at_most])]


ENGINES: dict[str, type[Engine]] = {
    "quotidian": QuotidianPlain,
    "quotidian-fast": QuotidianFast,
    "bm25s-numpy": BM25S,
    "bm25s-numba": BM25SNumba,
    "tantivy": Tantivy,
    "sqlite-fts5": SQLiteFTS5,
    "rank-bm25": RankBM25,
}
"""The one that is the measure of the others comes last."""
NEEDED: dict[str, Sequence[str]] = {
    "quotidian-fast": ["numba"],
    "bm25s-numpy": ["bm25s"],
    "bm25s-numba": ["bm25s", "numba"],
    "tantivy": ["tantivy"],
}
"""The modules without which an engine is left out."""


def _best_of(scores: NDArray[np.float64], at_most: int) -> list[int]:
    found = np.argpartition(scores, -at_most)[-at_most:] if at_most < len(scores) else np.arange(len(scores))
    best: list[int] = found[np.lexsort((found, -scores[found]))].tolist()
    return best
