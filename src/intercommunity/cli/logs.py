"""Structured logs: one line of key=value a happening, on the error output."""

import logging
import sys
from datetime import UTC, datetime


class KeyValue(logging.Formatter):
    """`time=… level=warning from=gateway.app text="…"`. No address of a request is ever logged: it may hold a token."""

    def format(self, record: logging.LogRecord) -> str:
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        text = record.getMessage().replace('"', "'").replace("\n", " ")
        name = record.name.removeprefix("intercommunity.")
        line = f'time={moment} level={record.levelname.lower()} from={name} text="{text}"'
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


def log_to_terminal(level: int = logging.INFO) -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(KeyValue())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for talkative in ("httpx", "httpcore", "uvicorn.error", "django.request"):
        logging.getLogger(talkative).setLevel(logging.WARNING)
