"""Hostile inputs of every format over the commands: a few of each here, thousands by `make fuzz` (docs/tests.md)."""

import importlib
import random
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

# Of `archive`, see test_archive.py, which has one at hand.
FORMATS = (
    "csv", "tsv", "semicolon", "jsonl", "json", "parquet", "txt-folder", "gz", "zst", "factiva-html", "factiva-xml",
    "nexis-html", "nexis-text", "nexis-docx", "europresse", "proquest", "rss", "atom", "gdelt", "mediacloud", "docx",
    "page", "warc", "arc", "wet", "pdf", "zip", "rtf", "sources-folder", "addresses", "lexicon", "actors", "study",
    "ledger", "codes-table", "corrections", "label-studio", "label-studio-min", "doccano", "inception", "webanno",
    "catma-api", "catma-git", "catma-tei", "qdpx", "sheet-csv", "sheet-xlsx", "coding-form", "options",
)  # fmt: skip


@pytest.fixture(scope="module")
def fuzz(project):
    """The modules of the fuzz: trial and lines."""
    known = set(sys.modules)
    sys.path.insert(0, str(project / "benchmarks"))
    yield importlib.import_module("fuzz.trial"), importlib.import_module("fuzz.lines")
    sys.path.remove(str(project / "benchmarks"))
    for name in {name for name in sys.modules if name.partition(".")[0] == "fuzz"} - known:
        del sys.modules[name]


def test_every_format_of_the_fuzz_is_tried_here(fuzz):
    _, lines = fuzz
    assert {*FORMATS, "archive"} == set(lines.FORMATS)


@pytest.mark.parametrize("kind", FORMATS)
def test_hostile_input_ends_in_a_table_a_reject_or_a_message(fuzz, kind, tmp_path):
    trial, _ = fuzz

    @settings(max_examples=4, database=None, suppress_health_check=list(HealthCheck))
    @given(st.integers(0, 2**32))
    def tried(seed):
        outcome = trial.try_kind(kind, random.Random(f"{kind}-{seed}"), tmp_path, b"", heavy=0)
        problems = {name: said for name, said in outcome.problems.items() if name != "slow" or "stopped" in said}
        assert problems == {}, (outcome.line, outcome.exit_code)

    tried()
