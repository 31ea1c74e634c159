"""The passage index: rank-bm25's scores over exactly the passages that a shelf may see, without walking all of them.

From the ground up; what is compiled needs numba, and the same is done with numpy alone where that is not installed:

    columns        a new segment's arrays, in memory or in files
    lexicon        the terms of a segment
    postings       in which passages terms stand, and how often
    looking_up     where a query's terms have their postings; compiled_looking_up finds them faster
    segment        passages indexed for good
    growing        passages added last, in memory
    part           one of these, and which of its passages are gone
    bm25           the formula
    chosen         what ranking a part takes, and what it gives
    plain          the best passages of a part; compiled finds them faster
    ranking        the best passages of several parts
    merging        several segments become one
    change         how far an index has followed its archive
    snapshot       the segments of a large partition in files, checked when they are opened
    partition      the parts that one guild owns
    following      a partition is brought up to date with the archive
    upkeep         merging and storing in the background
    passage_index  the partitions of a shelf, in step with the archive

The shared library and each guild have a partition of their own. The number of passages, their mean length and how many
hold a term are added up over the partitions of the asking shelf, so no guild's words weigh on another's scores, and no
posting of theirs is read.
"""

from retrieval.index.passage_index import PassageIndex, Ranked
from retrieval.index.upkeep import NotStored

__all__ = ["NotStored", "PassageIndex", "Ranked"]
