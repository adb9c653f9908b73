"""The command line, and the glue: the one place where all parts of an installation are put together."""

import argparse
import sys
from collections.abc import Sequence

from intercommunity.cli import demo, gateway, meeting, record, rehearse, serve
from intercommunity.cli.complaint import Complaint

COMMANDS = (serve, meeting, rehearse, record, demo, gateway)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; 0 done, 1 refused with a sentence on the error output, 2 wrong arguments."""
    parser = argparse.ArgumentParser(
        prog="intercommunity", description="One meeting in many rooms and many languages, on your own server."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.add_to(commands)
    chosen = parser.parse_args(arguments)
    try:
        return int(chosen.run(chosen))
    except Complaint as complaint:
        print(complaint, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
