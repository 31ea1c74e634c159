"""Both ways to do the work that numba speeds up: with it, and with numpy alone."""

from retrieval.index import compiled, compiled_lexicon, lexicon, plain

CONSIDER = {"plain": plain.consider, "compiled": compiled.consider}
FIND = {"plain": lexicon.find, "compiled": compiled_lexicon.find}
