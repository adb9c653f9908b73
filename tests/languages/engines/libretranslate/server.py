"""A small real HTTP server that speaks LibreTranslate's API and translates by a rule that tests can check."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import uvicorn

LANGUAGES = [
    {"code": "en", "name": "English", "targets": ["en", "es", "pt-BR"]},
    {"code": "es", "name": "Spanish", "targets": ["en", "es"]},
]


@dataclass
class LibreTranslateServer:
    """Answers ``hello`` with ``HELLO [en>es]``; each fault is switched on by its field."""

    key: str = ""
    status: int = 200
    body: bytes | None = None
    languages: list[dict[str, object]] = field(default_factory=lambda: list(LANGUAGES))
    hold: asyncio.Event | None = None
    url: str = ""
    asked: list[dict[str, str]] = field(default_factory=list)

    async def __call__(self, scope, receive, send) -> None:
        if self.hold:
            await self.hold.wait()
        request = b""
        while (message := await receive())["type"] == "http.request":
            request += message.get("body", b"")
            if not message.get("more_body"):
                break
        status, answer = self._answer(scope["path"], request)
        headers = [(b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": answer})

    def _answer(self, path: str, request: bytes) -> tuple[int, bytes]:
        if self.body is not None or self.status != 200:
            return self.status, self.body or json.dumps({"error": "Slowdown"}).encode()
        if path == "/languages":
            return 200, json.dumps(self.languages).encode()
        asked = json.loads(request)
        self.asked.append(asked)
        if self.key and asked.get("api_key") != self.key:
            return 403, json.dumps({"error": "Invalid API key"}).encode()
        translated = f"{asked['q'].upper()} [{asked['source']}>{asked['target']}]"
        return 200, json.dumps({"translatedText": translated}).encode()


@asynccontextmanager
async def serving(server: LibreTranslateServer) -> AsyncIterator[LibreTranslateServer]:
    config = uvicorn.Config(server, host="127.0.0.1", port=0, log_level="error", lifespan="off", ws="none")
    runner = uvicorn.Server(config)
    task = asyncio.create_task(runner._serve())
    while not runner.started:
        await asyncio.sleep(0)
    server.url = f"http://127.0.0.1:{runner.servers[0].sockets[0].getsockname()[1]}"
    try:
        yield server
    finally:
        if server.hold:
            server.hold.set()
        runner.should_exit = True
        await task
