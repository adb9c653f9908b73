"""What is wrong with a text from outside, where, and what to write instead; knows no particular form.

MalformedText
    every form raises this one: the text is theirs, and they can mend it
"""


class MalformedText(Exception):  # noqa: N818 - a name for what the sender did, beside Refused
    """A text that does not follow its form.

    code: stable, for machines. line: counted from 1, None where lines mean nothing.
    message: one sentence that says what was found and what to write instead.
    """

    def __init__(self, code: str, line: int | None, message: str) -> None:
        super().__init__(message if line is None else f"Line {line}: {message}")
        self.code = code
        self.line = line
        self.message = message
