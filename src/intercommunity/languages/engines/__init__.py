"""The translation engines, one folder an engine, and the way to open one; knows nothing of meetings."""

from pathlib import Path
from typing import Literal

from intercommunity.languages.ports import Translator

Choice = Literal["apertium", "libretranslate", "none"]


async def open_translator(
    choice: Choice,
    *,
    apertium_data: Path | None = None,
    libretranslate_url: str = "http://localhost:5000",
    libretranslate_key: str = "",
    timeout_s: float | None = None,
) -> Translator:
    """Return the engine of this name, ready for use; options of the other engines do not matter.

    An engine that is missing or not up yet still opens: it has no pairs, and each text raises TranslationFailed.
    """
    match choice:
        case "apertium":
            from intercommunity.languages.engines.apertium import DATA_DIR, ApertiumTranslator

            return ApertiumTranslator(apertium_data or DATA_DIR, timeout_s or 5.0)
        case "libretranslate":
            from intercommunity.languages.engines.libretranslate import LibreTranslateTranslator

            server = LibreTranslateTranslator(libretranslate_url, libretranslate_key, timeout_s or 10.0)
            await server.connect()
            return server
        case "none":
            from intercommunity.languages.engines.none import NoTranslator

            return NoTranslator()
