"""The first words of a text, for an article that came without a headline."""

from sentencex import segment

LONGEST_TITLE = 100
"""Characters, the ellipsis included."""


def opening_words(text: str) -> str:
    """The first sentence in one line, shortened at a word with … when it is longer than `LONGEST_TITLE`."""
    opening = next((line.strip() for line in text.splitlines() if line.strip()), "")
    sentence = " ".join(segment("en", opening[: 10 * LONGEST_TITLE])[0].split()) if opening else ""
    if len(sentence) <= LONGEST_TITLE:
        return sentence
    words, _, cut = sentence[:LONGEST_TITLE].rpartition(" ")
    return (words or cut[: LONGEST_TITLE - 1]).rstrip(" ,;:–—-") + "…"
