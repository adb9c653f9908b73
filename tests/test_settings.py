"""Every option: read as what it is, documented as it is."""

import re
from pathlib import Path

import pytest

from intercommunity.settings import OPTIONS, PREFIX, SettingWrong, option

ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def options_stay_as_they_are():
    before = list(OPTIONS)
    yield
    OPTIONS[:] = before


@pytest.mark.parametrize(
    ("default", "text", "value"),
    [
        (Path("data"), "/srv/forum", Path("/srv/forum")),
        (7, " 12 ", 12),
        (False, "yes", True),
        (True, "No", False),
        ("a", "", ""),
        (("*",), "a.example, b.example,", ("a.example", "b.example")),
    ],
)
def test_option_is_read_as_what_its_default_is(monkeypatch, default, text, value):
    monkeypatch.setenv(PREFIX + "TRIED", text)
    read = option("TRIED", default, "Tried.")
    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize(("default", "text"), [(7, "-1"), (7, "seven"), (7, ""), (False, "true")])
def test_option_that_cannot_be_read_is_named_with_what_to_write(monkeypatch, default, text):
    monkeypatch.setenv(PREFIX + "TRIED", text)
    with pytest.raises(SettingWrong, match=rf'^{PREFIX}TRIED is "{text}"; write '):
        option("TRIED", default, "Tried.")


def test_option_that_is_not_set_is_its_default(monkeypatch):
    monkeypatch.delenv(PREFIX + "TRIED", raising=False)
    assert option("TRIED", ("a", "b"), "Tried.") == ("a", "b")
    assert (OPTIONS[-1].variable, OPTIONS[-1].default) == (PREFIX + "TRIED", "a,b")


def test_options_are_documented_as_they_are():
    table = (ROOT / "docs/operate/settings.md").read_text()
    rows = re.findall(r"^\| `(\w+)` \| (?:`(.*?)`|empty) \| (.*) \|$", table, re.MULTILINE)
    assert rows == [(each.variable, each.default, each.says) for each in OPTIONS]


def test_options_are_all_that_the_code_reads():
    named = {
        name for path in (ROOT / "src").rglob("*.py") for name in re.findall(rf"\b{PREFIX}[A-Z_]+\b", path.read_text())
    }
    assert named - {PREFIX} <= {each.variable for each in OPTIONS}
