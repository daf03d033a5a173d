"""The examples of docs/method-validation.md and docs/method-correction.md, one after the other, as they are printed."""

import re
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"


def test_documented_examples_run_in_their_order(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    made = {}
    for page in ("method-validation.md", "method-correction.md"):
        for block in re.findall(r"```python\n(.*?)```", (DOCS / page).read_text("utf-8"), re.DOTALL):
            exec(block, made)
    assert len(made["rejects"]) == 0
    assert len(made["settled"]) == made["plan"]["drawn"].sum()
    assert made["table"]["estimate"].notna().any()
    assert (tmp_path / "card.html").exists()
