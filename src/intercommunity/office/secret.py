"""The office's secret key, in a file that only its owner reads; knows no settings."""

import os
import secrets
from pathlib import Path


def secret_key(path: Path) -> str:
    """The key in the file, which is made with a new key when it is not there.

    The file is made whole or not at all and never written over: of two processes that start at once, one makes
    the key and the other reads it.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(64))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(new, path)
        except FileExistsError:
            pass
        finally:
            new.unlink()
    return path.read_text().strip()
