"""Settings: config.toml and the environment, checked, as values.

WrongSetting      a setting that is unknown, missing its file or out of range; the message is one line for a person
"""

import os
import tomllib
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

DEFAULT_FILE = Path("config.toml")
_PREFIX = "QUOTIDIAN_"
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class WrongSetting(ValueError):
    """The settings cannot be used; the message names the one that is wrong, and why."""


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class ArchiveSettings(_Section):
    path: Path = Path("data/archive/quotidian.db")
    """the SQLite file with every article"""


class ArticleSettings(_Section):
    largest_mb: float = Field(default=5, ge=1, le=100)
    """the largest page, file or text that can be added, in megabytes"""
    largest_import_mb: float = Field(default=50, ge=1, le=1_000)
    """the largest file of one article a line that can be added in Discord, unpacked, in megabytes"""
    most_files: int = Field(default=10, ge=1, le=25)
    """how many files and links of one message or command are added in Discord"""

    @property
    def largest(self) -> int:
        """The bytes of `largest_mb`."""
        return int(self.largest_mb * 1_000_000)

    @property
    def largest_import(self) -> int:
        """The bytes of `largest_import_mb`."""
        return int(self.largest_import_mb * 1_000_000)


class WebSettings(_Section):
    contact: str = Field(default="a Discord bot that quotes the news", max_length=200, pattern=r"^[ -~]+$")
    """who calls, for the people of a site: an address or a mail that they can turn to"""
    seconds: float = Field(default=30, ge=1, le=120)
    """how long fetching one page may take"""
    also_allow: list[IPv4Network | IPv6Network] = Field(default_factory=list)
    """networks that are called although they are not public"""


class FeedSettings(_Section):
    poll: bool = True
    """whether this process reads the feeds when their time has come"""
    every_minutes: int = Field(default=30, ge=5, le=10_080)
    """how often a feed is read for which no other interval was chosen"""
    most_articles: int = Field(default=50, ge=1, le=500)
    """how many articles are fetched when a feed is read; the others follow the next time"""


class AnswerSettings(_Section):
    threshold: float = Field(default=0.25, ge=0, le=1)
    """how sure an answer must be before it is shown"""
    small_talk: Literal["reply", "ignore"] = "reply"
    """what becomes of “thanks” and other words that ask nothing: a short reply, or none"""


class ReaderSettings(_Section):
    model: str = "shipped"
    """the model that marks the words that answer: "shipped", "none", or a folder with another one"""
    threads: int = Field(default=2, ge=1, le=64)
    """processor threads that the model uses"""


class DiscordSettings(_Section):
    api_base: str = "https://discord.com/api/v10"
    """where Discord's HTTP API is"""
    gateway_url: str = "wss://gateway.discord.gg/"
    """where Discord's gateway is"""
    allow_plain_text: bool = False
    """whether http:// and ws:// may be used outside this machine"""
    ready_after: float = Field(default=2.0, ge=0.1, le=60)
    """seconds without a new server before the bot counts as ready"""

    @model_validator(mode="after")
    def _addresses_are_safe(self) -> Self:
        self._check("api_base", "http", "https")
        self._check("gateway_url", "ws", "wss")
        return self

    def _check(self, name: str, plain: str, encrypted: str) -> None:
        try:
            address = urlsplit(getattr(self, name))
            is_address = address.scheme in (plain, encrypted) and bool(address.hostname) and address.port != 0
        except ValueError:
            is_address = False
        if not is_address:
            raise ValueError(f"{name} must be an address that begins with {encrypted}://")
        if address.scheme == plain and address.hostname not in _LOOPBACK and not self.allow_plain_text:
            raise ValueError(f"{name} would send the token in plain text; use {encrypted}:// or set allow_plain_text")


class LoggingSettings(_Section):
    level: Literal["debug", "info", "warning", "error"] = "info"
    """how much is logged"""
    format: Literal["text", "json"] = "text"
    """how a log line is written"""


class Settings(BaseSettings):
    """Every setting, frozen. Make them with `read`."""

    model_config = SettingsConfigDict(
        extra="forbid", frozen=True, env_prefix=_PREFIX, env_nested_delimiter="__", use_attribute_docstrings=True
    )

    archive: ArchiveSettings = ArchiveSettings()
    articles: ArticleSettings = ArticleSettings()
    web: WebSettings = WebSettings()
    feeds: FeedSettings = FeedSettings()
    answers: AnswerSettings = AnswerSettings()
    reader: ReaderSettings = ReaderSettings()
    discord: DiscordSettings = DiscordSettings()
    logging: LoggingSettings = LoggingSettings()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return env_settings, init_settings


def read(file: Path | None) -> Settings:
    """Read the settings from `file`, or from config.toml in this folder where there is one, and the environment.

    Raises `WrongSetting`.
    """
    chosen = file or DEFAULT_FILE
    written = _written(chosen) if file or chosen.exists() else {}
    _refuse_unknown_variables()
    try:
        settings = Settings(**written)
    except ValidationError as error:
        raise WrongSetting(_first_fault(error)) from None
    folder = chosen.absolute().parent
    update: dict[str, _Section] = {"archive": ArchiveSettings(path=folder / settings.archive.path)}
    if settings.reader.model not in ("shipped", "none"):
        update["reader"] = settings.reader.model_copy(update={"model": str(folder / settings.reader.model)})
    return settings.model_copy(update=update)


def _written(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except OSError as error:
        raise WrongSetting(f"The settings file {file} cannot be read: {error.strerror}.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WrongSetting(f"The settings file {file} is not TOML: {error}.") from None


def _refuse_unknown_variables() -> None:
    known = {f"{_PREFIX}{section}".upper() for section in Settings.model_fields}
    for variable in sorted(os.environ):
        section, separator, _ = variable.upper().partition("__")
        if variable.upper().startswith(_PREFIX) and not (separator and section in known):
            raise WrongSetting(f"The environment variable {variable} is not a setting.")


def _first_fault(error: ValidationError) -> str:
    fault = error.errors()[0]
    place = fault["loc"]
    name = f"[{place[0]}] {'.'.join(map(str, place[1:]))}".strip() if place else "The settings"
    if fault["type"] == "extra_forbidden":
        return f"{name} is not a setting; see config.toml for all there are."
    return f"{name} is wrong: {fault['msg'].removeprefix('Value error, ')}."
