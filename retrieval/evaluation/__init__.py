"""Measures on question files: how good the reader is alone, and how good answers are from archive to quotation."""
