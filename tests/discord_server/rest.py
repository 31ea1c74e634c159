"""The HTTP side: every request is recorded, and answered or refused by the route that its path names."""

import asyncio
import json
import re
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.multipart import BodyPartReader

from tests.discord_server import limits
from tests.discord_server.happenings import Call, Happenings
from tests.discord_server.posting import Upload
from tests.discord_server.refusals import Faults, Json, Reason, Refusal, Refused

VIA = {"Via": "1.1 google"}
"""Discord's own 429 answers pass through a proxy; clients take one without this header for a ban and give up."""

NUMBER = re.compile(r"\d{15,20}")
FILE_FIELD = re.compile(r"files\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class Asked:
    """One request, understood: `places` are the parts of its path that the route leaves open."""

    body: Any
    uploads: list[Upload]
    query: Mapping[str, str]
    places: dict[str, str]

    def id(self, place: str) -> int:
        """An id out of the path; raises `Refused` when it is none."""
        text = self.places[place]
        if not NUMBER.fullmatch(text):
            faults = Faults()
            faults.add((place,), "NUMBER_TYPE_COERCE", f'Value "{text}" is not snowflake.')
            faults.refuse_any()
        return int(text)


@dataclass(frozen=True, slots=True)
class Answer:
    body: Any = None
    status: int = 200


Handler = Callable[[Asked], Answer]


@dataclass(frozen=True, slots=True)
class Route:
    """A method and a path such as /channels/{channel}/messages. Without `token` anyone may ask: the path is secret."""

    method: str
    path: str
    handler: Handler
    token: bool = True

    def match(self, method: str, path: str) -> dict[str, str] | None:
        pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", self.path)
        found = re.fullmatch(pattern, path)
        return found.groupdict() if found and method == self.method else None


@dataclass(slots=True)
class Failure:
    """What the next requests to a path get instead of an answer."""

    method: str
    path: re.Pattern[str]
    status: int
    body: Json
    headers: dict[str, str]
    times: int


@dataclass(slots=True)
class Rest:
    """The API under one base path."""

    happenings: Happenings
    token: str
    routes: list[Route]
    failures: list[Failure] = field(default_factory=list)
    _recent: deque[float] = field(default_factory=deque)

    async def serve(self, request: web.Request) -> web.Response:
        call, uploads = await _read(request)
        self.happenings.calls.append(call)
        failure = self._failure_for(call)
        if failure is not None:
            return self._answered(call, failure.body, failure.status, failure.headers)
        try:
            answer = self._answer(call, uploads)
        except Refused as refused:
            asked = f"{call.method} {call.path}"
            refusal = Refusal(asked, refused.status, refused.code, refused.message, refused.errors)
            self.happenings.refusals.append(refusal)
            if refused.status == web.HTTPTooManyRequests.status_code:
                return self._answered(call, *too_many_requests(1.0, everywhere=True))
            return self._answered(call, refused.body(), refused.status, {})
        return self._answered(call, answer.body, answer.status, {})

    def _answer(self, call: Call, uploads: list[Upload]) -> Answer:
        for route in self.routes:
            places = route.match(call.method, call.path)
            if places is None:
                continue
            if route.token and call.headers.get("Authorization") != f"Bot {self.token}":
                raise Refused(Reason.UNAUTHORIZED)
            if route.token and self._asks_too_often(call.at):
                raise Refused(Reason.TOO_MANY_REQUESTS)
            body = {} if call.body is None else call.body
            return route.handler(Asked(body, uploads, call.query, places))
        raise Refused(Reason.NOT_FOUND)

    def _asks_too_often(self, now: float) -> bool:
        """Count requests of the last second; those that interactions make are not counted."""
        while self._recent and self._recent[0] <= now - 1:
            self._recent.popleft()
        if len(self._recent) >= limits.REQUESTS_A_SECOND:
            return True
        self._recent.append(now)
        return False

    def _failure_for(self, call: Call) -> Failure | None:
        for failure in self.failures:
            if failure.times and failure.method == call.method and failure.path.fullmatch(call.path):
                failure.times -= 1
                return failure
        return None

    def _answered(self, call: Call, body: Any, status: int, headers: dict[str, str]) -> web.Response:
        call.status, call.answer = status, body
        self.happenings.changed()
        if status == web.HTTPNoContent.status_code:
            return web.Response(status=status, headers=headers)
        # Exactly this content type: with a charset after it clients take the answer for text.
        typed = headers | {"Content-Type": "application/json"}
        return web.Response(body=json.dumps(body).encode(), status=status, headers=typed)


def too_many_requests(retry_after: float, *, everywhere: bool) -> tuple[Json, int, dict[str, str]]:
    """Body, status and headers of a 429: for all routes, or for one."""
    _, code, message = Reason.TOO_MANY_REQUESTS.value
    body: Json = {"message": message, "code": code, "retry_after": retry_after, "global": everywhere}
    scope = "global" if everywhere else "user"
    headers = VIA | {"Retry-After": f"{retry_after:.3f}", "X-RateLimit-Scope": scope}
    return body, 429, headers | ({"X-RateLimit-Global": "true"} if everywhere else {})


async def _read(request: web.Request) -> tuple[Call, list[Upload]]:
    body: Any = None
    uploads: list[Upload] = []
    if request.content_type == "multipart/form-data":
        async for part in await request.multipart():
            if not isinstance(part, BodyPartReader):
                continue
            numbered = FILE_FIELD.fullmatch(part.name or "")
            if numbered is not None:
                uploads.append(Upload(int(numbered[1]), part.filename or "file", bytes(await part.read())))
            elif part.name == "payload_json":
                body = json.loads(await part.text())
    elif text := await request.text():
        body = json.loads(text)
    call = Call(
        request.method,
        "/" + request.match_info["path"],
        dict(request.query),
        dict(request.headers),
        body,
        [(upload.filename, upload.body) for upload in uploads],
        asyncio.get_running_loop().time(),
    )
    return call, uploads
