"""Cards that say what became of what somebody wanted to add."""

from collections.abc import Sequence

from babel import Locale

from bot.outcome import Failure, Import, Outcome, Receipt
from bot.ui.cards import Card, Section, facts, listed
from retrieval.article import Article, Version
from retrieval.ingest.reading import Dropped
from retrieval.text.sentences import sentences

MOST_RECEIPTS = 5
"""How many articles get a receipt each; of more, one card names them all."""
_FIRST_LINES = 5
"""How many of a file's bad lines are named."""
_FIRST_COPIES = 3
"""How many of the articles that tell the same story are named."""
_NAMES = Locale("en").languages


def outcome_cards(outcomes: Sequence[Outcome]) -> list[Card]:
    """Show what became of a batch: the receipts first, then the files of lines, and what failed last.

    There are at most `MOST_RECEIPTS` + 2 cards, however much was added.
    """
    receipts = [each for each in outcomes if isinstance(each, Receipt)]
    imports = [each for each in outcomes if isinstance(each, Import)]
    failures = [each for each in outcomes if isinstance(each, Failure)]
    cards = [receipt_card(each) for each in receipts] if len(receipts) <= MOST_RECEIPTS else [receipts_card(receipts)]
    if imports:
        cards.append(imports_card(imports))
    if failures:
        cards.append(failures_card(failures))
    return cards


def receipt_card(receipt: Receipt) -> Card:
    """Show what became of an article that somebody added, and how it was read."""
    added, reading = receipt.added, receipt.reading
    if added.duplicate_of is not None:
        say = f"This text is in the archive already, as article {added.duplicate_of}. Nothing was added."
        return Card((headline(reading.article), Section(say=say)), title="Already there")
    said = (
        kept(reading.article),
        f"Language: {_NAMES[receipt.language]}." if receipt.language else "",
        left_out(reading.dropped),
        _copy_of(added.copy_of),
        *reading.warnings,
    )
    return Card((headline(reading.article), Section(say="\n".join(filter(None, said)))), title=_became_of(receipt))


def undone_card(withdrawn: Version, back_to: Version | None) -> Card:
    """Show that a version was taken back, and what is in its place."""
    if back_to is None:
        say = "The article is not in the archive any more."
    else:
        say = f"Article {back_to.article_id} is as it was before: version {back_to.number} answers again."
    return Card((headline(withdrawn.article), Section(say=say)), title="Undone")


def receipts_card(receipts: Sequence[Receipt]) -> Card:
    """Show in one card what became of many articles, a section each."""
    added = sum(each.added.duplicate_of is None for each in receipts)
    footer = "To edit one of them: /article history"
    return Card(tuple(map(_in_short, receipts)), title=f"{added} of {len(receipts)} articles added", footer=footer)


def imports_card(imports: Sequence[Import]) -> Card:
    """Show what became of files of one article a line, with the first lines that were bad."""
    good = any(each.result.articles or not each.result.left_out for each in imports)
    return Card(tuple(map(_import, imports)), title="Added line by line", good=good)


def failures_card(failures: Sequence[Failure]) -> Card:
    """Name each file or link that was not added, and why."""
    return Card(tuple(Section(each.name, each.why) for each in failures), title="Not added", good=False)


def headline(article: Article) -> Section:
    """An article's title, outlet, author and date, as far as they are known."""
    return Section(article.title, facts(article) or None)


def kept(article: Article) -> str:
    count = len(sentences(article.text))
    return "1 sentence kept." if count == 1 else f"{count} sentences kept."


def left_out(dropped: Sequence[Dropped]) -> str:
    """Say what was not taken for part of the article: 3 captions, 2 links to other stories; empty for nothing."""
    if not dropped:
        return ""
    counts: dict[str, int] = {}
    for each in dropped:
        counts[each.why] = counts.get(each.why, 0) + 1
    return "Left out: " + ", ".join(f"{why} ({count})" for why, count in counts.items()) + "."


def _became_of(receipt: Receipt) -> str:
    added = receipt.added
    if added.duplicate_of is not None:
        return f"Already there, as article {added.duplicate_of}"
    if added.version > 1:
        return f"Corrected: version {added.version} of article {added.article_id}"
    return f"Added as article {added.article_id}"


def _copy_of(copies: Sequence[int]) -> str:
    if not copies:
        return ""
    named = [f"article {each}" for each in copies[:_FIRST_COPIES]]
    if (further := len(copies) - _FIRST_COPIES) > 0:
        named.append(f"{further} more")
    return f"Tells the same story as {listed(named)}, so it is kept as a copy."


def _in_short(receipt: Receipt) -> Section:
    said = (f"{_became_of(receipt)} · {kept(receipt.reading.article)}", left_out(receipt.reading.dropped))
    return Section(receipt.reading.article.title, "\n".join(filter(None, said)))


def _import(done: Import) -> Section:
    lines = [str(done.result), *(f"Line {number}: {why}" for number, why in done.result.bad[:_FIRST_LINES])]
    if (further := done.result.left_out - _FIRST_LINES) > 0:
        lines.append(f"… and {further} lines more.")
    if not done.complete:
        lines.append(f"After line {done.result.lines} the rest was left: too many lines are no articles.")
    return Section(done.name, "\n".join(lines))
