"""The Chromium of benchmarks and tests, and how it is started: headless, and asking no host of its own accord."""

import shutil

PROGRAM = shutil.which("chromium") or shutil.which("chromium-browser")
"""None where there is none."""

FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
