"""Both ways to do the work that numba speeds up: with it, and with numpy alone."""

from retrieval.index import compiled, compiled_looking_up, looking_up, plain

CONSIDER = {"plain": plain.consider, "compiled": compiled.consider}
LOOK_UP = {"plain": looking_up.look_up, "compiled": compiled_looking_up.look_up}
