"""socketify: uWebSockets with a Python face, its own publish and subscribe."""

import sys
from typing import Any

from socketify import App, CompressOptions, OpCode

app = App()


held: dict[int, Any] = {}  # socketify forgets a response that it still waits for


def publish(response: Any, _: Any) -> None:
    held[id(response)] = response
    chunks: list[bytes] = []

    def take(response: Any, chunk: bytes | None, is_end: bool) -> None:  # noqa: FBT001 - socketify calls it so
        chunks.append(chunk or b"")
        if is_end:
            app.publish("all", b"".join(chunks), OpCode.TEXT)
            response.end("")
            held.clear()

    response.on_data(take)


app.ws(
    "/stream",
    {
        "compression": CompressOptions.DISABLED,
        "idle_timeout": 0,
        "open": lambda ws: ws.subscribe("all"),
    },
)
app.post("/publish", publish)
app.listen({"port": int(sys.argv[1]), "host": "127.0.0.1"}, lambda _: None)
app.run()
