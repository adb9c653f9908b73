"""Writes docs/operate/settings.md from the options as src/intercommunity/settings.py has them; sets nothing."""

from pathlib import Path

from intercommunity.settings import OPTIONS

HEAD = """\
# Settings

Every option has a default and can be set by the environment. They are read in `src/intercommunity/settings.py`; this
page is written from there by `make settings`, and a test compares the two.

| variable | default | what it is |
| --- | --- | --- |
"""


def main() -> None:
    defaults = [f"`{each.default}`" if each.default else "empty" for each in OPTIONS]
    rows = [
        f"| `{each.variable}` | {default} | {each.says} |\n" for each, default in zip(OPTIONS, defaults, strict=True)
    ]
    page = Path(__file__).parents[1] / "docs/operate/settings.md"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(HEAD + "".join(rows))


if __name__ == "__main__":
    main()
