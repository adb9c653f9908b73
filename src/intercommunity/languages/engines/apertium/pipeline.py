"""One Apertium pipeline that stays open between lines; knows neither languages nor what a text means.

One text is in the pipeline at a time, in the order in which they were asked for; the first one starts it. A pipeline
that dies, hangs or answers out of step is killed with all its programs, started again, and given the text once more.
"""

import asyncio
import contextlib
import os
import signal
from asyncio.subprocess import PIPE, Process

from intercommunity.languages.engines.apertium.stream import decode, encode
from intercommunity.languages.ports import AnswerUnusable, EngineDown, EngineTimedOut, TranslationFailed

_ANSWER_LIMIT = 4 * 1024 * 1024  # bytes; a longer answer counts as broken
_UTF8 = {"LC_ALL": "C.UTF-8"}


class Pipeline:
    """A shell command of connected programs, started when needed."""

    def __init__(self, command: str, timeout_s: float) -> None:
        self._command = command
        self._timeout_s = timeout_s
        self._turn = asyncio.Lock()
        self._process: Process | None = None
        self._number = 0
        self._closed = False

    async def translate(self, line: str) -> str:
        """Return one line (no line breaks) translated; raise TranslationFailed if it fails twice."""
        async with self._turn:
            try:
                return await self._attempt(line)
            except TranslationFailed:
                return await self._attempt(line)

    async def close(self) -> None:
        """End every program of the pipeline; a text that is inside fails."""
        self._closed = True
        await self._stop()

    async def _attempt(self, line: str) -> str:
        if self._closed:
            raise EngineDown("The translation engine has been closed.")
        try:
            async with asyncio.timeout(self._timeout_s):
                return await self._exchange(line)
        except TimeoutError:
            await self._stop()
            raise EngineTimedOut(f"Apertium did not answer within {self._timeout_s:g} s.") from None
        except (OSError, EOFError, asyncio.LimitOverrunError) as error:
            await self._stop()
            raise EngineDown(f"Apertium's pipeline broke ({error}); is the language pair installed whole?") from error
        except BaseException:
            await self._stop()  # a text given up half-way would be the answer to the next one
            raise

    async def _exchange(self, line: str) -> str:
        process = self._process or await self._start()
        assert process.stdin is not None
        assert process.stdout is not None
        self._number += 1
        process.stdin.write(encode(line, self._number))
        await process.stdin.drain()
        answer = decode((await process.stdout.readuntil(b"\0"))[:-1], self._number)
        if answer is None:
            raise AnswerUnusable("Apertium's answer does not belong to the line that it was given.")
        return answer

    async def _start(self) -> Process:
        self._process = await asyncio.create_subprocess_shell(
            self._command,
            stdin=PIPE,
            stdout=PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            limit=_ANSWER_LIMIT,
            env=os.environ | _UTF8,
            start_new_session=True,  # one process group, so that all its programs can be ended at once
        )
        return self._process

    async def _stop(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        if process.stdin is not None:
            process.stdin.close()
        await process.wait()
