"""An encoder on stage: sends for ever, and begins again when it is cut off, as OBS does; knows no meeting."""

import os
import signal
import subprocess

from serving import WITH_THE_TESTS


class Encoder:
    def __init__(self, address: str, *what: str) -> None:
        """`what`: for ffmpeg, what is sent and how it is coded."""
        sending = f"ffmpeg -v quiet -nostdin -re {' '.join(what)} -f flv {address}"
        again = f"while true; do {sending}; sleep 0.5; done"
        self._process = subprocess.Popen([*WITH_THE_TESTS, "sh", "-c", again], start_new_session=True)

    def stop(self, number: int) -> None:
        os.killpg(self._process.pid, number)

    def end(self) -> None:
        self.stop(signal.SIGKILL)
        self._process.wait()
