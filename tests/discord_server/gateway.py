"""The gateway: sessions of shards over WebSockets, which live longer than their connections."""

import asyncio
import contextlib
import json
import secrets
import zlib
from collections import deque
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from aiohttp import WSMsgType, web

from tests.discord_server import limits, payloads
from tests.discord_server.intents import PRIVILEGED, Intent, needed_for
from tests.discord_server.refusals import Json, Refusal
from tests.discord_server.snowflakes import shard_of
from tests.discord_server.world import Guild, World


class Op(IntEnum):
    DISPATCH = 0
    HEARTBEAT = 1
    IDENTIFY = 2
    PRESENCE = 3
    VOICE_STATE = 4
    RESUME = 6
    RECONNECT = 7
    REQUEST_MEMBERS = 8
    INVALID_SESSION = 9
    HELLO = 10
    HEARTBEAT_ACK = 11


class Close(IntEnum):
    NOT_AUTHENTICATED = 4003
    AUTHENTICATION_FAILED = 4004
    ALREADY_AUTHENTICATED = 4005
    RATE_LIMITED = 4008
    INVALID_SHARD = 4010
    SHARDING_REQUIRED = 4011
    DISALLOWED_INTENTS = 4014


MINUTE = 60.0
CLOSING_SECONDS = 1.0
GOODBYE = (1000, 1001)
"""The codes with which a client ends its session along with its connection."""


class Connection:
    """One WebSocket. What is sent waits in a queue, so that whoever announces an event never waits for the bot."""

    def __init__(self, socket: web.WebSocketResponse, *, compressed: bool) -> None:
        self.socket = socket
        self.session: Session | None = None
        self.ended_here = False
        self._outbox: asyncio.Queue[str] = asyncio.Queue()
        self._compressor = zlib.compressobj() if compressed else None
        self._received: deque[float] = deque()

    def send(self, frame: Json) -> None:
        self._outbox.put_nowait(json.dumps(frame))

    async def write(self) -> None:
        while True:
            frame = await self._outbox.get()
            if self._compressor is None:
                await self.socket.send_str(frame)
            else:
                body = self._compressor.compress(frame.encode()) + self._compressor.flush(zlib.Z_SYNC_FLUSH)
                await self.socket.send_bytes(body)

    async def close(self, code: int, message: str = "") -> None:
        self.ended_here = True
        await self.socket.close(code=code, message=message.encode())

    def sends_too_often(self) -> bool:
        now = asyncio.get_running_loop().time()
        self._received.append(now)
        while self._received[0] < now - MINUTE:
            self._received.popleft()
        return len(self._received) > limits.GATEWAY_SENDS_A_MINUTE


@dataclass(eq=False, slots=True)
class Session:
    """One shard's login. `sent` are the events so far, to be sent again when a new connection resumes it."""

    id: str
    shard: int
    shards: int
    intents: Intent
    presence: Json | None
    connection: Connection | None
    sent: list[Json] = field(default_factory=list)

    def dispatch(self, event: str, payload: Json) -> None:
        frame = {"op": Op.DISPATCH, "t": event, "s": len(self.sent) + 1, "d": payload}
        self.sent.append(frame)
        if self.connection is not None:
            self.connection.send(frame)

    def serves(self, guild_id: int | None) -> bool:
        """Whether events of this guild, or of DMs, belong to this shard."""
        return self.shard == (0 if guild_id is None else shard_of(guild_id, self.shards))


class Gateway:
    """All sessions of one bot. `granted` are the privileged intents that it may use.

    Sessions must begin `identify_interval` seconds apart, or they are invalid at once.
    """

    def __init__(
        self, world: World, token: str, granted: Intent, *, heartbeat_interval: float, identify_interval: float
    ) -> None:
        self.url = ""
        self.sessions: dict[str, Session] = {}
        self._world = world
        self._token = token
        self._granted = granted
        self._heartbeat_interval = heartbeat_interval
        self._identify_interval = identify_interval
        self._next_identify = 0.0
        self._connections: set[Connection] = set()

    def announce(self, event: str, payload: Json, guild_id: int | None) -> None:
        """Tell every session that should hear of it; of a guild without the bot only interactions are heard."""
        guild = None if guild_id is None else self._world.guilds[guild_id]
        if guild is not None and not guild.has_bot and event not in ("INTERACTION_CREATE", "GUILD_DELETE"):
            return
        needed = needed_for(event, in_guild=guild_id is not None)
        for session in self.sessions.values():
            if not session.serves(guild_id) or needed not in session.intents:
                continue
            seen = payload
            if event in ("MESSAGE_CREATE", "MESSAGE_UPDATE") and Intent.MESSAGE_CONTENT not in session.intents:
                seen = payloads.without_content(payload, self._world.bot.id, in_dm=guild_id is None)
            session.dispatch(event, seen)

    def announce_raw(self, event: str, payload: Any) -> None:
        """Tell every session, whatever it asked for, something that Discord may never say."""
        for session in self.sessions.values():
            session.dispatch(event, payload)

    async def drop(self, code: int, *, resumable: bool) -> None:
        """Close all connections; sessions that are not resumable are forgotten with them."""
        if not resumable:
            self.sessions.clear()
        await asyncio.gather(*(connection.close(code) for connection in list(self._connections)))

    async def connect(self, request: web.Request) -> web.WebSocketResponse:
        """Serve one WebSocket until either side closes it."""
        socket = web.WebSocketResponse(timeout=CLOSING_SECONDS)
        await socket.prepare(request)
        connection = Connection(socket, compressed=request.query.get("compress") == "zlib-stream")
        self._connections.add(connection)
        connection.send({"op": Op.HELLO, "d": {"heartbeat_interval": int(self._heartbeat_interval * 1000)}})
        writing = asyncio.create_task(connection.write())
        try:
            async for frame in socket:
                if frame.type is WSMsgType.TEXT:
                    await self._receive(connection, json.loads(frame.data))
        finally:
            writing.cancel()
            with contextlib.suppress(asyncio.CancelledError, ConnectionError):
                await writing
            self._connections.discard(connection)
            if connection.session is not None and connection.session.connection is connection:
                connection.session.connection = None
                if socket.close_code in GOODBYE and not connection.ended_here:
                    self.sessions.pop(connection.session.id, None)
            self._world.happenings.changed()
        return socket

    async def _receive(self, connection: Connection, frame: Json) -> None:
        if connection.sends_too_often():
            await self._close(connection, Close.RATE_LIMITED, "You are being rate limited.")
            return
        payload: Any = frame.get("d")
        match frame.get("op"):
            case Op.HEARTBEAT:
                connection.send({"op": Op.HEARTBEAT_ACK})
            case Op.IDENTIFY:
                await self._identify(connection, payload)
            case Op.RESUME:
                await self._resume(connection, payload)
            case _ if connection.session is None:
                await self._close(connection, Close.NOT_AUTHENTICATED, "Not authenticated.")
            case Op.PRESENCE:
                connection.session.presence = payload
                self._world.happenings.changed()
            case Op.REQUEST_MEMBERS:
                self._send_members(connection.session, payload)

    async def _identify(self, connection: Connection, wanted: Json) -> None:
        intents = Intent(wanted["intents"])
        shard, shards = wanted.get("shard", (0, 1))
        guilds = [
            guild for guild in self._world.guilds.values() if guild.has_bot and shard_of(guild.id, shards) == shard
        ]
        if connection.session is not None:
            await self._close(connection, Close.ALREADY_AUTHENTICATED, "Already authenticated.")
        elif wanted["token"] != self._token:
            await self._close(connection, Close.AUTHENTICATION_FAILED, "Authentication failed.")
        elif intents & PRIVILEGED & ~self._granted:
            await self._close(connection, Close.DISALLOWED_INTENTS, "Disallowed intent(s).")
        elif not 0 <= shard < shards:
            await self._close(connection, Close.INVALID_SHARD, "Invalid shard.")
        elif len(guilds) > limits.GUILDS_A_SHARD:
            await self._close(connection, Close.SHARDING_REQUIRED, "Sharding required.")
        elif (now := asyncio.get_running_loop().time()) < self._next_identify:
            connection.send({"op": Op.INVALID_SESSION, "d": False})
        else:
            self._next_identify = now + self._identify_interval
            session = Session(secrets.token_hex(16), shard, shards, intents, wanted.get("presence"), connection)
            connection.session = session
            self.sessions[session.id] = session
            self._send_ready(session, guilds)

    def _send_ready(self, session: Session, guilds: list[Guild]) -> None:
        application = {"id": str(self._world.application_id), "flags": 0}
        session.dispatch(
            "READY",
            {
                "v": 10,
                "user": payloads.user(self._world.bot),
                "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
                "session_id": session.id,
                "resume_gateway_url": self.url,
                "shard": [session.shard, session.shards],
                "application": application,
            },
        )
        if Intent.GUILDS in session.intents:
            for guild in guilds:
                session.dispatch("GUILD_CREATE", payloads.guild(guild) | {"unavailable": False})
        self._world.happenings.changed()

    async def _resume(self, connection: Connection, wanted: Json) -> None:
        if wanted["token"] != self._token:
            await self._close(connection, Close.AUTHENTICATION_FAILED, "Authentication failed.")
            return
        session = self.sessions.get(wanted["session_id"])
        if session is None:
            connection.send({"op": Op.INVALID_SESSION, "d": False})
            return
        session.connection, connection.session = connection, session
        for frame in session.sent[wanted["seq"] :]:
            connection.send(frame)
        session.dispatch("RESUMED", {})
        self._world.happenings.changed()

    def _send_members(self, session: Session, wanted: Json) -> None:
        """Answer a request for members: those asked for by id, or whose names begin with the query."""
        guild = self._world.guilds[int(wanted["guild_id"])]
        asked = wanted.get("user_ids") or []
        ids = {int(each) for each in (asked if isinstance(asked, list) else [asked])}
        query = wanted.get("query") or ""
        chosen = [each for each in guild.members.values() if not ids or each.user.id in ids]
        if query:
            chosen = [each for each in chosen if each.user.name.startswith(query)]
        elif not ids and Intent.GUILD_MEMBERS not in session.intents:
            chosen = []
        answer: Json = {
            "guild_id": str(guild.id),
            "members": [payloads.member_with_user(each) for each in chosen],
            "chunk_index": 0,
            "chunk_count": 1,
            "not_found": [str(each) for each in sorted(ids - guild.members.keys())],
        }
        session.dispatch("GUILD_MEMBERS_CHUNK", answer | ({"nonce": wanted["nonce"]} if "nonce" in wanted else {}))

    async def _close(self, connection: Connection, code: Close, message: str) -> None:
        self._world.happenings.refusals.append(Refusal("gateway", int(code), int(code), message))
        self._world.happenings.changed()
        await connection.close(code, message)
