"""A real browser for the tests of this folder; they skip, and say why, where there is none."""

import os
import shutil
from collections.abc import Iterator

import pytest

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """Chromium driven by playwright."""
    sync_api = pytest.importorskip(
        "playwright.sync_api",
        reason="playwright is not installed; requirements/dev.txt has it (make check installs it)",
    )
    program = os.environ.get("DISCOURSE_BROWSER") or shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("no Chromium on this machine; install it or set DISCOURSE_BROWSER to its program")
    with sync_api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield running
        running.close()
