"""A process that owns the logs of a data directory and serves them until it is killed: `python core.py DIR`."""

import asyncio
import sys
from pathlib import Path

from intercommunity.store.installation import Installation, socket_path
from intercommunity.store.remote.server import CoreServer


async def serve(data_dir: Path) -> None:
    installation = Installation(data_dir)
    await CoreServer(installation, socket_path(data_dir)).start()
    print("ready", flush=True)  # noqa: T201 - for who started it
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1])))
