"""What a reader's line must carry before anything can be read."""

import gzip
import re
import zlib
from collections.abc import Iterator
from http.client import HTTPConnection

from bench.figures import Row
from bench.product import SLUG, Captioner, folder, load, new_port, served

MEASURES = "watch page and text page on a thin line"
LINES = 300
SCRIPT_BYTES = 30 * 1024
TEXT_BYTES = 14 * 1024


def measure() -> Iterator[Row]:
    port = new_port()
    with folder() as data:
        token = load(data)["captioner"]
        with served(data, port):
            captioner = Captioner(port, token)
            for number in range(1, LINES + 1):
                captioner.write(number)
            page, on_the_line = _get(port, f"/{SLUG}/")
            scripts = [(name, *_get(port, name)) for name in _scripts(page)]
            text, _ = _get(port, f"/live/{SLUG}/text?lang=en&grow=no")
    sizes = [carried for _, _, carried in scripts]
    more = sum(len(_imports(script.decode())) for _, script, _ in scripts)
    told = f"{sum(sizes) / 1024:.1f} KB compressed in {len(sizes)} request, {more} more asked for by it"
    good = sum(sizes) <= SCRIPT_BYTES and len(sizes) == 1 and more == 0
    yield Row("script of the watch page", told, "≤ 30 KB, one request", good)
    yield Row("watch page itself", f"{on_the_line / 1024:.1f} KB")
    told = f"{len(text) / 1024:.1f} KB, {len(gzip.compress(text)) / 1024:.1f} KB if compressed"
    yield Row(f"text page after {LINES} lines, whole", told, "≤ 14 KB", len(text) <= TEXT_BYTES)


def _get(port: int, path: str) -> tuple[bytes, int]:
    """The content, and how many bytes it took on the line."""
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path, headers={"Accept-Encoding": "gzip", "Accept": "text/html,*/*"})
    response = connection.getresponse()
    body = response.read()
    if response.status != 200:
        raise RuntimeError(f"{path}: {response.status}")
    if response.headers["Content-Encoding"] == "gzip":
        return zlib.decompress(body, wbits=31), len(body)
    return body, len(body)


def _scripts(page: bytes) -> list[str]:
    return re.findall(r'<script[^>]* src="([^"]+)"', page.decode())


def _imports(script: str) -> list[str]:
    return re.findall(r'\bimport\s*\(\s*"|\bfrom\s*"\./', script)
