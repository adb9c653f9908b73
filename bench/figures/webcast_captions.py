"""Captions against the sound on a viewer's own screen, in a browser that plays the webcast.

Each beep has a line, written by a captioner with the moment at which it beeped on stage. What counts is when the words
stand in the picture, and when the beep leaves the <video>.
"""

from collections.abc import Callable, Iterator

from bench.figures import Row
from bench.webcast.comparing import beeps_in, begin_of, spread, words_after_sound
from bench.webcast.on_stage import OnStage, captioning, on_stage
from bench.webcast.watching import Viewer, browser, viewer

MEASURES = "captions against the sound they belong to, on a viewer's screen"
WITHIN_MS = 200
BEEPS = 5
PATIENCE_S = 30


def measure() -> Iterator[Row]:
    with on_stage() as there, captioning(there), browser() as started:
        there.wait_for_segments(5)
        with viewer(started, there.url) as watching:
            watching.play()
            yield _compare("live", watching, there, lambda: None)
            yield _compare("after a pause of 5 s", watching, there, lambda: _pause(watching))
            yield _compare("after going back 20 s", watching, there, lambda: _go_back(watching))
            yield _compare("after a switch of language, heard and read", watching, there, lambda: _switch(watching))
            yield _compare("live again", watching, there, lambda: _go_live(watching))


def _pause(watching: Viewer) -> None:
    watching.press("Pause")
    watching.watch(5)
    watching.press("Play")


def _go_back(watching: Viewer) -> None:
    for _ in range(2):
        watching.press("Ten seconds back")


def _switch(watching: Viewer) -> None:
    watching.choose("Hear", "es")
    watching.choose("Captions", "es")


def _go_live(watching: Viewer) -> None:
    watching.page.locator("button.where").click()


def _compare(when: str, watching: Viewer, there: OnStage, act: Callable[[], None]) -> Row:
    """What was being said while it was done is left out: that is heard from the middle."""
    act()
    watching.watch(1.2)
    watched = watching.watch_until(lambda sensed: len(beeps_in(sensed)) >= BEEPS, PATIENCE_S)
    watched += watching.watch(0.5)
    found = list(words_after_sound(watched, there.stage, begin_of(watching.sensed, there.stage)))
    late = [each for each in found if each is not None]
    missing = len(found) - len(late)
    told = spread(late) + f" after {len(found)} beeps" + (f", {missing} without words" if missing else "")
    good = len(found) >= BEEPS and not missing and all(abs(each) <= WITHIN_MS for each in late)
    return Row(f"words shown, {when}: earliest / median / latest", told, f"within {WITHIN_MS} ms", good)
