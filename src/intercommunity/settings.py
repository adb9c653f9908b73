"""Every option of an installation with its default, and what Django is told of them; knows no meeting.

Each option can be set by the environment: INTERCOMMUNITY_ and its name in capitals. The table in
docs/operate/settings.md says the same; a test compares the two.
"""

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar, cast

from django.utils.functional import lazystr

PREFIX = "INTERCOMMUNITY_"

Value = TypeVar("Value", bool, int, str, Path, tuple[str, ...])


class SettingWrong(Exception):  # noqa: N818 - names what the operator has to mend
    """An environment variable holds what its option cannot be; the message says what to write instead."""


@dataclass(frozen=True)
class Option:
    """An option as an operator reads of it. The default is shown as it would be written in the environment."""

    variable: str
    default: str
    says: str


OPTIONS: list[Option] = []


def option(name: str, default: Value, says: str) -> Value:
    """The option's value: from the environment, read as what the default is, or else the default."""
    variable = PREFIX + name
    OPTIONS.append(Option(variable, _written(default), says))
    text = os.environ.get(variable)
    return default if text is None else cast("Value", _read(variable, text.strip(), default))


def _written(value: object) -> str:
    if isinstance(value, tuple):
        return ",".join(value)
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _read(variable: str, text: str, default: object) -> object:
    if isinstance(default, bool):
        if text.lower() not in {"yes", "no"}:
            raise SettingWrong(f'{variable} is "{text}"; write yes or no.')
        return text.lower() == "yes"
    if isinstance(default, int):
        if not text.isdecimal():
            raise SettingWrong(f'{variable} is "{text}"; write a whole number, 0 or more.')
        return int(text)
    if isinstance(default, tuple):
        return tuple(part.strip() for part in text.split(",") if part.strip())
    return Path(text) if isinstance(default, Path) else text


# ---- options ---------------------------------------------------------------------------------------------------------

DATA = option("DATA", Path("data"), "The folder that holds everything: logs, keys, what is running.")
SECRET_KEY_FILE = option(
    "SECRET_KEY_FILE",
    "",
    "Where the office's secret key lies, made when first needed. Empty: office.key in the data folder.",
)
SITE_NAME = option("SITE_NAME", "InterCommunity", "What the community is called at the head of every page.")
UI_LANGUAGE = option("UI_LANGUAGE", "en", "The language of the pages for people whose browser asks for none of ours.")
ALLOWED_HOSTS = list(
    option("ALLOWED_HOSTS", ("*",), "The host names that the office answers to, with commas between; * for all.")
)
POSTGRES = option(
    "POSTGRES", "", "Where the logs are kept if not in the data folder: a PostgreSQL address (postgresql://…)."
)
LIBRETRANSLATE_URL = option(
    "LIBRETRANSLATE_URL", "http://localhost:5000", "Where a LibreTranslate server answers, for meetings that name it."
)
LIBRETRANSLATE_KEY = option("LIBRETRANSLATE_KEY", "", "The key for that server, if it wants one.")
RTMP_PORT = option("RTMP_PORT", 1935, "The port on which programmes and channels are sent to the server by RTMP.")
PULL_FROM_INSIDE = option(
    "PULL_FROM_INSIDE", False, "Whether programmes may be pulled from addresses inside this network."
)
HTTPS_ONLY = option(
    "HTTPS_ONLY", False, "Whether people reach the site by HTTPS alone: browsers are then told to insist on it."
)
PROXIES = option(
    "PROXIES",
    ("127.0.0.1", "::1"),
    "The addresses of the proxies in front: what they say of where a request comes from (X-Forwarded-For) is believed.",
)

# ---- Django ----------------------------------------------------------------------------------------------------------
# The office keeps no table yet and nobody logs in: there is no database, no session and no form of Django's.

HERE = Path(__file__).parent


@cache
def _secret_key() -> str:
    """Read when Django first asks, so that a look at the settings makes no file."""
    from intercommunity.office.secret import secret_key

    return secret_key(Path(SECRET_KEY_FILE) if SECRET_KEY_FILE else DATA / "office.key")


class _KeyWhenAsked:
    def __str__(self) -> str:
        return _secret_key()


SECRET_KEY = lazystr(_KeyWhenAsked())
DEBUG = False
ROOT_URLCONF = "intercommunity.urls"
INSTALLED_APPS: list[str] = []
MIDDLEWARE = [
    "intercommunity.office.middleware.security.security_headers",
    "intercommunity.office.middleware.static_files.StaticFiles",
    "django.middleware.gzip.GZipMiddleware",
    "intercommunity.office.middleware.language.interface_language",
    "django.middleware.common.CommonMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "office/templates"],
        "OPTIONS": {
            "builtins": ["django.templatetags.i18n"],
            "context_processors": ["intercommunity.office.shell.shell"],
        },
    }
]

STATIC_URL = "/static/"
STATIC_ROOT = HERE / "office/static"
WHITENOISE_ALLOW_ALL_ORIGINS = False

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = UI_LANGUAGE
LANGUAGES = [("en", "English"), ("es", "español"), ("ar", "العربية")]
LANGUAGE_COOKIE_NAME = "ui"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = HTTPS_ONLY
LOCALE_PATHS = [HERE / "locale"]

LOGGING_CONFIG = None  # the command line sets logging up, for the live plane and the office alike
