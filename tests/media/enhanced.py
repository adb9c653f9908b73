"""A sender of Enhanced RTMP as OBS is one: `python enhanced.py ADDRESS CODEC` sends a picture at its pace."""

import sys
import time
from fractions import Fraction

import av


def main(address: str, codec: str) -> None:
    with av.open(address, "w", format="flv") as sending:
        stream = sending.add_stream(codec, rate=25)
        stream.width, stream.height, stream.pix_fmt, stream.gop_size = 320, 180, "yuv420p", 25
        stream.options = {"preset": "10" if codec == "libsvtav1" else "ultrafast", "deadline": "realtime"}
        began = time.monotonic()
        for number in range(25 * 60):
            frame = av.VideoFrame(320, 180, "yuv420p")
            for plane in frame.planes:
                plane.update(bytes([number % 250]) * plane.buffer_size)
            frame.pts, frame.time_base = number, Fraction(1, 25)
            sending.mux(stream.encode(frame))
            time.sleep(max(0.0, began + number / 25 - time.monotonic()))


if __name__ == "__main__":
    main(*sys.argv[1:])
