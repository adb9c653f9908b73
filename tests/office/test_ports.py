"""What the office asks of the rest."""

import pytest

from intercommunity.office import ports


def test_meetings_asked_before_anything_is_installed_says_what_to_do(monkeypatch):
    monkeypatch.setattr(ports, "_installed", [])
    with pytest.raises(ports.NotInstalled, match=r"ports\.install"):
        ports.meetings()


def test_the_last_installed_is_asked(meetings):
    assert ports.meetings() is meetings
