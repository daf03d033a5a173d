"""`dc.evidence` and `discourse evidence`: the file, and what they refuse."""

import pandas as pd
import pytest
from click.testing import CliRunner

import discourse as dc
from discourse.cli import main
from discourse.errors import SchemaError, SourceError

ROWS = "doc_id,text,date\na,التقى المبعوث الروسي وفدا من طالبان في موسكو.,2015-12-23\n"
FAST = {"n_draws": 5, "period": "year"}


@pytest.fixture
def corpus(tmp_path):
    place = tmp_path / "corpus.csv"
    place.write_text(ROWS, encoding="utf-8")
    return place


def test_evidence_writes_one_page_and_returns_the_flow(corpus, tmp_path):
    flow = dc.evidence(corpus, tmp_path / "e.html", **FAST)
    assert flow["n"].tolist()[:3] == [1, 0, 1]
    page = (tmp_path / "e.html").read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>") and '<div class="ev" id="ev">' in page
    assert "default-src 'none'" in page
    assert sorted(one.name for one in tmp_path.iterdir()) == ["corpus.csv", "e.html"]


def test_evidence_its_own_page_is_replaced_and_another_file_is_kept(corpus, tmp_path):
    own, other = tmp_path / "e.html", tmp_path / "mine.html"
    dc.evidence(corpus, own, **FAST)
    dc.evidence(corpus, own, texts="none", **FAST)
    assert "--texts none" in own.read_text(encoding="utf-8")
    other.write_text("<p>mine</p>", encoding="utf-8")
    with pytest.raises(SourceError) as caught:
        dc.evidence(corpus, other, **FAST)
    expected = f"`out` is {str(other)!r}, which is no evidence page; name another file, or say overwrite=True."
    assert str(caught.value) == expected
    assert other.read_text(encoding="utf-8") == "<p>mine</p>"
    dc.evidence(corpus, other, overwrite=True, **FAST)
    assert '<div class="ev" id="ev">' in other.read_text(encoding="utf-8")


def test_evidence_wrong_place_raises_before_work_begins(corpus, tmp_path):
    begun = []
    for place, said in (
        (tmp_path / "e.pdf", "; an evidence page ends in '.html'. Change the ending."),
        (tmp_path / "e.html", ", which is a folder; name a file in it."),
    ):
        if said.endswith("in it."):
            place.mkdir()
        with pytest.raises(SourceError) as caught:
            dc.evidence(corpus, place, on_step=begun.append)
        assert str(caught.value) == f"`out` is {str(place)!r}{said}"
    assert begun == []


def test_evidence_unknown_texts_raises(corpus, tmp_path):
    with pytest.raises(SchemaError) as caught:
        dc.evidence(corpus, tmp_path / "e.html", texts="half")
    assert str(caught.value) == "`texts` is 'half'; it must be one of 'all', 'none', 'sentences'."


def test_evidence_without_a_document_raises(tmp_path):
    nothing = pd.DataFrame({"doc_id": [], "text": [], "date": [], "date_precision": [], "source": [], "title": []})
    documents = nothing.astype({"doc_id": "str", "text": "str", "title": "str", "source": "category"})
    documents["date"] = pd.to_datetime(documents["date"]).astype("datetime64[us]")
    documents["date_precision"] = documents["date_precision"].astype("category")
    with pytest.raises(SchemaError) as caught:
        dc.evidence(documents, tmp_path / "e.html")
    assert str(caught.value) == "`corpus` has no document left of 0 records. Give it texts."


def run(*arguments):
    return CliRunner().invoke(main, [str(one) for one in arguments], catch_exceptions=False)


def test_command_writes_the_page_with_its_record_and_says_what_it_did(corpus, tmp_path):
    out = tmp_path / "e.html"
    asked = ("evidence", corpus, "--out", out, "--texts", "sentences", "--period", "year", "--draws", "5")
    done = run(*asked)
    assert done.exit_code == 0, done.output
    assert "Read 1 record: 1 kept, 0 rejected" in done.output and f"Wrote {out} (" in done.output
    assert (tmp_path / "e.html.json").is_file()
    out.write_text("mine", encoding="utf-8")
    refused = run(*asked)
    assert refused.exit_code == 2 and "has been changed since `discourse` wrote it" in refused.output


def test_command_file_of_another_ending_is_refused(corpus, tmp_path):
    done = run("evidence", corpus, "--out", tmp_path / "e.txt")
    assert done.exit_code == 2
    assert f"`--out` is {str(tmp_path / 'e.txt')!r}; an evidence page is a file that ends in '.html'." in done.output
