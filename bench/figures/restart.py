"""The server is killed while somebody writes, and started again: when is everybody back, and complete?"""

import threading
import time
from collections.abc import Iterator

from bench.figures import Row
from bench.processes import CLIENT_CORE, pin_to
from bench.product import SLUG, Captioner, folder, load, new_port, served
from bench.viewers import Viewers, watching

MEASURES = "restart with 15,000 viewers: all back and complete"
VIEWERS = 15_000
LINES_A_SECOND = 5
BEFORE_S = 5
JITTER_MS = 2000
WITHIN_S = 10.0


class Writing(threading.Thread):
    """A captioner who goes on, whatever becomes of the server, until told to stop."""

    def __init__(self, port: int, token: str) -> None:
        super().__init__(daemon=True)
        self._captioner = Captioner(port, token)
        self._stopping = threading.Event()
        self.written = 0

    def run(self) -> None:
        while not self._stopping.wait(1 / LINES_A_SECOND):
            self._captioner.write(self.written + 1)
            self.written += 1

    def stop(self) -> int:
        self._stopping.set()
        self.join()
        return self.written


def measure() -> Iterator[Row]:
    pin_to({CLIENT_CORE})
    path, port = f"/live/{SLUG}/stream?lang=en", new_port()
    with folder() as data:
        token = load(data)["captioner"]
        writing = Writing(port, token)
        with watching(port, VIEWERS, path=path, again_ms=JITTER_MS) as viewers:
            with served(data, port) as process:
                viewers.wait_until_in()
                writing.start()
                time.sleep(BEFORE_S)
                process.kill()
            began, written = time.monotonic(), writing.written
            with served(data, port):
                answering = time.monotonic() - began
                seconds = _until_all_are_back(viewers, written) - began
                last = writing.stop()
                viewers.wait_until_all_have(last)
                seen = viewers.report()
    yield Row("server answers again", f"{answering:.1f} s after its process was started")
    yield Row("all back, and complete", f"{seconds:.1f} s", f"≤ {WITHIN_S:.0f} s", seconds <= WITHIN_S)
    told = f"{seen.gaps} missed, {seen.repeats} doubled or out of order, of {last} lines by {seen.viewers:,} viewers"
    anew = seen.snapshots - VIEWERS  # everybody begins with one
    faultless = seen.gaps == seen.repeats == 0 and seen.least == last and seen.viewers == VIEWERS
    yield Row("lines", told, "none", faultless)
    yield Row("viewers who could not resume and began anew from `now`", f"{anew:,}")


def _until_all_are_back(viewers: Viewers, written: int) -> float:
    """When the last viewer had a stream again and every line of the time before."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        state = viewers.look()
        if state.viewers == VIEWERS and state.least >= written:
            return time.monotonic()
        time.sleep(0.1)
    raise RuntimeError("not everybody has come back within a minute")
