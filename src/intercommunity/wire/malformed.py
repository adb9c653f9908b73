"""What was sent cannot be read: a stable code and what the sentence about it needs; knows no transport.

Exception
└── Malformed     the bytes, the JSON or a field is not what the protocol says
"""


class Malformed(Exception):  # noqa: N818 - the counterpart of Refused: theirs, not ours
    """`code` is stable and for machines; `values` fill the sentence for people."""

    def __init__(self, code: str, **values: str | int) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values
