"""The form in a notebook: what is saved with it, what it needs, what it sends."""

import html
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pandas as pd
import pytest

import discourse as dc
from discourse.display import coding_form
from discourse.display.form_words import form_words, variables_shown
from discourse.errors import ResourceError
from discourse.validity.handcoding.lines import Head

FOLDER = Path(coding_form.__file__).parent
DOCUMENTS = pd.DataFrame({"doc_id": ["d1", "d2"], "text": ["رحبت موسكو", "نفت كابل"]})
PLAN = dc.sample_for_coding(DOCUMENTS, n=2)
WIDGET = "application/vnd.jupyter.widget-view+json"


def form(tmp_path, **options):
    return dc.code(PLAN, DOCUMENTS, path=tmp_path / "codes.jsonl", **{"coder": "A", **options})


def test_code_without_a_front_end_shows_the_state_and_no_texts(tmp_path):
    shown = form(tmp_path)._repr_mimebundle_()
    assert sorted(shown) == ["text/html", "text/plain"]
    assert shown["text/plain"] == "Coding form: 0 of 2 coded; coder A; blind; asked: position; file: codes.jsonl"
    assert "موسكو" not in shown["text/html"]
    assert str(tmp_path) not in shown["text/html"]
    assert form(tmp_path)._repr_mimebundle_() == shown


def test_code_state_says_what_was_coded_and_is_escaped(tmp_path):
    made = form(tmp_path, coder="<b>A</b>", holder="روسيا", target="طالبان", language="ar")
    made.answer({"do": "save", "unit": made.desk.session.unit, "values": {"position": "1"}, "to": "next"})
    told = made.to_html()
    assert "المرمَّز: 1 من 2" in told
    assert "موقف روسيا من طالبان" in told
    assert "<b>" not in told
    assert f"المرمِّز: \u2068{html.escape('<b>A</b>')}\u2069" in told


def test_code_with_a_front_end_shows_the_widget_under_a_number_that_stays(tmp_path, monkeypatch):
    pytest.importorskip("anywidget")
    monkeypatch.setattr(coding_form, "_has_front_end", lambda: True)
    first, second = form(tmp_path), form(tmp_path)
    shown = [one._repr_mimebundle_() for one in (first, second, second)]
    assert len({one[WIDGET]["model_id"] for one in shown}) == 1
    assert re.fullmatch(r"[0-9a-f]{32}", shown[0][WIDGET]["model_id"])
    other = form(tmp_path, coder="B")._repr_mimebundle_()
    assert other[WIDGET]["model_id"] != shown[0][WIDGET]["model_id"]
    assert shown[0]["text/plain"] == repr(first)
    second.close()
    second.close()


def test_code_in_a_run_without_a_reader_is_compared_as_it_was_saved(tmp_path, project, monkeypatch):
    nbclient = pytest.importorskip("nbclient")
    monkeypatch.setenv("PYTHONPATH", str(project))
    cells = [
        "import pandas as pd\nimport discourse as dc\n"
        "documents = pd.DataFrame({'doc_id': ['d1', 'd2'], 'text': ['a', 'b']})",
        "dc.code(dc.sample_for_coding(documents, n=2), documents, path='codes.jsonl', coder='A')",
    ]
    outputs = []
    for _ in range(2):
        book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(text) for text in cells])
        resources = {"metadata": {"path": str(tmp_path)}}
        nbclient.NotebookClient(book, kernel_name="python3", resources=resources).execute()
        assert "widgets" not in book.metadata
        outputs.append([dict(one) for one in book.cells[1].outputs])
    assert outputs[0] == outputs[1]
    assert sorted(outputs[0][0]["data"]) == ["text/html", "text/plain"]


def test_code_without_anywidget_names_the_extra(tmp_path, monkeypatch):
    monkeypatch.setattr("discourse.display.hand_coding.find_spec", lambda _name: None)
    with pytest.raises(ResourceError) as caught:
        form(tmp_path)
    assert str(caught.value) == (
        "The form needs the package anywidget. Install it with: pip install 'arabic-discourse[jupyter]'"
    )
    assert not (tmp_path / "codes.jsonl").exists()


def test_code_imports_no_widget_until_one_is_shown():
    names = "discourse.display.hand_coding, discourse.validity.handcoding.opening"
    code = f"import sys, discourse; discourse.code; import {names}; print('anywidget' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_adjudicate_settles_under_a_third_name(tmp_path):
    for coder, value in (("A", "1"), ("B", "0")):
        form(tmp_path, coder=coder).desk.session.save("d1", {"position": value})
    made = dc.adjudicate(tmp_path / "codes.jsonl", DOCUMENTS)
    assert repr(made) == (
        "Coding form: 0 of 1 coded; coder settled; blind; settles the codes of A, B; asked: position; file: codes.jsonl"
    )
    same = dc.code(PLAN, DOCUMENTS, path=tmp_path / "codes.jsonl", coder="settled", adjudicate=["A", "B"])
    assert repr(same) == repr(made)


def test_setup_labels_codes_from_the_codebook_the_words_or_not_at_all():
    head = Head("p", (), {"sure": ("0", "1"), "position": ("1",), "frames": ("arming", "none"), "why": ()}, ("frames",))
    shown = variables_shown(head, {"sure": {"0": "لا"}}, "ar")
    assert [(one["kind"], [code["label"] for code in one["codes"]]) for one in shown] == [
        ("one", ["لا", ""]),
        ("one", ["انخراط"]),
        ("set", ["التسليح", "لا شيء يُرمَّز"]),
        ("text", []),
    ]


def test_form_says_no_word_that_the_words_file_lacks():
    script = (FOLDER / "coding_form.js").read_text("utf-8")
    used = set(re.findall(r"\b(?:words|w)\.([a-z_]+)", script)) - {"replace"}
    assert len(used) >= 40
    assert used <= set(form_words("en"))
    assert not re.search("[\u0600-\u06ff]", script)


def test_form_script_puts_text_in_as_text_and_reaches_no_net():
    script = (FOLDER / "coding_form.js").read_text("utf-8")
    for forbidden in (
        "innerHTML",
        "outerHTML",
        "insertAdjacent",
        "document.write",
        "eval(",
        "http:",
        "https:",
        "fetch(",
    ):
        assert forbidden not in script
    assert "url(" not in (FOLDER / "coding_form.css").read_text("utf-8")
