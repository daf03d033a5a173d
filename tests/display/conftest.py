"""What tests of the page's JavaScript share; they skip, and say why, where no Node.js is."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from importlib.resources import files

import pytest


@pytest.fixture(scope="session")
def run_javascript() -> Callable[[tuple[str, ...], str, object], object]:
    """Run modules of the evidence page with a last line of one's own; what it reads and prints is JSON."""
    program = os.environ.get("DISCOURSE_NODE") or shutil.which("node")
    if program is None:
        pytest.skip(
            "no Node.js on this machine; install it or set DISCOURSE_NODE to its program. "
            "Where a browser is, tests/browser recomputes the cells of a page in it"
        )
    home = files("discourse.display.evidence")

    def run(modules: tuple[str, ...], asked: str, given: object) -> object:
        source = "\n".join(home.joinpath(f"{name}.js").read_text(encoding="utf-8") for name in modules)
        command = [program, "-e", f"{source}\n{asked}"]
        done = subprocess.run(
            command, input=json.dumps(given), capture_output=True, text=True, encoding="utf-8", check=True
        )
        return json.loads(done.stdout)

    return run
