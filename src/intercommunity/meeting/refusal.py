"""Why a wish is not granted: a stable code and the values its sentence needs; knows no language.

Exception
└── Refused     a well-formed command that the meeting does not allow now, or from this actor
"""


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not an error of ours
    """`code` is stable and for machines; the sentence for people is made from it and `values` at the edge."""

    def __init__(self, code: str, **values: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.values = values
