"""Why a record is not written: a stable code, what is the matter, what to do; knows no command line.

Exception
└── RecordRefused   nothing was written, and what was there before is untouched
"""

from pathlib import Path


class RecordRefused(Exception):  # noqa: N818 - beside Refused: an answer, not an error of ours
    """`code` is stable and for machines, `message` one or two sentences for people, with the remedy."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def meeting_undescribed() -> RecordRefused:
    return RecordRefused(
        "meeting_undescribed",
        "Nothing is known of this meeting. Load its file first, with “intercommunity meeting load”.",
    )


def out_is_a_file(out: Path) -> RecordRefused:
    return RecordRefused("out_is_a_file", f"{out} is a file. Name a folder that is new or empty.")


def out_not_a_record(out: Path) -> RecordRefused:
    return RecordRefused(
        "out_not_a_record",
        f"{out} is not empty and no record of a meeting: it would be lost. Name a folder that is new or empty.",
    )


def out_is_another_record(out: Path, slug: str) -> RecordRefused:
    return RecordRefused(
        "out_is_another_record",
        f"{out} holds the record of another meeting ({slug}). Name another folder, or take that one away.",
    )


def out_holds_other_files(out: Path, found: str) -> RecordRefused:
    return RecordRefused(
        "out_holds_other_files",
        f"{out} holds an older record and also “{found}”, which would be lost. Take that out, or name another folder.",
    )


def out_unwritable(out: Path, reason: str) -> RecordRefused:
    return RecordRefused(
        "out_unwritable", f"The record cannot be written to {out}: {reason}. Free or open the place, or name another."
    )
