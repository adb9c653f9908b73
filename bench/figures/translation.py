"""A caption line translated by Apertium, with its pipeline open: the rehearsal's own lines, one after the other."""

import asyncio
import re
import time
from collections.abc import Iterator
from importlib.resources import files
from statistics import quantiles

from bench.figures import Row
from intercommunity.languages.engines.apertium import ApertiumTranslator

MEASURES = "a line translated, pipeline open"
P95_MS = 150


def measure() -> Iterator[Row]:
    if ("en", "es") not in ApertiumTranslator().pairs():
        yield Row("Apertium en → es", "skipped, not installed: apt install apertium apertium-eng-spa")
        return
    lines = _lines()
    milliseconds = asyncio.run(_translate(lines))
    p50, p95 = quantiles(milliseconds, n=100)[49], quantiles(milliseconds, n=100)[94]
    told = f"{p50:.0f} / {p95:.0f} / {max(milliseconds):.0f} ms ({len(lines)} lines)"
    yield Row("Apertium en → es, p50 / p95 / longest", told, f"p95 < {P95_MS} ms", p95 < P95_MS)


async def _translate(lines: list[str]) -> list[float]:
    translator = ApertiumTranslator()
    await translator.translate("Good morning.", "en", "es")  # opens the pipeline
    milliseconds = []
    for line in lines:
        began = time.perf_counter()
        await translator.translate(line, "en", "es")
        milliseconds.append((time.perf_counter() - began) * 1000)
    await translator.close()
    return milliseconds


def _lines() -> list[str]:
    """The English sentences of the rehearsal script."""
    script = (files("intercommunity.rehearsal") / "scripts" / "forum.script").read_text(encoding="utf-8")
    said = re.sub(r"\n {4}", " ", script).splitlines()
    english = [line.partition(": ")[2] for line in said if line.startswith(("amina: ", "peter: ", "lorna: "))]
    return [sentence for text in english for sentence in re.split(r"(?<=[.?!]) ", text) if len(sentence) > 1]
