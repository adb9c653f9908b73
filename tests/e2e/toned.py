"""A meeting with a webcast from files: a tone for the floor, another for Spanish, somebody who signs; knows no page."""

import subprocess
import time
from pathlib import Path

import httpx
from bench.meeting_file import Session, meeting_file, programme

from serving import Links, Served, load, text_at
from waiting import until_here

FLOOR_HZ, SPANISH_HZ = 440, 880
SECONDS = 60

WEBCAST = programme("file:talk.mp4", 'lower = "no"\n', es="file:es.mp4")
SIGN = """
[sign]
language = "ase"
from = "file:sign.mp4"
"""


class Toned:
    """The meeting, loaded into a running server, with its webcast under way."""

    def __init__(self, server: Served, slug: str) -> None:
        self.server = server
        self.slug = slug
        _make_files(server.data / "programmes")
        first = Session("first", "First", "Primera")
        meeting = meeting_file(slug, "The toned forum", "El foro", [first], WEBCAST + SIGN)
        self.links: Links = load(server.data, meeting, f"{slug}.toml")
        until_here(lambda: text_at(f"{self.live}/hls/main.m3u8"))

    @property
    def page(self) -> str:
        return f"{self.server.url}/{self.slug}/"

    @property
    def live(self) -> str:
        return f"{self.server.url}/live/{self.slug}"

    def wish(self, link: str, kind: str, **fields: object) -> None:
        body = {"kind": kind, "key": f"{kind}-{time.monotonic_ns()}", **fields}
        headers = {"Authorization": f"Bearer {self.links[link]}"}
        answer = httpx.post(f"{self.live}/commands", json=body, headers=headers, timeout=20)
        assert answer.status_code == httpx.codes.OK, answer.text


def _make_files(folder: Path) -> None:
    if folder.exists():
        return
    folder.mkdir()
    picture = ["-c:v", "libx264", "-preset", "ultrafast", "-g", "50", "-pix_fmt", "yuv420p", "-b:v", "500k"]
    _make(folder / "talk.mp4", "testsrc=size=320x180:rate=25", f"sine=frequency={FLOOR_HZ}", *picture)
    _make(folder / "sign.mp4", "testsrc2=size=160x120:rate=25", *picture)
    _make(folder / "es.mp4", f"sine=frequency={SPANISH_HZ}")


def _make(file: Path, *words: str) -> None:
    """Sources, made by filters, come before the options."""
    sources = [word for word in words if "=" in word]
    inputs = [part for each in sources for part in ("-f", "lavfi", "-i", f"{each}:duration={SECONDS}")]
    options = [word for word in words if word not in sources]
    subprocess.run(["ffmpeg", "-v", "error", *inputs, *options, str(file)], check=True)
