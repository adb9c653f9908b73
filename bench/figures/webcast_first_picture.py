"""What a viewer's line must carry: the first picture on a good one, sound alone and text alone on thin ones.

The browser's own developer tools make the line so thin, for everything: the page and its scripts too.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from bench.figures import Row
from bench.product import SLUG
from bench.webcast.comparing import beeps_in, spread
from bench.webcast.on_stage import WRITTEN_AFTER_MS, OnStage, captioning, on_stage, words_of
from bench.webcast.sending import wall_clock
from bench.webcast.watching import Line, Sensed, Viewer, browser, viewer

if TYPE_CHECKING:
    from playwright.sync_api import Browser

MEASURES = "first picture on a good line; sound alone on 64 kbit/s, text alone on 16 kbit/s"
GOOD = Line(10_000_000, 40)
FOR_SOUND = Line(64_000, 100)
FOR_TEXT = Line(16_000, 200)
TIMES = 3
FIRST_WITHIN_S = 2.0
FIRST_SOUND_WITHIN_S = 90
LISTENING_S = 60
READING_S = 14
WORDS_WITHIN_MS = 5_000
CARRIED = (
    "[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]"
    ".filter((each) => each.responseEnd > 0).map((each) => [each.name, each.transferSize])"
)
"""What has come over the line: addresses and bytes, heads included."""
KINDS = {
    "watch page's script": r"/watch-\w+\.js$",
    "styles": r"\.css$",
    "player": r"/player-\w+\.js$",
    "hls.js": r"/hls-\w+\.js$",
    "playlists": r"\.m3u8",
    "sound": r"\.m(4s|p4)$",
}


def measure() -> Iterator[Row]:
    with on_stage() as there, captioning(there, ["en"]), browser() as started:
        there.wait_for_segments(5)
        yield _first_picture(started, there)
        yield from _sound_alone(started, there)
        yield from _text_alone(started, there, "watch page", f"/{SLUG}/")
        yield from _text_alone(started, there, "text page", f"/live/{SLUG}/text?lang=en")


def _first_picture(started: "Browser", there: OnStage) -> Row:
    taken = []
    for _ in range(TIMES):
        with viewer(started, there.url, line=GOOD) as watching:
            watching.page.wait_for_load_state("load")
            taken.append(watching.first_picture())
    good = max(taken) < FIRST_WITHIN_S
    what = f"first picture after play, 10 Mbit/s, 40 ms there and back, {TIMES} newcomers: least / median / most"
    return Row(what, spread(taken, "s"), f"< {FIRST_WITHIN_S:.0f} s", good)


def _sound_alone(started: "Browser", there: OnStage) -> Iterator[Row]:
    with viewer(started, there.url, line=FOR_SOUND, settings={"mode": "sound"}) as watching:
        opened = wall_clock()
        watching.press_play()
        pressed = wall_clock()
        watching.page.locator(".player video").wait_for(state="attached")
        watching.look_and_listen()
        begun = watching.watch_until(lambda sensed: bool(beeps_in(sensed)), FIRST_SOUND_WITHIN_S)
        first = next((each.at for each in beeps_in(begun)), None)
        carried = _carried(watching)
        listened = watching.watch(LISTENING_S)
        mode = watching.page.locator(".player").get_attribute("data-mode")
    told = "none" if first is None else f"{(first - opened) / 1000:.1f} s; {(first - pressed) / 1000:.1f} s after play"
    yield Row("64 kbit/s, 100 ms: first sound after the page was opened, scripts included", told)
    yield Row("64 kbit/s, 100 ms: what had come over the line by then", carried)
    heard, waited = len(beeps_in(listened)), _waits(listened)
    told = f"{heard} of {LISTENING_S // 2} beeps heard, stood still {waited} times, mode {mode}"
    good = heard >= LISTENING_S // 2 - 1 and not waited and mode == "sound"
    yield Row(f"64 kbit/s, 100 ms: sound alone for {LISTENING_S} s", told, "never stands still", good)


def _carried(watching: Viewer) -> str:
    bytes_of: Counter[str] = Counter()
    for address, size in watching.page.evaluate(CARRIED):
        bytes_of[next((kind for kind, how in KINDS.items() if re.search(how, address)), "the rest")] += size
    return ", ".join(f"{kind} {size / 1000:.1f}" for kind, size in bytes_of.most_common()) + " kB"


def _waits(sensed: Sequence[Sensed]) -> int:
    return sum(each.kind == "waiting" for each in sensed)


def _text_alone(started: "Browser", there: OnStage, name: str, path: str) -> Iterator[Row]:
    with viewer(started, there.url, path=path, line=FOR_TEXT) as watching:
        opened = wall_clock()
        first = _first_words(watching)
        yield Row(
            f"16 kbit/s, 200 ms, {name}: first words after it was opened",
            "none" if first is None else f"{(first - opened) / 1000:.1f} s; over the line: {_carried(watching)}",
        )
        begun = there.stage.last_event() + 1
        watching.page.wait_for_timeout(READING_S * 1000)
        read, ended = watching.read(), wall_clock() - WORDS_WITHIN_MS
    due = [event for event in range(begun, there.stage.last_event() + 1) if there.stage.moment_of(event) < ended]
    written = {event: there.stage.moment_of(event) + WRITTEN_AFTER_MS for event in due}
    late = [read[words_of(event)] - written[event] for event in due if words_of(event) in read]
    good = len(late) == len(due) and max(late, default=0.0) <= WORDS_WITHIN_MS
    told = f"{len(late)} of {len(due)} lines, {spread(late)}"
    what = f"16 kbit/s, 200 ms, {name}: a line sent → read, least / median / most"
    yield Row(what, told, f"all, within {WORDS_WITHIN_MS / 1000:.0f} s", good)


def _first_words(watching: Viewer) -> float | None:
    for _ in range(120):
        watching.page.wait_for_timeout(500)
        if read := watching.read():
            return min(read.values())
    return None
