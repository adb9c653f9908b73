"""What FFmpeg's complaints about a source mean, as codes for advice; knows neither the source nor its address.

unreachable      nothing answers there, or the line broke    host_unknown     there is no host of that name
address_inside   it lies inside this network                 not_found        there is a server, but no such stream
denied           a name, a password or a permission lacks    server_failed    the server there has a fault of its own
key_refused      SRT: the passphrase is not the one there    no_stream        what is there is no picture and no sound
port_taken       SRT: another program has our port           file_missing     no such file in the folder
file_outside     the file lies outside the folder            no_ffmpeg        FFmpeg itself cannot be started

`address_inside`, `file_missing`, `file_outside` and `no_ffmpeg` come from `guard.py` and `pull.py` themselves.
"""

import re

NO_STREAM = "no_stream"
PORT_TAKEN = "port_taken"

_MEANINGS = (
    (r"Incorrect passphrase|Password required|BADSECRET|UNSECURE", "key_refused"),
    (r"Address already in use", PORT_TAKEN),
    (r"Failed to resolve", "host_unknown"),
    (r"401 Unauthorized|403 Forbidden", "denied"),
    (r"404 Not Found|4XX Client Error|StreamNotFound|Stream not found|Server error", "not_found"),
    (r"5XX Server Error", "server_failed"),
    (r"refused|timed out|unreachable|No route to host|reset by peer|TLS", "unreachable"),
    (r"Stream ends prematurely|Invalid data|moov atom|does not contain any stream", NO_STREAM),
    (r"Input/output error|Broken pipe|End of file", "unreachable"),
)
_STRANGER = re.compile(rb"BADSECRET|ERROR:UNSECURE")


def meaning_of(complaint: str) -> str:
    """A code; of several that fit, the one that says most. "" for an empty complaint."""
    if not complaint.strip():
        return ""
    return next((code for pattern, code in _MEANINGS if re.search(pattern, complaint)), NO_STREAM)


def tells_of_a_stranger(complaint: bytes) -> bool:
    """Whether an SRT port has turned somebody away who had another passphrase, or none."""
    return bool(_STRANGER.search(complaint))
