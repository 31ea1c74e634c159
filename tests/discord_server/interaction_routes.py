"""Routes of interactions: the callback and what their webhook can do; the token in the path is all the login."""

from tests.discord_server import payloads
from tests.discord_server.messages import Message
from tests.discord_server.refusals import Reason, Refused
from tests.discord_server.responding import Interactions
from tests.discord_server.rest import Answer, Asked, Route

ORIGINAL = "@original"


class InteractionRoutes:
    def __init__(self, interactions: Interactions) -> None:
        self._interactions = interactions

    def routes(self) -> list[Route]:
        webhook = "/webhooks/{application}/{token}"
        message = f"{webhook}/messages/{{message}}"
        return [
            Route("POST", "/interactions/{interaction}/{token}/callback", self._respond, token=False),
            Route("POST", webhook, self._follow_up, token=False),
            Route("GET", message, self._message, token=False),
            Route("PATCH", message, self._edit, token=False),
            Route("DELETE", message, self._delete, token=False),
        ]

    def _respond(self, asked: Asked) -> Answer:
        token = asked.places["token"]
        response = self._interactions.respond(asked.id("interaction"), token, asked.body, asked.uploads)
        wants_response = asked.query.get("with_response", "").lower() in ("1", "true")
        return Answer(response) if wants_response else Answer(status=204)

    def _follow_up(self, asked: Asked) -> Answer:
        token = asked.places["token"]
        message = self._interactions.follow_up(asked.id("application"), token, asked.body, asked.uploads)
        return Answer(payloads.message(message))

    def _message(self, asked: Asked) -> Answer:
        return Answer(payloads.message(self._found(asked)))

    def _edit(self, asked: Asked) -> Answer:
        message = self._found(asked)
        self._interactions.edit(message, asked.body, asked.uploads)
        return Answer(payloads.message(message))

    def _delete(self, asked: Asked) -> Answer:
        self._interactions.delete(self._found(asked))
        return Answer(status=204)

    def _found(self, asked: Asked) -> Message:
        application_id, token = asked.id("application"), asked.places["token"]
        if asked.places["message"] == ORIGINAL:
            return self._interactions.original(application_id, token)
        if not asked.places["message"].isdigit():
            raise Refused(Reason.UNKNOWN_MESSAGE)
        return self._interactions.message(application_id, token, int(asked.places["message"]))
