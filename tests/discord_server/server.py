"""The server: a Discord of its own on a loopback port, with its world, its record and its faults."""

import re
import socket
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self, TypeVar

from aiohttp import web

from tests.discord_server import limits
from tests.discord_server.application_routes import ApplicationRoutes
from tests.discord_server.channel_routes import ChannelRoutes
from tests.discord_server.commands import Commands
from tests.discord_server.gateway import Gateway, Session
from tests.discord_server.happenings import Call, Happenings, Typing
from tests.discord_server.intents import Intent
from tests.discord_server.interaction_routes import InteractionRoutes
from tests.discord_server.interactions import Interaction
from tests.discord_server.people import Person
from tests.discord_server.permissions import Permission
from tests.discord_server.refusals import Json, Refusal
from tests.discord_server.responding import Interactions
from tests.discord_server.rest import Failure, Rest, too_many_requests
from tests.discord_server.world import Guild, User, World

T = TypeVar("T")

HOST = "127.0.0.1"
API = "/api/v10"
TOKEN = "MTEwMTAwNDgwMDAwMDAwMDAw.GlocaL.only-the-local-discord-takes-this"
BODY_BYTES = 64 * 1024 * 1024
GOING_AWAY = 1001


class DiscordServer:
    """A local Discord for one bot. Every waiting of its parts ends after `patience` seconds.

    `interaction_deadline` and `token_lifetime` are the seconds that Discord gives for a first response and for an
    interaction's token; `granted_intents` the privileged ones; `shards` how many it recommends. Discord wants
    `identify_interval` seconds between two logins, five of them; here none, as tests start bots in quick succession.
    """

    def __init__(
        self,
        *,
        patience: float = 5.0,
        interaction_deadline: float = limits.RESPONSE_SECONDS,
        token_lifetime: float = limits.INTERACTION_TOKEN_SECONDS,
        granted_intents: Intent = Intent.NONE,
        shards: int = 1,
        heartbeat_interval: float = 41.25,
        identify_interval: float = 0.0,
    ) -> None:
        self.token = TOKEN
        self._happenings = Happenings(patience)
        self.world = World(self._happenings, "quotidian")
        self._commands = Commands(self.world.snowflakes, self.world.application_id)
        self._interactions = Interactions(self.world, interaction_deadline, token_lifetime)
        self._gateway = Gateway(
            self.world,
            TOKEN,
            granted_intents,
            heartbeat_interval=heartbeat_interval,
            identify_interval=identify_interval,
        )
        self.world.announce = self._gateway.announce
        reads_content = Intent.MESSAGE_CONTENT in granted_intents
        routes = [
            *ApplicationRoutes(self.world, self._commands, self._gateway, shards).routes(),
            *ChannelRoutes(self.world, reads_content=reads_content).routes(),
            *InteractionRoutes(self._interactions).routes(),
        ]
        self._rest = Rest(self._happenings, TOKEN, routes)
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        application = web.Application(client_max_size=BODY_BYTES)
        application.router.add_get("/gateway", self._gateway.connect)
        application.router.add_get("/gateway/", self._gateway.connect)
        application.router.add_get("/attachments/{channel}/{attachment}/{filename}", self._attachment)
        application.router.add_route("*", API + "/{path:.*}", self._rest.serve)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        listening = socket.create_server((HOST, 0))
        await web.SockSite(self._runner, listening).start()
        address = f"{HOST}:{listening.getsockname()[1]}"
        self.world.site = f"http://{address}"
        self._gateway.url = f"ws://{address}/gateway"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._gateway.drop(GOING_AWAY, resumable=False)
        if self._runner is not None:
            await self._runner.cleanup()

    @property
    def api_base(self) -> str:
        return self.world.site + API

    @property
    def gateway_url(self) -> str:
        return self._gateway.url

    @property
    def application_id(self) -> int:
        return self.world.application_id

    @property
    def bot_user(self) -> User:
        return self.world.bot

    @property
    def calls(self) -> list[Call]:
        """Every HTTP request of the bot, in order; attachments that it read are not among them."""
        return self._happenings.calls

    @property
    def refusals(self) -> list[Refusal]:
        """Everything that was refused by rule, in order; failures that `fail_next` made are not among it."""
        return self._happenings.refusals

    @property
    def typing(self) -> list[Typing]:
        return self._happenings.typing

    @property
    def sessions(self) -> list[Session]:
        return list(self._gateway.sessions.values())

    @property
    def interactions(self) -> list[Interaction]:
        return self._interactions.all

    @property
    def unacknowledged(self) -> list[Interaction]:
        """The interactions to which the bot made no first response, until now or in time."""
        return [interaction for interaction in self.interactions if interaction.response_type is None]

    def commands(self, guild: Guild | None = None) -> list[Json]:
        """What the bot registered, for everyone or for one guild."""
        return self._commands.of(guild.id if guild else None)

    def add_user(self, name: str) -> Person:
        person = Person(self.world.snowflakes.new(), name, self.world, self._commands, self._interactions)
        self.world.users[person.id] = person
        return person

    def add_guild(
        self,
        name: str,
        *,
        guild_id: int | None = None,
        owner: Person | None = None,
        bot_permissions: Permission = Permission.NONE,
        with_bot: bool = True,
    ) -> Guild:
        """A guild with an owner, and the bot unless `with_bot` is false; its id is `guild_snowflake(number)` or given.

        The bot's permissions come on top of @everyone's, which are those of a new guild.
        """
        guild = self.world.add_guild(name, owner or self.add_user(f"owner of {name}"), guild_id)
        if with_bot:
            guild.add_bot(bot_permissions)
        return guild

    async def until(self, found: Callable[[], T | None], awaited: str, within: float | None = None) -> T:
        """Wait until `found` returns something else than None; otherwise "the bot did not" `awaited`."""
        return await self._happenings.until(found, awaited, within)

    async def connected(self, shards: int = 1, within: float | None = None) -> None:
        """Wait until so many shards of the bot have a connection, and its commands can be sent to it."""

        def connections() -> bool | None:
            return sum(session.connection is not None for session in self.sessions) >= shards or None

        await self.until(connections, f"connect {shards} shards", within)

    async def commands_registered(self, guild: Guild | None = None, within: float | None = None) -> list[Json]:
        return await self.until(lambda: self.commands(guild) or None, "register commands", within)

    async def drop_connections(self, code: int = 4000, *, resumable: bool = True) -> None:
        """Close the gateway's connections. Sessions that are not resumable must be opened anew."""
        await self._gateway.drop(code, resumable=resumable)

    async def dispatch_raw(self, event: str, payload: Any) -> None:
        """Send every shard an event as it stands, well formed or not."""
        self._gateway.announce_raw(event, payload)

    def fail_next(
        self,
        method: str,
        path: str,
        status: int,
        *,
        times: int = 1,
        code: int = 0,
        message: str = "",
        retry_after: float = 0.1,
        everywhere: bool = False,
        via: bool = True,
    ) -> None:
        """Answer the next requests whose path, without the API's base, matches this pattern with a failure.

        `retry_after` (seconds), `everywhere` (all routes are limited) and `via` (whether the answer comes from Discord
        rather than from a ban in front of it) are a 429's.
        """
        if status == web.HTTPTooManyRequests.status_code:
            body, _, headers = too_many_requests(retry_after, everywhere=everywhere)
            headers = headers if via else {name: each for name, each in headers.items() if name != "Via"}
        else:
            body, headers = {"code": code, "message": message or f"{status}: asked for by a test"}, {}
        self._rest.failures.append(Failure(method, re.compile(path), status, body, headers, times))

    def take_refusals(self, code: int) -> list[Refusal]:
        """The refusals with this code, which are expected then and no longer kept."""
        taken = [refusal for refusal in self.refusals if refusal.code == code]
        self.refusals[:] = [refusal for refusal in self.refusals if refusal.code != code]
        return taken

    async def _attachment(self, request: web.Request) -> web.Response:
        place = request.match_info
        attachment = self.world.attachments.get(int(place["attachment"])) if place["attachment"].isdigit() else None
        if attachment is None or attachment.filename != place["filename"]:
            raise web.HTTPNotFound
        return web.Response(body=attachment.body, content_type="application/octet-stream")
