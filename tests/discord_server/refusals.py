"""Refusals: what Discord does not let a bot do, in the words of its error answers."""

from dataclasses import dataclass, field
from enum import Enum
from typing import Any

Json = dict[str, Any]
Path = tuple[str | int, ...]


class Reason(Enum):
    """HTTP status, Discord's own code, and its sentence."""

    UNAUTHORIZED = (401, 0, "401: Unauthorized")
    NOT_FOUND = (404, 0, "404: Not Found")
    UNKNOWN_CHANNEL = (404, 10003, "Unknown Channel")
    UNKNOWN_GUILD = (404, 10004, "Unknown Guild")
    UNKNOWN_MEMBER = (404, 10007, "Unknown Member")
    UNKNOWN_MESSAGE = (404, 10008, "Unknown Message")
    UNKNOWN_USER = (404, 10013, "Unknown User")
    UNKNOWN_WEBHOOK = (404, 10015, "Unknown Webhook")
    UNKNOWN_INTERACTION = (404, 10062, "Unknown interaction")
    UNKNOWN_COMMAND = (404, 10063, "Unknown application command")
    UNKNOWN_APPLICATION = (404, 10002, "Unknown Application")
    TOO_LARGE = (413, 40005, "Request entity too large")
    ACKNOWLEDGED = (400, 40060, "Interaction has already been acknowledged.")
    TOO_MANY_REQUESTS = (429, 0, "You are being rate limited.")
    MISSING_ACCESS = (403, 50001, "Missing Access")
    DM_CHANNEL = (403, 50003, "Cannot execute action on a DM channel")
    NOT_THE_AUTHOR = (403, 50005, "Cannot edit a message authored by another user")
    EMPTY_MESSAGE = (400, 50006, "Cannot send an empty message")
    USER_REFUSES = (403, 50007, "Cannot send messages to this user")
    MISSING_PERMISSIONS = (403, 50013, "Missing Permissions")
    WRONG_CHANNEL_TYPE = (400, 50024, "Cannot execute action on this channel type")
    TOKEN_EXPIRED = (401, 50027, "Invalid Webhook Token")
    INVALID_FORM = (400, 50035, "Invalid Form Body")
    THREAD_LOCKED = (403, 160005, "Thread is locked")
    NO_HISTORY = (400, 160002, "Cannot reply without permission to read message history")
    THREAD_EXISTS = (400, 160004, "A thread has already been created for this message")


class Refused(Exception):
    """Raised where a request is looked at, answered at the edge as Discord would."""

    def __init__(self, reason: Reason, errors: Json | None = None) -> None:
        self.status, self.code, self.message = reason.value
        self.errors = errors or {}
        super().__init__(f"{self.message} ({self.code}) {self.errors or ''}")

    def body(self) -> Json:
        body: Json = {"message": self.message, "code": self.code}
        return body | {"errors": self.errors} if self.errors else body


@dataclass(frozen=True, slots=True)
class Refusal:
    """One thing that the bot asked and did not get.

    `asked` is the method and path, or the gateway's IDENTIFY; there `status` and `code` are both the close code.
    """

    asked: str
    status: int
    code: int
    message: str
    errors: Json = field(default_factory=dict)


class Faults:
    """What is wrong with one request, gathered so that all of it is answered together."""

    def __init__(self) -> None:
        self._errors: Json = {}

    def add(self, path: Path, code: str, message: str) -> None:
        place = self._errors
        for step in path:
            place = place.setdefault(str(step), {})
        place.setdefault("_errors", []).append({"code": code, "message": message})

    def check_length(self, path: Path, text: object, most: int, least: int = 0) -> None:
        """A text of `least` to `most` characters; white space alone is no text where one is required."""
        if not isinstance(text, str):
            self.add(path, "BASE_TYPE_BAD_TYPE" if text is not None else "BASE_TYPE_REQUIRED", "This field is required")
        elif least and not text.strip():
            self.add(path, "BASE_TYPE_REQUIRED", "This field is required")
        elif least and not least <= len(text) <= most:
            self.add(path, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length.")
        elif len(text) > most:
            self.add(path, "BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length.")

    def check_optional(self, path: Path, text: object, most: int) -> None:
        if text is not None:
            self.check_length(path, text, most)

    def check_count(self, path: Path, count: int, most: int, least: int = 0) -> None:
        if not least <= count <= most:
            self.add(path, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length.")

    def check_range(self, path: Path, number: object, least: float, most: float) -> None:
        if isinstance(number, bool) or not isinstance(number, int | float):
            self.add(path, "NUMBER_TYPE_COERCE", f'Value "{number}" is not a number.')
        elif number < least:
            self.add(path, "NUMBER_TYPE_MIN", f"int value should be greater than or equal to {least}.")
        elif number > most:
            self.add(path, "NUMBER_TYPE_MAX", f"int value should be less than or equal to {most}.")

    def check_unique(self, path: Path, seen: set[object], value: object, code: str, message: str) -> None:
        if value in seen:
            self.add(path, code, message)
        seen.add(value)

    def refuse_any(self) -> None:
        """Raise `Refused` with all that was added, if anything was."""
        if self._errors:
            raise Refused(Reason.INVALID_FORM, self._errors)
