"""python -m bench [--list] [FIGURE …]: measures all figures or those named, and prints them as tables."""

import argparse
import os
import platform
import sys
import time
import traceback
from collections.abc import Iterator

from bench.figures import Figure, Row, figures
from bench.processes import NotInstalledError

SIGNS = {True: "yes", False: "NO", None: ""}


def conditions() -> str:
    with open("/proc/cpuinfo", encoding="utf-8") as info:  # noqa: PTH123 - shorter so
        models = {line.partition(":")[2].strip() for line in info if line.startswith("model name")}
    load = os.getloadavg()[0]
    return (
        f"{os.cpu_count()} × {', '.join(sorted(models))}; Linux {platform.release()}; "
        f"Python {platform.python_version()}; load before {load:.1f}; {time.strftime('%Y-%m-%d')}"
    )


def show(figure: Figure) -> bool:
    """Measure one figure and print its table as it grows; False if a row does not hold."""
    print(f"\n## {figure.name}: {figure.measures}\n\n| what | measured | wanted | holds |\n| --- | --- | --- | --- |")
    good = True
    for row in rows_of(figure):
        good = good and row.holds is not False
        print(f"| {row.what} | {row.measured} | {row.wanted} | {SIGNS[row.holds]} |", flush=True)
    return good


def rows_of(figure: Figure) -> Iterator[Row]:
    """What is missing on this machine is said, and is no failure; a figure that breaks leaves the others standing."""
    try:
        yield from figure.measure()
    except NotInstalledError as missing:
        yield Row("skipped", f"needs {missing}")
    except Exception as error:  # noqa: BLE001 - whatever it was, the other figures are measured
        traceback.print_exc()
        yield Row("broke off", f"{type(error).__name__}: {error}", "", holds=False)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--list", action="store_true", help="say what there is, and measure nothing")
    parser.add_argument("figure", nargs="*", help="names of figures; all of them if none is named")
    wanted = parser.parse_args()
    known = {figure.name: figure for figure in figures()}
    if unknown := set(wanted.figure) - set(known):
        parser.error(f"no such figure: {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    chosen = [known[name] for name in wanted.figure] or list(known.values())
    if wanted.list:
        for figure in chosen:
            print(f"{figure.name:24} {figure.measures}")
        return 0
    print(conditions())
    every_core = os.sched_getaffinity(0)
    held = []
    for figure in chosen:
        os.sched_setaffinity(0, every_core)
        held.append(show(figure))
    return 0 if all(held) else 1


sys.exit(main())
