"""Answers: what was found becomes quotations that are verified, or the reason why there is none."""
