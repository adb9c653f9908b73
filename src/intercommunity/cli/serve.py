"""`intercommunity serve`: everything of an installation, one process group, one port, SQLite."""

import argparse
import asyncio
import os
import resource
import sys
from pathlib import Path

from intercommunity.cli import loop
from intercommunity.cli.complaint import Complaint
from intercommunity.cli.logs import log_to_terminal
from intercommunity.cli.port import ensure_unused, inside_path, listen, listen_inside

RESTART_AFTER_S = 1.0


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("serve", help="serve all meetings of a data folder")
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds everything")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (default 8000)")
    parser.add_argument("--workers", type=int, default=1, help="processes that share the port (default 1)")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    if arguments.workers < 1:
        raise Complaint("--workers must be 1 or more.")
    log_to_terminal()
    use_settings(arguments.data)
    raise_file_limit()
    loop.run(serve(arguments.data, arguments.host, arguments.port, arguments.workers))
    return 0


def use_settings(data: Path) -> None:
    """The office reads its options from the environment when it is first imported."""
    os.environ["INTERCOMMUNITY_DATA"] = str(data)


def raise_file_limit() -> None:
    """A viewer is an open file: take as many as the system allows."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


async def serve(data: Path, host: str, port: int, workers: int) -> None:
    """Until a signal says to stop."""
    from intercommunity import settings
    from intercommunity.cli.server import Server
    from intercommunity.cli.webcasts import webcasts_of
    from intercommunity.store.installation import Installation, socket_path
    from intercommunity.store.port import Locked, StoreError
    from intercommunity.store.remote.server import CoreServer

    if workers > 1:
        await ensure_unused(host, port)
    sock = listen(host, port, shared=workers > 1)
    port = sock.getsockname()[1]
    try:
        installation = Installation(data, settings.POSTGRES)
    except Locked as error:
        raise Complaint(f"Another server, or another command, works on the folder {data}. Stop it first.") from error
    except StoreError as error:
        raise Complaint(str(error)) from error
    except OSError as error:
        raise Complaint(f"Cannot use the folder {data}: {error.strerror}.") from error
    core = CoreServer(installation, socket_path(data))
    await core.start()
    others = [asyncio.create_task(_keep_gateway(data, host, port, f"gateway-{n}")) for n in range(2, workers + 1)]
    try:
        inside = listen_inside(data)
        webcasts = webcasts_of(data, host, installation.secret)
        await Server(installation, "core", inside_path(data), keeps_logs=True, webcasts=webcasts).run(sock, inside)
    finally:
        for other in others:
            other.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await core.close()
        await installation.close()


async def _keep_gateway(data: Path, host: str, port: int, name: str) -> None:
    """Run one more process on the port; start it again if it dies."""
    command = ["-m", "intercommunity.cli", "gateway", "--data", str(data), "--host", host, "--port", str(port)]
    command += ["--parent", str(os.getpid())]
    while True:
        process = await asyncio.create_subprocess_exec(sys.executable, *command, "--name", name)
        try:
            await process.wait()
        finally:
            if process.returncode is None:
                process.terminate()
                await process.wait()
        await asyncio.sleep(RESTART_AFTER_S)
