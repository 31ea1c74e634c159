"""Phrases that can answer a question: names, places, quantities, dates, reasons and quoted words in a sentence.

Each module finds one sort. Every function takes a text and the span of a sentence in it, and yields spans of that text.
"""
