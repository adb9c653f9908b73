"""Tokens for links, derived from the installation's secret; the logs hold only their hashes.

A link's token is HMAC-SHA256 over meeting, link and generation, under a secret that never leaves the data directory:
loading a meeting again prints the same links, and a copied log gives nobody a token. Who must take a link out of the
world issues it again under the next generation, which revokes the one before.
"""

import hmac
import os
import secrets
from base64 import urlsafe_b64encode
from hashlib import sha256
from pathlib import Path

SECRET_BYTES = 32
TOKEN_BYTES = 24
"""192 bits: 32 characters in an address."""


class Secret:
    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def link_token(self, slug: str, link: str, generation: int = 0) -> str:
        """The token of a meeting's link: 32 characters that need no escaping in an address."""
        message = b"\0".join(part.encode() for part in (slug, link, str(generation)))
        return urlsafe_b64encode(hmac.digest(self._secret, message, "sha256")[:TOKEN_BYTES]).decode()

    def stream_key(self, slug: str, source: str, number: int = 0) -> str:
        """The key with which one source of a meeting's webcast is sent; as long as a link's token, and never one."""
        return self.link_token(slug, f"\1stream {source}", number)


def token_hash(token: str) -> str:
    """What the log remembers of a token: its SHA-256, in hex."""
    return sha256(token.encode(errors="surrogatepass")).hexdigest()


def load_secret(path: Path) -> Secret:
    """The secret kept at a path; made there, readable for its owner alone, if there is none yet."""
    if not path.exists():
        _make(path)
    secret = path.read_bytes()
    if len(secret) != SECRET_BYTES:
        raise ValueError(f"{path} should hold {SECRET_BYTES} bytes, but holds {len(secret)}: links cannot be derived")
    return Secret(secret)


def _make(path: Path) -> None:
    """Complete or not at all, and the first of two who try wins."""
    making = path.with_suffix(f".{os.getpid()}")
    opened = os.open(making, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(opened, "wb") as file:
        file.write(secrets.token_bytes(SECRET_BYTES))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(making, path)
    except FileExistsError:
        pass
    finally:
        making.unlink()
