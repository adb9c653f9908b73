"""The pages' one style sheet, put together from its parts; knows no page."""

from importlib.resources import files

STYLE = "style.css"
PARTS = ("base", "frame", "lists", "transcript", "player", "marks", "tables", "questions", "print")
"""In `templates/style/`, in the order in which a later rule stands above an earlier one."""


def style() -> bytes:
    folder = files("intercommunity.record") / "templates/style"
    return b"\n".join((folder / f"{part}.css").read_bytes() for part in PARTS)
