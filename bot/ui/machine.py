"""Answers and articles as a program reads them: the JSON of the command line."""

from datetime import datetime, timedelta
from typing import Any

from bot.feeds.poll import Poll
from bot.ui.revisions import revised
from retrieval.answers.answer import Answer, AnswerPart, Evidence
from retrieval.archive import Added
from retrieval.article import Version
from retrieval.exchange import Imported
from retrieval.feed.schedule import Pause
from retrieval.feed.subscription import Subscription
from retrieval.ingest.reading import Reading
from retrieval.text.sentences import sentences
from retrieval.verification import Checked, Verified


def answer_json(answer: Answer, key: str, after: str | None) -> dict[str, Any]:
    """Return an answer as an object; `key` is what it is kept under, `after` that of the one it follows."""
    return {
        "id": key,
        "question": answer.question,
        "answered": answer.answered,
        "as_of": answer.as_of,
        "after": after,
        "parts": [_part(part) for part in answer.parts],
    }


def article_json(version: Version) -> dict[str, Any]:
    """Return what `list` says of an article."""
    article = version.article
    return {
        "id": version.article_id,
        "version": version.number,
        "title": article.title,
        "source": article.source,
        "url": article.url,
        "author": article.author,
        "published": article.published,
        "added": version.added,
        "language": version.language,
        "guild": version.guild or None,
    }


def version_json(version: Version, before: Version | None) -> dict[str, Any]:
    """Return what `history` says of a version, with what changed in its text since the one before."""
    told = revised(before.article.text, version.article.text) if before else []
    changed = [{"removed": each.removed, "added": each.added} for each in told if each.removed or each.added]
    return {**article_json(version), "changes": changed}


def added_json(added: Added, reading: Reading) -> dict[str, Any]:
    """Return what `add` says of an article."""
    article = reading.article
    return {
        "id": added.article_id,
        "version": added.version,
        "title": article.title,
        "published": article.published,
        "source": article.source,
        "sentences": len(sentences(article.text)),
        "dropped": [{"text": each.text, "why": each.why} for each in reading.dropped],
        "duplicate_of": added.duplicate_of,
    }


def verified_json(verified: Verified) -> dict[str, Any]:
    """Return what `verify` says of an answer."""
    return {
        "id": verified.key,
        "question": verified.question,
        "verified": verified.holds,
        "quotations": [_checked(each) for each in verified.quotations],
    }


def imported_json(result: Imported) -> dict[str, Any]:
    """Return what `import` says when it is done."""
    return {
        "lines": result.lines,
        "added": result.added,
        "known": result.known,
        "corrected": result.corrected,
        "bad": [{"line": number, "why": why} for number, why in result.bad],
        "warnings": [{"line": number, "why": why} for number, why in result.warned],
    }


def feed_json(feed: Subscription) -> dict[str, Any]:
    """Return what `feed list` says of a feed."""
    schedule = feed.schedule
    return {
        "id": feed.id,
        "url": feed.url,
        "title": feed.title,
        "guild": feed.guild or None,
        "interval_minutes": schedule.interval // timedelta(minutes=1),
        "paused": schedule.pause is not None,
        "gone": schedule.pause is Pause.GONE,
        "due": None if schedule.pause else _time(schedule.due),
        "last_read": _time(feed.last_read),
        "failures": schedule.failures,
        "failing_since": _time(feed.failing_since),
        "last_error": feed.error,
        "articles": feed.articles,
        "waiting": feed.waiting,
        "refused": feed.refused,
        "last_refusal": feed.refusal,
    }


def poll_json(poll: Poll) -> dict[str, Any]:
    """Return what `feed add` and `feed poll` say of a feed: how it is now, and what came of reading it."""
    came = {"added": poll.added, "corrected": poll.corrected, "known": poll.known, "missed": poll.missed}
    return {**feed_json(poll.feed), **came}


def _checked(checked: Checked) -> dict[str, Any]:
    quotation = checked.quotation
    return {
        "article_id": quotation.article_id,
        "version": quotation.version,
        "start": quotation.span.start,
        "end": quotation.span.end,
        "quote": quotation.words,
        "state": checked.state,
        "newest_version": checked.now.version if checked.now else None,
        "now": checked.now.words if checked.now else None,
    }


def _part(part: AnswerPart) -> dict[str, Any]:
    return {
        "question": part.question,
        "answered": part.answered,
        "text": part.text,
        "confidence": part.confidence,
        "evidence": [_evidence(each) for each in part.evidence],
        "reason": str(part.refusal) if part.refusal else None,
        "nearest": [_evidence(each) for each in part.nearest],
    }


def _evidence(evidence: Evidence) -> dict[str, Any]:
    article, span = evidence.version.article, evidence.quotation.span
    return {
        "article_id": evidence.version.article_id,
        "version": evidence.version.number,
        "title": article.title,
        "source": article.source,
        "url": article.url,
        "author": article.author,
        "published": article.published,
        "quote": evidence.quotation.words,
        "start": span.start,
        "end": span.end,
        "answer_start": evidence.answer.start if evidence.answer else None,
        "answer_end": evidence.answer.end if evidence.answer else None,
        "speaker": None,
        "also_in": [other.article_id for other in evidence.also_in],
    }


def _time(time: datetime | None) -> str | None:
    return None if time is None else time.isoformat(timespec="seconds")
