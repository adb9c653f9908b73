"""Another language is chosen: when it is heard, and whether the place is kept."""

from collections.abc import Iterator

from bench.figures import Row
from bench.webcast.comparing import beeps_in, event_of, spread
from bench.webcast.on_stage import OnStage, on_stage
from bench.webcast.programme import CHANNELS
from bench.webcast.watching import Viewer, browser, viewer

MEASURES = "switch of the language that is heard, from the choice to the first sound of it"
WITHIN_S = 1.0
PLACE_S = 0.5
PATIENCE_S = 8
ORDER = ("es", "fr", "mul", "en", "mul")


def measure() -> Iterator[Row]:
    switched, moved, silences = [], [], []
    with on_stage() as there, browser() as started:
        there.wait_for_segments(5)
        with viewer(started, there.url) as watching:
            watching.play()
            watching.watch_until(lambda sensed: len(beeps_in(sensed)) >= 2, 20)
            for number, language in enumerate(ORDER):
                watching.watch(3 + 0.37 * number)  # somewhere in a segment, elsewhere each time
                taken, silence = _switch(watching, language)
                switched.append(taken)
                silences.append(silence)
                moved.append(_moved(watching, there))
    good = max(switched) < WITHIN_S
    yield Row(f"{len(ORDER)} switches: quickest / median / slowest", spread(switched, "s"), f"< {WITHIN_S:.0f} s", good)
    good = max(map(abs, moved)) <= PLACE_S
    yield Row("place moved by: least / median / most", spread(moved, "s"), f"within {PLACE_S} s and as long", good)
    yield Row("silence on the way: least / median / longest", spread(silences, "s"))


def _switch(watching: Viewer, language: str) -> tuple[float, float]:
    """s until it was heard, and s of silence before it. As long as `PATIENCE_S` if never."""
    wanted = 0 if language == "mul" else CHANNELS.index(language)
    watching.choose("Hear", language)
    sensed = watching.watch_until(lambda sensed: any(each.channel == wanted for each in sensed), PATIENCE_S)
    chosen = next(each.at for each in sensed if each.kind == "choice")
    heard = next((each.at for each in sensed if each.at > chosen and each.channel == wanted), None)
    if heard is None:
        return float(PATIENCE_S), float(PATIENCE_S)
    silent = next((each.at for each in sensed if each.at > chosen and each.kind == "channel"), heard)
    return (heard - chosen) / 1000, (heard - silent) / 1000


def _moved(watching: Viewer, there: OnStage) -> float:
    """s by which the viewer is further behind the stage than before the switch, less the silence of it."""
    before = beeps_in(watching.sensed)
    after = beeps_in(watching.watch_until(lambda sensed: len(beeps_in(sensed)) >= 2, PATIENCE_S))
    if len(after) < 2:
        return float(PATIENCE_S)
    behind = [each.at - there.stage.moment_of(event_of(each, there.stage)) for each in (before[-1], after[-1])]
    return (behind[1] - behind[0]) / 1000
