"""Web sites on this machine's loopback addresses, and names that lead to them.

Connections to 127.0.0.1 are allowed in these tests, as if it were public; 127.0.0.2 stays as private as it is.
"""

import asyncio
import gzip
import socket
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import dataclass, field
from time import monotonic

from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.fetching.addresses import is_public
from bot.fetching.fetcher import Fetcher
from bot.fetching.limits import Limits

PUBLIC, PRIVATE = "127.0.0.1", "127.0.0.2"
ABOUT = "https://bot.example/about"
LIMITS = Limits(sent=100_000, unpacked=300_000, seconds=5, redirects=3, pause=0)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


HARBOUR = "<p>The harbour at Brackwater opens again on Monday.</p>"
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
PACK: Mapping[str, Callable[[bytes], bytes]] = {"gzip": gzip.compress, "deflate": zlib.compress}


def page(body: str | bytes = HARBOUR, status: int = 200, kind: str = "text/html", **headers: str) -> Handler:
    """A page that is sent as it stands; `_` in a header's name stands for `-`."""

    async def answer(_: web.Request) -> web.Response:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        whole = body.encode() if isinstance(body, str) else body
        return web.Response(body=whole, status=status, headers={"Content-Type": kind, **sent})

    return answer


def redirect(to: str, status: int = 302) -> Handler:
    return page("", status, Location=to)


def allows(address: str) -> bool:
    return address == PUBLIC or is_public(address)


class Names(AbstractResolver):
    """Names and their addresses; other names do not exist."""

    def __init__(self, addresses: Mapping[str, list[str]]) -> None:
        self._addresses = addresses

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        if host not in self._addresses:
            raise OSError(f"no such name: {host}")
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
            for address in self._addresses[host]
        ]

    async def close(self) -> None:
        pass


def fetcher(limits: Limits = LIMITS, **names: list[str]) -> Fetcher:
    """A fetcher that knows the names `name.example` alone."""
    resolver = Names({f"{name}.example": addresses for name, addresses in names.items()})
    return Fetcher(ABOUT, limits, allows=allows, resolver=resolver)


@dataclass(frozen=True, slots=True)
class Call:
    path: str
    host: str
    headers: Mapping[str, str]
    began: float
    ended: float


@dataclass
class Site:
    """A site that answers with what stands in `pages`, and with status 404 where nothing does."""

    port: int
    address: str
    pages: dict[str, Handler] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)

    def link(self, path: str = "/", host: str | None = None) -> str:
        return f"http://{host or self.address}:{self.port}{path}"

    def paths(self) -> list[str]:
        return [call.path for call in self.calls]

    async def answer(self, request: web.Request) -> web.StreamResponse:
        began = monotonic()
        try:
            handler = self.pages.get(request.path)
            return await handler(request) if handler else web.Response(status=404, text="Nothing here.")
        finally:
            self.calls.append(Call(request.path, request.host, request.headers, began, monotonic()))


@asynccontextmanager
async def site(address: str = PUBLIC) -> AsyncIterator[Site]:
    listening = socket.create_server((address, 0))
    served = Site(listening.getsockname()[1], address)
    application = web.Application()
    application.router.add_get("/{path:.*}", served.answer)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.SockSite(runner, listening).start()
    try:
        yield served
    finally:
        await runner.cleanup()


@asynccontextmanager
async def saying(pieces: Iterable[bytes], every: float = 0) -> AsyncIterator[str]:
    """A server that says these bytes, whatever it is asked, a piece `every` so many seconds; it gives its link."""
    speeches: list[asyncio.Task[None]] = []

    async def say(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with closing(writer), suppress(ConnectionError, asyncio.IncompleteReadError):  # the caller had enough
            await reader.readuntil(b"\r\n\r\n")
            for piece in pieces:
                writer.write(piece)
                await writer.drain()
                await asyncio.sleep(every)

    def begin(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        speeches.append(asyncio.create_task(say(reader, writer)))

    try:
        async with await asyncio.start_server(begin, PUBLIC, 0) as server:
            yield f"http://{PUBLIC}:{server.sockets[0].getsockname()[1]}/"
    finally:
        for speech in speeches:
            speech.cancel()
        await asyncio.gather(*speeches, return_exceptions=True)
