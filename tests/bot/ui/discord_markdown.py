"""How Discord reads a text: its formatting rules, written down apart from the bot.

The rules are those of Discord's app (simple-markdown with Discord's own additions): at each place, the first rule that
matches there wins, and an escaped sign is that sign.
"""

import re
from dataclasses import dataclass

_ESCAPE = re.compile(r"\\([^0-9A-Za-z\s])")

_AT_A_LINES_START = {
    "heading": re.compile(r" *#{1,3}\s+[^\n]"),
    "small print": re.compile(r"-#(?!-) +."),
    "quote": re.compile(r" *>(?:>>)? "),
    "list": re.compile(r" *(?:[-*+]|\d+[.)])(?: |$)", re.MULTILINE),
}

_ANYWHERE = {
    "code": re.compile(r"(`+)[\s\S]*?[^`]\1(?!`)"),
    "bold": re.compile(r"\*\*(?:\\[\s\S]|[^\\])+?\*\*(?!\*)"),
    "underline": re.compile(r"__(?:\\[\s\S]|[^\\])+?__(?!_)"),
    "italic": re.compile(r"\*(?=\S)(?:\*\*|\\[\s\S]|[^*\\])+?\*(?!\*)|_(?:__|\\[\s\S]|[^\\_])+?_(?!\w)"),
    "strike": re.compile(r"~~[\s\S]+?~~"),
    "spoiler": re.compile(r"\|\|[\s\S]+?\|\|"),
    "link": re.compile(r"\[[^\]]+\]\([^)]+\)"),
    "address": re.compile(r"(?:https?|steam)://[^\s<]+[^<.,:;\"'\])\s]"),
    "address in brackets": re.compile(r"<[^: >]+:/[^ >]+>"),
    "mention": re.compile(r"<(?:@[!&]?|#)\d+>"),
    "mention of all": re.compile(r"@(?:everyone|here)"),
    "timestamp": re.compile(r"<t:-?\d+(?::[a-zA-Z])?>"),
    "command": re.compile(r"</[^:]+:\d+>"),
    "place": re.compile(r"<id:\w+>"),
    "emoji": re.compile(r"<a?:\w+:\d+>|:\w+:"),
}


@dataclass(frozen=True, slots=True)
class Read:
    """What a person sees: the words, where bold ones stand in them, and every other formatting that was read."""

    words: str
    bold: tuple[tuple[int, int], ...]
    others: frozenset[str]


def read(markdown: str) -> Read:
    """Read a text as Discord's app does."""
    words: list[str] = []
    bold: list[tuple[int, int]] = []
    others: set[str] = set()
    place, opened, closes = 0, 0, -1
    while place < len(markdown):
        if place == closes:
            bold.append((opened, len(words)))
            place, closes = place + 2, -1
            continue
        rule, end = _rule_at(markdown, place)
        if rule == "escape":
            words.append(markdown[place + 1])
            place = end
        elif rule == "bold" and closes < 0:
            opened, closes = len(words), end - 2
            place += 2
        else:
            others |= {rule} - {""}
            words.append(markdown[place])
            place += 1
    return Read("".join(words), tuple(bold), frozenset(others))


def _rule_at(markdown: str, place: int) -> tuple[str, int]:
    if match := _ESCAPE.match(markdown, place):
        return "escape", match.end()
    rules = _ANYWHERE
    if place == 0 or markdown[place - 1] == "\n":
        rules = _AT_A_LINES_START | _ANYWHERE
    for name, pattern in rules.items():
        if match := pattern.match(markdown, place):
            return name, match.end()
    return "", place + 1
