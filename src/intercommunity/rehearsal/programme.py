"""The rehearsal's picture and sound, sent like any other: a test picture with a clock, and speech by espeak-ng.

The floor hears the script in time with its lines. Each channel hears what an interpreter would say: the lines as they
come translated out of the meeting's own stream, a little later, and nothing while its language is on the floor.
"""

import array
import asyncio
import contextlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import msgspec
from msgspec import Struct

from intercommunity.media import children
from intercommunity.rehearsal import steps as step
from intercommunity.rehearsal.publishing import publish

RATE = 48_000
_WIDTH = 2
_BEAT_S = 0.04
_BEAT = int(RATE * _BEAT_S) * _WIDTH
_QUIET = 300
"""Of 32,768: what is under it around a line is a pause that espeak-ng adds."""
_WORDS_PER_MINUTE = 165
_SLOWEST, _QUICKEST = 90, 360
_BEHIND = 3
"""Lines by which an interpreter may be behind before speaking faster."""
_AGAIN_S = 2.0
_FLOOR = "floor"


class Stream(Struct, frozen=True):
    """Where a source is sent: as the server tells its host."""

    source: str
    server: str
    key: str


async def streams_of(url: str, slug: str, token: str) -> list[Stream]:
    """What the meeting takes by RTMP. Empty where it has no programme, or the token is not its host's."""
    async with httpx.AsyncClient(timeout=20) as client:
        address = f"{url.rstrip('/')}/live/{slug}/streams"
        response = await client.get(address, headers={"Authorization": f"Bearer {token}"})
    if response.status_code != httpx.codes.OK:
        return []
    found = msgspec.json.decode(response.content, type=dict[str, list[Stream]])["streams"]
    return [each for each in found if each.server.startswith("rtmp://")]


async def names_of(url: str, slug: str, token: str) -> dict[str, str]:
    """What the meeting calls its speakers and sessions, by their ids."""
    async with httpx.AsyncClient(timeout=20) as client:
        address = f"{url.rstrip('/')}/live/{slug}/now"
        response = await client.get(address, headers={"Authorization": f"Bearer {token}"})
    if response.status_code != httpx.codes.OK:
        return {}
    meeting = response.json()["views"]["meeting"]
    sessions = {each["id"]: next(iter(each["title"].values()), "") for each in meeting["sessions"]}
    return sessions | {each["id"]: each["name"] for each in meeting["speakers"]}


class Programme:
    """Sends as long as `run` is not cancelled; `play` speaks the steps of one play. `names`: see `names_of`."""

    def __init__(
        self, url: str, slug: str, streams: Sequence[Stream], names: Mapping[str, str], speed: float = 1.0
    ) -> None:
        self._url = f"{url.rstrip('/')}/live/{slug}"
        self._speed = speed
        self._folder = TemporaryDirectory(prefix="rehearsal-")
        self._mouths = {each.source: _Mouth() for each in streams}
        self._streams = streams
        self._names = names
        self._on_air = asyncio.Event()
        self._shows("", "")

    async def run(self) -> None:
        """Until cancelled."""
        sending = [self._keep_sending(each) for each in self._streams]
        interpreting = [self._interpret(each.source) for each in self._streams if each.source != _FLOOR]
        try:
            await asyncio.gather(*sending, *interpreting)
        finally:
            self._folder.cleanup()

    async def until_on_air(self) -> None:
        """Whoever speaks before the first picture is not heard."""
        if _FLOOR in self._mouths:
            await self._on_air.wait()

    # The stage

    async def play(self, steps: Sequence[step.Step]) -> None:
        """In time with a `Player` that begins at the same moment."""
        began = asyncio.get_running_loop().time()
        speaker = session = ""
        for each in sorted(steps, key=lambda each: each.start if isinstance(each, step.Say) else each.at):
            at = each.start if isinstance(each, step.Say) else each.at
            speech = await self._speech_for(each)
            await asyncio.sleep(began + at / 1000 / self._speed - asyncio.get_running_loop().time())
            match each:
                case step.OpenSession():
                    session = each.session
                case step.GiveFloor():
                    speaker = each.speaker
                case step.Say() if speech:
                    self._mouths[_FLOOR].begin(speech)
            self._shows(speaker, session)

    async def _speech_for(self, each: step.Step) -> bytes:
        """Made while the line before is still being said."""
        if not isinstance(each, step.Say) or each.remark or _FLOOR not in self._mouths:
            return b""
        return await _speech_of_length(each.text, each.language, (each.end - each.start) / 1000 / self._speed)

    def _shows(self, speaker: str, session: str) -> None:
        """FFmpeg looks at the files again for every picture, and takes none that is empty."""
        for name, text in (("speaker", speaker), ("session", session)):
            path = Path(self._folder.name) / name
            making = path.with_suffix(".new")
            making.write_text(self._names.get(text, text) or " ", encoding="utf-8")
            making.replace(path)

    # The booths

    async def _interpret(self, language: str) -> None:
        """Says each line once, when its first translation comes."""
        said: set[str] = set()
        while True:
            with contextlib.suppress(httpx.TransportError):
                async with (
                    httpx.AsyncClient(timeout=None) as client,  # noqa: S113 - a stream that lasts
                    client.stream("GET", f"{self._url}/stream", params={"lang": language}) as stream,
                ):
                    async for line in stream.aiter_lines():
                        if line.startswith("data:"):
                            await self._say_new(language, msgspec.json.decode(line[5:]), said)
            await asyncio.sleep(_AGAIN_S)

    async def _say_new(self, language: str, message: dict[str, object], said: set[str]) -> None:
        is_first = "views" in message
        lines = message.get("lines")
        found = lines.get(f"captions/{language}", ()) if isinstance(lines, dict) else ()
        for line in found["lines"] if isinstance(found, dict) else found:
            if line["id"] in said:
                continue
            said.add(line["id"])
            if line.get("said_in") and not is_first and line.get("text"):
                mouth = self._mouths[language]
                hurry = 1.3 if mouth.seconds_left > _BEHIND * 3 else 1.0
                mouth.put(await _speech(line["text"], language, round(_WORDS_PER_MINUTE * hurry)))

    # The line

    async def _keep_sending(self, stream: Stream) -> None:
        while True:
            await self._send(stream)
            await asyncio.sleep(_AGAIN_S)

    async def _send(self, stream: Stream) -> None:
        process = await asyncio.create_subprocess_exec(
            "ffmpeg", "-v", "quiet", "-nostdin", *self._command(stream),
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        begun = self._on_air if stream.source == _FLOOR else asyncio.Event()
        begun.clear()
        speaking = asyncio.create_task(self._mouths[stream.source].speak_into(process.stdin, begun))
        try:
            with contextlib.suppress(OSError):
                await publish(stream.server, stream.key, process.stdout, begun)
        finally:
            speaking.cancel()
            await children.end(process)
            await asyncio.gather(speaking, return_exceptions=True)

    def _command(self, stream: Stream) -> list[str]:
        sound = ["-f", "s16le", "-ar", str(RATE), "-ac", "1", "-i", "pipe:0"]
        target = ["-c:a", "aac", "-b:a", "64k", "-flush_packets", "1", "-f", "flv", "pipe:1"]
        if stream.source != _FLOOR:
            return [*sound, *target]
        picture = ["-re", "-f", "lavfi", "-i", f"testsrc=s=640x360:r=25,{self._words()},format=yuv420p"]
        encode = ["-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency", "-g", "50", "-b:v", "600k"]
        return [*picture, *sound, "-map", "0:v", "-map", "1:a", *encode, *target]

    def _words(self) -> str:
        """In the upper half: captions stand in the lower one."""
        look = "font=Sans:fontcolor=white:box=1:boxcolor=black@0.7:boxborderw=8"
        clock = f"drawtext=text='%{{localtime}}':fontsize=22:x=w-tw-20:y=20:{look}"
        speaker, session = (
            f"drawtext=textfile={self._folder.name}/{name}:reload=1:expansion=none:fontsize={size}:x=20:y={y}:{look}"
            for name, size, y in (("session", 22, 20), ("speaker", 34, 65))
        )
        return f"{clock},{speaker},{session}"


class _Mouth:
    """Sound that is waiting to be said, and silence when there is none: a steady stream."""

    def __init__(self) -> None:
        self._waiting = bytearray()

    @property
    def seconds_left(self) -> float:
        return len(self._waiting) / RATE / _WIDTH

    def put(self, samples: bytes) -> None:
        """After what is waiting."""
        self._waiting += samples

    def begin(self, samples: bytes) -> None:
        """Now: what is left of the line before is not said any more."""
        self._waiting[:] = samples

    async def speak_into(self, pipe: asyncio.StreamWriter, begun: asyncio.Event) -> None:
        """In real time from when the encoder's own time has `begun`; silence until then. Raises `ConnectionError`
        when nobody listens any more.
        """
        sent = 0
        while not begun.is_set():
            pipe.write(bytes(_BEAT))
            sent += _BEAT
            await pipe.drain()
            await asyncio.sleep(_BEAT_S)
        began = asyncio.get_running_loop().time()
        while True:
            due = int((asyncio.get_running_loop().time() - began) * RATE) * _WIDTH
            more = max(0, due - sent)
            part = bytes(self._waiting[:more])
            del self._waiting[:more]
            pipe.write(part + bytes(more - len(part)))
            sent += more
            await pipe.drain()
            await asyncio.sleep(_BEAT_S)


async def _speech_of_length(text: str, language: str, seconds: float) -> bytes:
    spoken = await _speech(text, language, _WORDS_PER_MINUTE)
    takes = len(spoken) / RATE / _WIDTH
    wanted = round(_WORDS_PER_MINUTE * takes / max(0.5, seconds))
    return await _speech(text, language, max(_SLOWEST, min(_QUICKEST, wanted)))


async def _speech(text: str, language: str, words_per_minute: int) -> bytes:
    """Samples at `RATE`; none where espeak-ng is missing or knows no such language."""
    try:
        process = await asyncio.create_subprocess_exec(
            "espeak-ng", "--stdout", "--stdin", "-v", language, "-s", str(words_per_minute),
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
    except OSError:
        return b""
    wave, _ = await process.communicate(text.encode())
    return _resampled(wave)


def _resampled(wave: bytes) -> bytes:
    """From espeak's 22,050 Hz mono to `RATE`, each sample the nearest one: speech does not mind."""
    at = wave.find(b"data")
    if at < 0:
        return b""
    from_rate = int.from_bytes(wave[24:28], "little")
    body = wave[at + 8 :]
    samples = _trimmed(array.array("h", body[: len(body) // 2 * 2]))
    length = len(samples) * RATE // from_rate
    return array.array("h", (samples[number * from_rate // RATE] for number in range(length))).tobytes()


def _trimmed(samples: "array.array[int]") -> "array.array[int]":
    loud = [number for number in range(0, len(samples), 32) if abs(samples[number]) > _QUIET]
    return samples[loud[0] : loud[-1] + 32] if loud else samples[:0]
