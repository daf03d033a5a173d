"""The examples of the pages on validation, corrections, corrected series and coding, one after another."""

import re
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"


def test_documented_examples_run_in_their_order(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    made = {}
    for page in ("method-validation.md", "evidence-corrections.md", "method-correction.md", "coding.md"):
        for block in re.findall(r"```python\n(.*?)```", (DOCS / page).read_text("utf-8"), re.DOTALL):
            exec(block, made)
        if page == "method-correction.md":
            assert len(made["rejects"]) == 0
            assert len(made["settled"]) == made["plan"]["drawn"].sum()
            assert made["outcomes"]["outcome"].tolist() == ["changed"]
            assert made["audit"]["n"].tolist() == [len(made["positions"])]
    assert made["table"]["estimate"].notna().any()
    assert (tmp_path / "card.html").exists()
    assert len(made["by_all"]) == 60 * 2 + 57  # of the third coder: what both see alike
    assert repr(made["settling"]).startswith("Coding form: 57 of 60 coded; coder settled; blind; settles the codes of ")
