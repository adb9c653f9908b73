"""Which secret a request shows; knows no meeting."""

from collections.abc import Mapping
from urllib.parse import parse_qs

LONGEST = 256


def token_in(headers: Mapping[bytes, bytes], query: str) -> str:
    """The bearer token of a request, or the `token` of its query, for what cannot send headers; empty: none.

    A token in an address can end up in logs and histories. It is taken there only because caption services and the
    page without a script know no other way, and this server writes no query into its logs.
    """
    scheme, _, bearer = headers.get(b"authorization", b"").decode("latin-1").partition(" ")
    found = bearer.strip() if scheme.lower() == "bearer" else parse_qs(query).get("token", [""])[0]
    return found if len(found) <= LONGEST else "x"
