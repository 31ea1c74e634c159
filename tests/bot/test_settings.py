"""Settings: what may be written, what wins, and what is refused in one line."""

import tomllib
from itertools import pairwise
from pathlib import Path

import pytest

from bot.settings import DEFAULT_FILE, Settings, WrongSetting, read

CONFIG = Path(__file__).parents[2] / "config.toml"


def written(folder: Path, text: str) -> Path:
    file = folder / "config.toml"
    file.write_text(text, "utf-8")
    return file


def every_setting() -> dict[str, dict[str, object]]:
    sections = {name: getattr(Settings(), name) for name in Settings.model_fields}
    return {
        section: {name: getattr(values, name) for name in type(values).model_fields}
        for section, values in sections.items()
    }


def test_config_toml_holds_every_setting_with_its_default_and_no_other() -> None:
    defaults = every_setting()
    defaults["archive"]["path"] = str(defaults["archive"]["path"])
    assert tomllib.loads(CONFIG.read_text("utf-8")) == defaults


def test_every_setting_in_config_toml_has_a_comment() -> None:
    lines = CONFIG.read_text("utf-8").splitlines()
    for above, line in pairwise(lines):
        if "=" in line and not line.startswith("#"):
            assert above.startswith("#"), line


def test_every_setting_says_what_it_is() -> None:
    for section in Settings.model_fields:
        for name, field in type(getattr(Settings(), section)).model_fields.items():
            assert field.description, name


def test_a_path_in_the_file_counts_from_the_files_folder(tmp_path: Path) -> None:
    settings = read(written(tmp_path, '[archive]\npath = "here/news.db"'))
    assert settings.archive.path == tmp_path / "here/news.db"


def test_without_a_file_the_defaults_count_from_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert read(None).archive.path == tmp_path / "data/archive/quotidian.db"
    written(tmp_path, '[archive]\npath = "news.db"')
    assert DEFAULT_FILE.exists()
    assert read(None).archive.path == tmp_path / "news.db"


@pytest.mark.parametrize("variable", ["QUOTIDIAN_ANSWERS__THRESHOLD", "quotidian_answers__threshold"])
def test_the_environment_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    file = written(tmp_path, "[answers]\nthreshold = 0.25\n[articles]\nlargest_mb = 2.5")
    monkeypatch.setenv(variable, "0.75")
    settings = read(file)
    assert (settings.answers.threshold, settings.articles.largest) == (0.75, 2_500_000)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[answers]\nthreshold = 1.5", "[answers] threshold is wrong: Input should be less than or equal to 1."),
        ("[answers]\nthreshold = nan", "[answers] threshold is wrong"),
        ('[answers]\nthreshold = "high"', "[answers] threshold is wrong"),
        ("[answers]\nthreshhold = 0.5", "[answers] threshhold is not a setting; see config.toml"),
        ("[answer]\nthreshold = 0.5", "[answer] is not a setting"),
        ("answers = 3", "[answers] is wrong"),
        ("[articles]\nlargest_mb = 0", "[articles] largest_mb is wrong"),
        ("[articles]\nlargest_mb = 1e9", "[articles] largest_mb is wrong"),
        ("[discord]\nready_after = inf", "[discord] ready_after is wrong"),
        ('[discord]\napi_base = "ftp://discord.com"', "api_base must be an address that begins with https://"),
        ('[discord]\napi_base = "https://"', "api_base must be an address"),
        ('[discord]\napi_base = "https://[oops"', "[discord] is wrong"),
        ('[discord]\ngateway_url = "https://gateway.discord.gg"', "gateway_url must be an address"),
        ('[discord]\napi_base = "http://proxy.example/api"', "api_base would send the token in plain text"),
        ('[discord]\ngateway_url = "ws://proxy.example"', "gateway_url would send the token in plain text"),
        ('[logging]\nlevel = "loud"', "[logging] level is wrong"),
        ("[archive", "is not TOML"),
        ("[archive]\npath = 3", "[archive] path is wrong"),
    ],
)
def test_a_wrong_setting_is_named_in_one_line(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(WrongSetting) as refused:
        read(written(tmp_path, text))
    assert words in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "variable",
    ["QUOTIDIAN_TOKEN", "QUOTIDIAN_ARCHIVE", "QUOTIDIAN_ARCHIVES__PATH", "quotidian_archive", "QUOTIDIAN__ARCHIVE"],
)
def test_a_variable_that_is_no_setting_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv(variable, "x")
    with pytest.raises(WrongSetting, match=f"{variable} is not a setting"):
        read(written(tmp_path, ""))


def test_a_variable_of_a_known_section_that_is_no_setting_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUOTIDIAN_ARCHIVE__FOLDER", "x")
    with pytest.raises(WrongSetting, match=r"\[archive\] folder is not a setting"):
        read(written(tmp_path, ""))


@pytest.mark.parametrize("there", [False, True])
def test_a_file_that_was_named_and_cannot_be_read_is_refused(tmp_path: Path, there: bool) -> None:
    missing = tmp_path / "other.toml"
    if there:
        missing.mkdir()
    with pytest.raises(WrongSetting, match="cannot be read"):
        read(missing)


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_bytes(b"\xff\xfe[\x00a\x00")
    with pytest.raises(WrongSetting, match="is not TOML"):
        read(tmp_path / "config.toml")


@pytest.mark.parametrize("address", ["http://localhost:8080/api", "http://127.0.0.1/api", "http://[::1]:1/api"])
def test_plain_text_is_fine_on_this_machine(tmp_path: Path, address: str) -> None:
    settings = read(written(tmp_path, f'[discord]\napi_base = "{address}"'))
    assert settings.discord.api_base == address


def test_plain_text_elsewhere_is_possible_for_those_who_say_so(tmp_path: Path) -> None:
    text = '[discord]\nallow_plain_text = true\napi_base = "http://proxy.example/api"'
    assert read(written(tmp_path, text)).discord.api_base == "http://proxy.example/api"
