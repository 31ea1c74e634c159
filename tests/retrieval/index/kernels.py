"""Both ways to do the work that numba speeds up: with it, and with numpy alone."""

from retrieval.index import compiled, compiled_lexicon, lexicon, plain

CONSIDER = {"plain": plain.consider, "compiled": compiled.consider}
LOOK_UP = {"plain": lexicon.look_up, "compiled": compiled_lexicon.look_up}
