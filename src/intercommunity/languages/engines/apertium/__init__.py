"""Translation by Apertium, rule-based and offline; one open pipeline a pair.

See https://wiki.apertium.org/wiki/Apertium_stream_format for the format and the mode files for the programs.
"""

import asyncio
from pathlib import Path

from intercommunity.languages.engines.apertium.modes import installed_modes, pipeline_command
from intercommunity.languages.engines.apertium.pipeline import Pipeline
from intercommunity.languages.engines.apertium.tidy import tidy
from intercommunity.languages.ports import AnswerUnusable, PairMissing
from intercommunity.languages.tags import Pair, find_pair

DATA_DIR = Path("/usr/share/apertium")
_TYPOGRAPHY = str.maketrans({"’": "'", "‘": "'"})  # the dictionaries know "we'll" only with the straight one


class ApertiumTranslator:
    name = "Apertium"
    marks = ("Netscape", "Siemens", "Airbus", "Boeing", "Repsol", "Endesa", "Greenpeace", "Nokia", "Mozilla")

    def __init__(self, data_dir: Path = DATA_DIR, timeout_s: float = 5.0) -> None:
        self._modes = installed_modes(data_dir)
        self._timeout_s = timeout_s
        self._pipelines: dict[Pair, Pipeline] = {}

    def pairs(self) -> frozenset[Pair]:
        return frozenset(self._modes)

    async def translate(self, text: str, source: str, target: str) -> str:
        pipeline = self._pipeline(source, target)
        return "\n".join([await _translate_line(pipeline, line, (source, target)) for line in text.split("\n")])

    async def close(self) -> None:
        await asyncio.gather(*(pipeline.close() for pipeline in self._pipelines.values()))

    def _pipeline(self, source: str, target: str) -> Pipeline:
        pair = find_pair(self._modes, source, target)
        if pair is None:
            raise PairMissing(
                f"Apertium has no pair {source} to {target} here. Install it (apertium-…) or choose another engine."
            )
        if pair not in self._pipelines:
            command = pipeline_command(self._modes[pair].read_text(encoding="utf-8"))
            self._pipelines[pair] = Pipeline(command, self._timeout_s)
        return self._pipelines[pair]


async def _translate_line(pipeline: Pipeline, line: str, pair: Pair) -> str:
    if not any(char.isalnum() for char in line):
        return line
    translated = await pipeline.translate(line.translate(_TYPOGRAPHY))
    if not translated:  # a lone auxiliary verb, for one, has no counterpart
        raise AnswerUnusable("Apertium has no words for this line alone.")
    return _with_margins(line, tidy(line, translated, *pair))


def _with_margins(line: str, translated: str) -> str:
    start = line[: len(line) - len(line.lstrip())]
    end = line[len(line.rstrip()) :]
    return f"{start}{translated}{end}"
