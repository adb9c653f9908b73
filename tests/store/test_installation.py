import stat

import pytest

from intercommunity.store.installation import Installation
from intercommunity.store.live import Unavailable
from intercommunity.store.port import Damaged, Locked
from store.meeting import describe, lines, say


async def test_installation_finds_its_meetings_again(tmp_path):
    first = Installation(tmp_path / "data")
    await describe(await first.create("forum"))
    await first.create("other")
    identity = first.meetings["forum"].identity
    token = first.secret.link_token("forum", "host")
    await first.close()
    second = Installation(tmp_path / "data")
    assert list(second.meetings) == ["forum", "other"]
    assert (second.meetings["forum"].identity, second.meetings["forum"].position) == (identity, 1)
    assert second.secret.link_token("forum", "host") == token
    assert await say(second.meetings["forum"], "Welcome.") == ("hub-2",)
    await second.close()


async def test_installation_is_for_its_owner_alone(tmp_path):
    data = tmp_path / "data"
    installation = Installation(data)
    await describe(await installation.create("forum"))
    for path in [data, *data.rglob("*")]:
        wanted = 0o700 if path.is_dir() else 0o600
        assert stat.S_IMODE(path.stat().st_mode) == wanted, path
    await installation.close()


async def test_installation_belongs_to_one_process(tmp_path):
    installation = Installation(tmp_path)
    with pytest.raises(Locked):
        Installation(tmp_path)
    await installation.close()
    again = Installation(tmp_path)
    await again.close()


async def test_installation_opens_the_other_meetings_when_one_is_damaged(tmp_path):
    installation = Installation(tmp_path)
    for slug in ("forum", "other"):
        await describe(await installation.create(slug))
    await installation.close()
    path = tmp_path / "meetings" / "forum.sqlite"
    path.write_bytes(b"")
    again = Installation(tmp_path)
    assert list(again.meetings) == ["other"]
    assert {slug: type(error) for slug, error in again.damaged.items()} == {"forum": Damaged}
    with pytest.raises(Unavailable, match="log_damaged"):
        await again.create("forum")
    assert path.read_bytes() == b""
    await again.close()


async def test_installation_keeps_its_meetings_in_postgresql(tmp_path, postgres_database):
    first = Installation(tmp_path, postgres_database)
    await describe(await first.create("forum"))
    await first.close()
    second = Installation(tmp_path, postgres_database)
    heard = []
    second.meetings["forum"].follow(lambda batch: heard.extend(event.id for event in batch.events))
    assert await say(second.meetings["forum"], "Welcome.") == ("hub-2",)
    assert heard == lines(1, 2)
    assert list((tmp_path / "meetings").iterdir()) == []
    await second.close()
