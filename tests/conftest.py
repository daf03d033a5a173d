"""What all tests share: where the development data lies, and the seeds."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from discourse.sources.seeds import load_seed

# The same examples in each run, and no clock: a failure is the change's.
settings.register_profile("fixed", derandomize=True, deadline=None)
settings.load_profile("fixed")

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def project() -> Path:
    """The root folder of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def count_lines() -> Callable[[Callable[[], object]], int]:
    """Count the lines of the library that a call runs: its work, the same on a busy machine and on an idle one."""
    package = str(ROOT / "discourse")

    def count(run: Callable[[], object]) -> int:
        lines = 0

        def trace(frame, event, _argument):
            nonlocal lines
            if not frame.f_code.co_filename.startswith(package):
                return None
            lines += event == "line"
            return trace

        before = sys.gettrace()
        sys.settrace(trace)
        try:
            run()
        finally:
            sys.settrace(before)
        return lines

    return count


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of third-party development data; a user's machine has none, and the tests that read it skip."""
    folder = Path(os.environ.get("DISCOURSE_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip("development data (third-party texts) is not on this machine; set DISCOURSE_SHARED to its folder")
    return folder


@pytest.fixture
def article():
    """The founding article as DOCUMENTS."""
    return load_seed("article")


@pytest.fixture
def reports():
    """The coded digests as DOCUMENTS."""
    return load_seed("reports")
