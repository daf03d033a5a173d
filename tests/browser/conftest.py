"""A real browser for the tests of this folder; they skip, and say why, where there is none."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

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


TOKEN = "discourse-test"  # the server listens on this machine only, for this test


@pytest.fixture(scope="session")
def start_lab(project):
    """A function that starts JupyterLab on a folder of notebooks, for as long as a with-block: it gives the address."""
    pytest.importorskip("jupyterlab", reason="jupyterlab is not installed (extra 'jupyter')")

    @contextmanager
    def start(folder: Path, notebooks: Path) -> Iterator[str]:
        log = folder / "lab.log"
        settings = folder / "settings" / "@jupyterlab" / "notebook-extension" / "tracker.jupyterlab-settings"
        settings.parent.mkdir(parents=True)
        settings.write_text('{"windowingMode": "none"}', encoding="utf-8")  # draw cells outside the window too
        environment = os.environ | {
            "JUPYTER_CONFIG_DIR": str(folder / "config"),
            "JUPYTER_DATA_DIR": str(folder / "data"),
            "JUPYTERLAB_SETTINGS_DIR": str(folder / "settings"),
            "PYTHONPATH": str(project),
        }
        command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--ServerApp.port=0", "--allow-root"]
        command += [
            f"--IdentityProvider.token={TOKEN}",
            "--ServerApp.ip=127.0.0.1",
            f"--ServerApp.root_dir={notebooks}",
        ]
        with log.open("w") as stream:
            server = subprocess.Popen(command, stdout=stream, stderr=subprocess.STDOUT, env=environment)
        try:
            yield _address(server, log)
        finally:
            server.terminate()
            server.wait(timeout=20)

    return start


def _address(server, log) -> str:
    for _ in range(240):
        found = re.search(r"http://127\.0\.0\.1:\d+", log.read_text())
        if found:
            return found.group()
        if server.poll() is not None:
            break
        time.sleep(0.25)
    raise RuntimeError(f"JupyterLab did not start:\n{log.read_text()}")
