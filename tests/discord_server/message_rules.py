"""The rules for a message: what Discord checks before it accepts one or a change to one."""

import re
from dataclasses import dataclass
from typing import Any

from tests.discord_server import limits
from tests.discord_server.component_rules import check_components
from tests.discord_server.messages import MessageFlag
from tests.discord_server.refusals import Faults, Json, Reason, Refused

LINK = re.compile(r"(https?|attachment)://\S+")
EMBED_TEXTS = {"title": limits.EMBED_TITLE, "description": limits.EMBED_DESCRIPTION}
SHOWN_IN_EMBED = ("title", "description", "fields", "image", "thumbnail", "video", "footer", "author")
MENTION_KINDS = ("users", "roles", "everyone")


@dataclass(slots=True)
class Draft:
    """A message as it would stand if Discord accepted it; `filenames` are its attachments, kept and new."""

    content: Any
    embeds: Any
    components: Any
    flags: MessageFlag
    filenames: list[str]

    def check(self) -> None:
        """Raise `Refused` for the first kind of thing that is wrong: the form, then emptiness."""
        faults = Faults()
        faults.check_optional(("content",), self.content, limits.CONTENT)
        faults.check_count(("attachments",), len(self.filenames), limits.ATTACHMENTS)
        _check_embeds(faults, self.embeds)
        is_v2 = MessageFlag.COMPONENTS_V2 in self.flags
        if is_v2:
            self._check_v2_stands_alone(faults)
        check_components(faults, self.components, self.filenames, v2=is_v2)
        faults.refuse_any()
        shows_embed = any(embed.get(key) for embed in self.embeds for key in SHOWN_IN_EMBED)
        if not ((self.content or "").strip() or shows_embed or self.components or self.filenames):
            raise Refused(Reason.EMPTY_MESSAGE)

    def _check_v2_stands_alone(self, faults: Faults) -> None:
        for key, value in (("content", self.content), ("embeds", self.embeds)):
            if value:
                code = "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"
                faults.add((key,), code, f"The '{key}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2")


def check_allowed_mentions(allowed: Json | None) -> None:
    """A kind cannot be parsed and listed at once; lists hold at most a hundred."""
    if allowed is None:
        return
    faults = Faults()
    parse = allowed.get("parse") or []
    for number, kind in enumerate(parse):
        if kind not in MENTION_KINDS:
            faults.add(
                ("allowed_mentions", "parse", number), "BASE_TYPE_CHOICES", f"Value must be one of {MENTION_KINDS}."
            )
    for kind in ("users", "roles"):
        listed = allowed.get(kind) or []
        faults.check_count(("allowed_mentions", kind), len(listed), limits.ALLOWED_MENTIONS)
        if kind in parse and listed:
            message = f'parse:["{kind}"] and {kind}: [ids...] are mutually exclusive.'
            faults.add(("allowed_mentions",), "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", message)
    faults.refuse_any()


def _check_embeds(faults: Faults, embeds: list[Json]) -> None:
    faults.check_count(("embeds",), len(embeds), limits.EMBEDS)
    together = 0
    for number, embed in enumerate(embeds):
        _check_embed(faults, ("embeds", number), embed)
        together += sum(len(text) for text in _counted_texts(embed))
    if together > limits.EMBEDS_TOGETHER:
        message = f"Embed size exceeds maximum size of {limits.EMBEDS_TOGETHER}"
        faults.add(("embeds",), "MAX_EMBED_SIZE_EXCEEDED", message)


def _check_embed(faults: Faults, path: tuple[str | int, ...], embed: Json) -> None:
    for key, most in EMBED_TEXTS.items():
        faults.check_optional((*path, key), embed.get(key), most)
    if (footer := embed.get("footer")) is not None:
        faults.check_length((*path, "footer", "text"), footer.get("text"), limits.EMBED_FOOTER, 1)
    if (author := embed.get("author")) is not None:
        faults.check_length((*path, "author", "name"), author.get("name"), limits.EMBED_AUTHOR, 1)
    fields = embed.get("fields") or []
    faults.check_count((*path, "fields"), len(fields), limits.EMBED_FIELDS)
    for number, field in enumerate(fields):
        faults.check_length((*path, "fields", number, "name"), field.get("name"), limits.EMBED_FIELD_NAME, 1)
        faults.check_length((*path, "fields", number, "value"), field.get("value"), limits.EMBED_FIELD_VALUE, 1)
    if (color := embed.get("color")) is not None:
        faults.check_range((*path, "color"), color, 0, 0xFFFFFF)
    for holder, key in ((embed, "url"), (embed.get("author") or {}, "url")):
        _check_link(faults, (*path, key), holder.get(key))
    for key, link in (("image", "url"), ("thumbnail", "url"), ("footer", "icon_url"), ("author", "icon_url")):
        _check_link(faults, (*path, key, link), (embed.get(key) or {}).get(link))


def _check_link(faults: Faults, path: tuple[str | int, ...], link: str | None) -> None:
    if link is None:
        return
    faults.check_length(path, link, limits.EMBED_URL)
    if not LINK.fullmatch(link):
        faults.add(path, "URL_TYPE_INVALID_URL", "Not a well formed URL.")


def _counted_texts(embed: Json) -> list[str]:
    fields = embed.get("fields") or []
    texts = [embed.get("title"), embed.get("description")]
    texts += [(embed.get("footer") or {}).get("text"), (embed.get("author") or {}).get("name")]
    texts += [field.get(key) for field in fields for key in ("name", "value")]
    return [text for text in texts if text]
