"""`intercommunity gateway`: one more process on the port, for more viewers; `serve --workers` starts them."""

import argparse
import asyncio
import ctypes
import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING

from intercommunity.cli import loop
from intercommunity.cli.logs import log_to_terminal
from intercommunity.cli.port import inside_path, listen
from intercommunity.cli.serve import raise_file_limit, use_settings

if TYPE_CHECKING:
    from intercommunity.store.remote.client import RemoteInstallation

_SIGNAL_ON_PARENTS_DEATH = 1


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("gateway", help="one more process on the port of a running server")
    parser.add_argument("--data", type=Path, required=True, help="the folder of the running server")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--name", required=True, help="by which the processes tell each other apart")
    parser.add_argument("--parent", type=int, default=0, help="the process with which this one ends")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    log_to_terminal()
    if arguments.parent and not end_with_parent(arguments.parent):
        return 0
    raise_file_limit()
    use_settings(arguments.data)
    loop.run(_serve(arguments))
    return 0


def end_with_parent(parent: int) -> bool:
    """Ask the kernel for a SIGTERM when the process that started this one ends, however it ends (Linux, prctl(2)).

    False if it has ended already: the kernel only tells of what happens after it was asked.
    """
    ctypes.CDLL(None, use_errno=True).prctl(_SIGNAL_ON_PARENTS_DEATH, signal.SIGTERM)
    return os.getppid() == parent


async def _serve(arguments: argparse.Namespace) -> None:
    from intercommunity.cli.server import Server
    from intercommunity.store.installation import socket_path
    from intercommunity.store.remote.client import RemoteInstallation

    meetings = RemoteInstallation(socket_path(arguments.data))
    await meetings.connect()
    try:
        sock = listen(arguments.host, arguments.port, shared=True)
        server = Server(meetings, arguments.name, inside_path(arguments.data), keeps_logs=False)
        await _until_lost(meetings, asyncio.create_task(server.run(sock)))
    finally:
        await meetings.close()


async def _until_lost(meetings: "RemoteInstallation", serving: asyncio.Task[None]) -> None:
    """Serve until a signal says to stop, or until the logs are others than those that were followed.

    In the second case this process ends, is started again, and begins with what there is now.
    """
    lost = asyncio.create_task(meetings.wait_lost())
    await asyncio.wait({serving, lost}, return_when=asyncio.FIRST_COMPLETED)
    for task in (serving, lost):
        task.cancel()
    await asyncio.gather(serving, lost, return_exceptions=True)
