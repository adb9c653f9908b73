"""`intercommunity record`: the folder is written, whether a server runs or not, and nothing else is."""

import httpx
import pytest

from serving import load, run, small_disk
from waiting import WITHIN_S


async def say(server, *texts):
    headers = {"Authorization": f"Bearer {server.links['captioner']}"}
    async with httpx.AsyncClient(base_url=server.url, headers=headers, timeout=WITHIN_S) as http:
        for text in texts:
            wish = {"kind": "write_line", "track": "en", "text": text}
            assert (await http.post("/live/forum/commands", json=wish)).status_code == 200


def content(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


async def test_record_is_written_beside_a_running_server_and_without(server, data, tmp_path):
    await say(server, "Good morning.", "The river is high.")
    beside = run("record", "forum", "--data", data, "--out", tmp_path / "beside")
    assert beside.returncode == 0, beside.stderr
    server.stop()
    without = run("record", "forum", "--data", data, "--out", tmp_path / "without")
    assert without.returncode == 0, without.stderr
    written = content(tmp_path / "beside")
    assert set(written) == set(content(tmp_path / "without"))
    assert any(b"The river is high." in file for path, file in written.items() if path.suffix == ".vtt")
    assert not any(token.encode() in file for file in written.values() for token in server.links.tokens.values())


def test_unknown_meeting_is_told(data, tmp_path):
    load(data)
    done = run("record", "nowhere", "--data", data, "--out", tmp_path / "out")
    assert (done.returncode, done.stderr) == (1, "There is no meeting nowhere here.\n")
    assert not (tmp_path / "out").exists()


def test_full_disk_leaves_no_half_of_a_record(data, tmp_path):
    load(data)
    try:
        with small_disk(tmp_path / "small", "64k") as small:
            done = run("record", "forum", "--data", data, "--out", small / "record")
            assert (done.returncode, list(small.iterdir())) == (1, [])
    except PermissionError as error:
        pytest.skip(str(error))
    assert done.stderr.endswith("No space left on device. Free or open the place, or name another. (out_unwritable)\n")
