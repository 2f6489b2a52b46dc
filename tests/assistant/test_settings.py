"""Settings: from the environment, before it what is given; unknown names are refused; each one is documented."""

from pathlib import Path

import pytest

from assistant.settings import Settings
from index.errors import SettingsError
from index.settings import PREFIX

PAGE = Path(__file__).parents[2] / "docs" / "operating.md"


def test_defaults():
    assert Settings.load({}).home == Path(".dateline")


def test_the_environment_is_read_and_what_is_given_goes_before_it():
    environ = {"DATELINE_HOME": "/data", "DATELINE_PORT": "8000", "HOME": "/root", "DATELINE_HOST": ""}
    settings = Settings.load(environ, port=9000, home=None)
    assert (settings.home, settings.port, settings.host) == (Path("/data"), 9000, "127.0.0.1")


def test_a_misspelt_setting_is_refused():
    with pytest.raises(SettingsError, match=r"DATELINE_HOEM is not a setting of Dateline; .*DATELINE_HOME"):
        Settings.load({"DATELINE_HOEM": "/data"})


@pytest.mark.parametrize(("name", "value"), [("PORT", "none"), ("PORT", "0"), ("PASSAGE_TOKENS", "3")])
def test_a_value_that_cannot_be_used(name, value):
    with pytest.raises(SettingsError, match=f"{PREFIX}{name}='{value}' .* cannot be used"):
        Settings.load({PREFIX + name: value})


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_in_the_table(name):
    assert f"`{PREFIX}{name.upper()}`" in PAGE.read_text(encoding="utf-8")
