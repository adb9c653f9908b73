"""An encoder on stage: sends for ever, and begins again when it is cut off, as OBS does; knows no meeting."""

import os
import signal
import subprocess


class Encoder:
    def __init__(self, address: str, *what: str) -> None:
        """`what`: for ffmpeg, what is sent and how it is coded."""
        sending = f"ffmpeg -v quiet -nostdin -re {' '.join(what)} -f flv {address}"
        self._process = subprocess.Popen(
            ["sh", "-c", f"while true; do {sending}; sleep 0.5; done"], start_new_session=True
        )

    def stop(self, number: int) -> None:
        os.killpg(self._process.pid, number)

    def end(self) -> None:
        self.stop(signal.SIGKILL)
        self._process.wait()
