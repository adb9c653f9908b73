import asyncio
import os
from pathlib import Path

import pytest

from intercommunity.languages.engines.apertium.pipeline import Pipeline
from intercommunity.languages.ports import AnswerUnusable, EngineDown, EngineTimedOut
from waiting import WITHIN_S, until

ECHO = "exec cat"


def _once_broken(tmp_path: Path, fault: str) -> str:
    """A command that does ``fault`` when it is started for the first time, and echoes from then on."""
    flag = tmp_path / "started"
    return f"if [ -e {flag} ]; then exec cat; fi; touch {flag}; {fault}"


def _members(group: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) == group and fields[0] != "Z":
            found.append(int(stat.parent.name))
    return found


async def test_pipeline_starts_with_the_first_text_and_stays_open():
    pipeline = Pipeline(ECHO, timeout_s=WITHIN_S)
    assert pipeline._process is None
    assert await pipeline.translate("one") == "one"
    first = pipeline._process
    assert await pipeline.translate("two") == "two"
    assert pipeline._process is first
    await pipeline.close()


@pytest.mark.parametrize(
    "fault", ["exit 0", "read -r -d x line; exit 1", "exec sleep 60", r"printf 'late.[7]\0'; exec sleep 60"]
)
async def test_pipeline_that_breaks_is_restarted_and_the_text_given_again(tmp_path, fault):
    pipeline = Pipeline(_once_broken(tmp_path, fault), timeout_s=2)
    assert await pipeline.translate("hello") == "hello"
    assert await pipeline.translate("again") == "again"
    await pipeline.close()


@pytest.mark.parametrize(
    ("command", "failure"),
    [("exit 3", EngineDown), ("exec sleep 60", EngineTimedOut), ("exec tr a-z b-za", None), ("tr '[1]' xxx", None)],
)
async def test_pipeline_that_breaks_twice_raises(command, failure):
    pipeline = Pipeline(command, timeout_s=WITHIN_S if failure is EngineDown else 0.2)
    with pytest.raises(failure or EngineTimedOut):
        await pipeline.translate("hello")
    await pipeline.close()


async def test_pipeline_that_answers_something_else_raises():
    pipeline = Pipeline(r"printf 'a.[9]\0b.[9]\0'; exec sleep 60", timeout_s=WITHIN_S)
    with pytest.raises(AnswerUnusable):
        await pipeline.translate("hello")
    await pipeline.close()


async def test_pipeline_killed_between_texts_is_restarted():
    pipeline = Pipeline(ECHO, timeout_s=WITHIN_S)
    await pipeline.translate("one")
    os.kill(pipeline._process.pid, 9)
    assert await pipeline.translate("two") == "two"
    await pipeline.close()


async def test_pipeline_given_up_half_way_does_not_answer_the_next_text():
    pipeline = Pipeline(ECHO, timeout_s=WITHIN_S)
    await pipeline.translate("warm")
    for _ in range(20):
        given_up = asyncio.create_task(pipeline.translate("given up"))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        given_up.cancel()
        assert await pipeline.translate("wanted") == "wanted"
    await pipeline.close()


async def test_close_ends_every_program_of_the_pipeline():
    pipeline = Pipeline("cat | cat | cat", timeout_s=WITHIN_S)
    await pipeline.translate("one")
    group = pipeline._process.pid
    assert len(_members(group)) == 4  # the shell and its three programs
    await pipeline.close()
    await until(lambda: not _members(group))


async def test_closed_pipeline_raises():
    pipeline = Pipeline(ECHO, timeout_s=WITHIN_S)
    await pipeline.close()
    with pytest.raises(EngineDown):
        await pipeline.translate("one")
