"""Measurements, run by hand: `python -m tests.benchmarks.answering` and its neighbours. They assert nothing."""
