"""Routes of the application itself: who it is, where its gateway is, its commands, and the guilds it is in."""

from tests.discord_server import payloads
from tests.discord_server.commands import Commands
from tests.discord_server.gateway import Gateway
from tests.discord_server.refusals import Json, Reason, Refused
from tests.discord_server.rest import Answer, Asked, Route
from tests.discord_server.world import Guild, World


class ApplicationRoutes:
    """`shards` is how many shards Discord recommends to this bot."""

    def __init__(self, world: World, commands: Commands, gateway: Gateway, shards: int) -> None:
        self._world = world
        self._commands = commands
        self._gateway = gateway
        self._shards = shards

    def routes(self) -> list[Route]:
        commands = "/applications/{application}/commands"
        guild_commands = "/applications/{application}/guilds/{guild}/commands"
        return [
            Route("GET", "/users/@me", self._me),
            Route("GET", "/users/{user}", self._user),
            Route("GET", "/oauth2/applications/@me", self._application),
            Route("GET", "/applications/@me", self._application),
            Route("GET", "/gateway", self._gateway_url, token=False),
            Route("GET", "/gateway/bot", self._gateway_for_bot),
            Route("PUT", commands, self._register),
            Route("GET", commands, self._registered),
            Route("PUT", guild_commands, self._register),
            Route("GET", guild_commands, self._registered),
            Route("GET", "/guilds/{guild}", self._guild),
            Route("GET", "/guilds/{guild}/channels", self._channels),
            Route("GET", "/guilds/{guild}/members/{user}", self._member),
        ]

    def _me(self, _: Asked) -> Answer:
        return Answer(payloads.user(self._world.bot))

    def _user(self, asked: Asked) -> Answer:
        user = self._world.users.get(asked.id("user"))
        if user is None:
            raise Refused(Reason.UNKNOWN_USER)
        return Answer(payloads.user(user))

    def _application(self, _: Asked) -> Answer:
        owner = next((user for user in self._world.users.values() if not user.bot), self._world.bot)
        description: Json = {
            "id": str(self._world.application_id),
            "name": self._world.bot.name,
            "icon": None,
            "description": "",
            "summary": "",
            "bot_public": True,
            "bot_require_code_grant": False,
            "verify_key": "0" * 64,
            "flags": 0,
            "owner": payloads.user(owner),
            "team": None,
        }
        return Answer(description)

    def _gateway_url(self, _: Asked) -> Answer:
        return Answer({"url": self._gateway.url})

    def _gateway_for_bot(self, _: Asked) -> Answer:
        starts = {"total": 1_000, "remaining": 1_000, "reset_after": 0, "max_concurrency": 1}
        return Answer({"url": self._gateway.url, "shards": self._shards, "session_start_limit": starts})

    def _register(self, asked: Asked) -> Answer:
        registered = self._commands.register(self._scope(asked), asked.body)
        return Answer(registered)

    def _registered(self, asked: Asked) -> Answer:
        return Answer(self._commands.of(self._scope(asked)))

    def _guild(self, asked: Asked) -> Answer:
        payload = payloads.guild(self._found_guild(asked))
        for only_in_event in ("channels", "threads", "members", "member_count", "presences", "voice_states"):
            payload.pop(only_in_event)
        return Answer(payload)

    def _channels(self, asked: Asked) -> Answer:
        return Answer([payloads.channel(channel) for channel in self._found_guild(asked).channels])

    def _member(self, asked: Asked) -> Answer:
        member = self._found_guild(asked).members.get(asked.id("user"))
        if member is None:
            raise Refused(Reason.UNKNOWN_MEMBER)
        return Answer(payloads.member_with_user(member))

    def _scope(self, asked: Asked) -> int | None:
        if asked.id("application") != self._world.application_id:
            raise Refused(Reason.UNKNOWN_APPLICATION)
        return self._found_guild(asked).id if "guild" in asked.places else None

    def _found_guild(self, asked: Asked) -> Guild:
        guild = self._world.guilds.get(asked.id("guild"))
        if guild is None:
            raise Refused(Reason.UNKNOWN_GUILD)
        if not guild.has_bot:
            raise Refused(Reason.MISSING_ACCESS)
        return guild
