"""A PostgreSQL server of the tests' own: new, in a folder of its own, on a socket of its own; knows no table."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ACCOUNT = "postgres"
"""PostgreSQL refuses to run as root, so that then it runs as the account that its package makes."""


class Unavailable(Exception):  # noqa: N818 - says what is the matter, not that it is one
    """No server can be started here; the message says why and what to do."""


@contextmanager
def server() -> Iterator[str]:
    """A running server; gives its DSN, as superuser. It is gone afterwards, with all that it held."""
    binaries = _binaries()
    account = _account()
    folder = Path(tempfile.mkdtemp(prefix="ic-postgres-"))
    try:
        if account:
            shutil.chown(folder, account)
        _run(binaries / "initdb", account, "--auth=trust", "--username=postgres", "--encoding=UTF8", folder / "data")
        _run(binaries / "pg_ctl", account, "--wait", "start", *_where(folder))
        try:
            yield f"host={folder} user=postgres dbname=postgres"
        finally:
            _run(binaries / "pg_ctl", account, "--wait", "--mode=immediate", "stop", *_where(folder))
    finally:
        shutil.rmtree(folder)


def _where(folder: Path) -> list[str]:
    """No network, only the socket. Without fsync: a server that is thrown away need not survive a power cut."""
    options = f"-k {folder} -c listen_addresses='' -c fsync=off"
    return [f"--pgdata={folder / 'data'}", f"--log={folder / 'log'}", f"--options={options}"]


def _run(program: Path, account: str | None, *arguments: object) -> None:
    command = [str(program), *(str(each) for each in arguments)]
    done = subprocess.run(command, user=account, cwd="/", capture_output=True, text=True, check=False)
    if done.returncode:
        raise Unavailable(f"{program.name} failed: {done.stdout}{done.stderr}")


def _binaries() -> Path:
    """The newest installed version's."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[4]))
    found = str(installed[-1]) if installed else shutil.which("initdb")
    if found is None:
        raise Unavailable("PostgreSQL is not installed: apt-get install postgresql")
    return Path(found).parent


def _account() -> str | None:
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam(ACCOUNT).pw_name
    except KeyError:
        raise Unavailable(f"There is no account {ACCOUNT} for PostgreSQL to run as.") from None
