"""What the form shows and answers, without its looks."""

import pandas as pd
import pytest

import discourse as dc
from discourse.validity.handcoding.opening import open_coding

DOCUMENTS = pd.DataFrame(
    {"doc_id": ["d1", "d2", "d3"], "title": None, "text": ["رحبت موسكو 1", "رحبت موسكو 2", "رحبت موسكو 3"]}
)
PLAN = dc.sample_for_coding(DOCUMENTS, n=3)
BOOK = {"position": ["-1", "0", "1", "none"], "why": []}
MATCHES = pd.DataFrame(
    {"doc_id": DOCUMENTS["doc_id"], "start_char": 5, "end_char": 10, "category": "russia", "pattern": "موسكو"}
)


@pytest.fixture
def desk(tmp_path):
    return open_coding(PLAN, DOCUMENTS, path=tmp_path / "codes.jsonl", coder="A", variables=BOOK)


def save(desk, values, to="next", **more):
    return desk.answer({"do": "save", "unit": desk.session.unit, "values": values, "to": to, **more})


def test_answer_open_shows_the_first_unit(desk):
    told = desk.answer({"do": "open"})
    assert told["said"] == []
    view = told["view"]
    want = {"place": 0, "n": 3, "n_coded": 0, "coded": False, "title": "", "values": {}, "comment": "", "unsure": False}
    assert {name: view[name] for name in want} == want


def test_answer_save_goes_on_and_says_when_all_are_coded(desk):
    said = [save(desk, {"position": "1", "why": f"x {n}"})["said"] for n in range(3)]
    assert said == [[["saved", {}]], [["saved", {}]], [["saved", {}], ["all_coded", {"n": 3}]]]
    assert save(desk, {"position": "1", "why": "x 2"})["said"] == [["all_coded", {"n": 3}]]  # nothing new to write
    assert desk.answer({"do": "open"})["said"] == [["all_coded", {"n": 3}]]


def test_answer_save_without_a_code_names_it_and_stays(desk):
    told = save(desk, {"position": "1"})
    assert told == {"said": [["missing", {"variables": ["why"]}]], "missing": ["why"]}
    assert desk.session.place == 0
    assert not desk.session.saved


def test_answer_leaving_an_unfinished_unit_keeps_it(desk):
    unit = desk.session.unit
    told = save(desk, {"position": "1"}, whole=False, comment="ملاحظة")
    assert told["said"] == [["kept", {}]]
    assert told["view"]["place"] == 1
    assert desk.answer({"do": "go", "to": "previous"})["view"]["values"] == {"position": "1"}
    assert desk.session.saved[unit].comment == "ملاحظة"


@pytest.mark.parametrize("where", ["uncoded", "commented", "unsure", "disagreed", "previous"])
def test_answer_go_where_nothing_is_says_so(desk, where):
    if where == "uncoded":
        for n in range(3):
            save(desk, {"position": "1", "why": str(n)})
    told = desk.answer({"do": "go", "to": where})
    assert told["said"] == [[f"no_{where}", {}]]


def test_answer_save_after_another_session_took_over_is_kept_and_says_so(desk):
    open_coding(PLAN, DOCUMENTS, path=desk.session.path, coder="A", variables=BOOK)
    told = save(desk, {"position": "1", "why": "x"})
    assert told["said"] == [["saved", {}], ["taken_over", {"coder": "A"}]]
    assert len(dc.read_coding(desk.session.path)[0]) == 2


@pytest.mark.parametrize(
    ("message", "error"),
    [
        ("save", "the form sent str, and no message. Run the cell again."),
        ({"do": "delete"}, "`do` is 'delete'; it must be one of open, go, save, wrong_mark."),
        ({"do": "__init__"}, "`do` is '__init__'; it must be one of open, go, save, wrong_mark."),
        ({"do": ["open"]}, "`do` is ['open']; it must be one of open, go, save, wrong_mark."),
        ({"do": "save", "unit": "d9", "values": {"position": "1", "why": "x"}},
         "`unit` is 'd9' with [], which is not asked here. Run the cell again."),
        ({"do": "save", "unit": "d1", "values": [1]}, "`values` is [1]; it must name each variable with its code."),
        ({"do": "wrong_mark", "unit": "d1", "mark": 0}, "`mark` is 0; 'd1' shows 0 marks. Run the cell again."),
    ],
)  # fmt: skip
def test_answer_what_no_form_sends_is_an_error_and_changes_nothing(desk, message, error):
    assert desk.answer(message) == {"error": error}
    assert dc.read_coding(desk.session.path)[0].empty


def test_answer_file_gone_is_an_error_with_the_unit_still_shown(desk):
    desk.session.path.unlink()
    told = save(desk, {"position": "1", "why": "x"})
    assert list(told) == ["error"]
    assert told["error"].endswith("is gone. Bring it back, or run the cell of the form again to begin anew.")
    assert desk.session.place == 0


def test_answer_wrong_mark_is_added_to_the_corrections_and_shown(tmp_path):
    options = {"path": tmp_path / "codes.jsonl", "coder": "A", "variables": BOOK, "marks": MATCHES}
    desk = open_coding(PLAN, DOCUMENTS, **options)
    view = desk.view()
    assert view["pieces"] == [["رحبت ", []], ["موسكو", [0]], [f" {view['unit'][1:]}", []]]
    told = desk.answer({"do": "wrong_mark", "unit": view["unit"], "mark": 0, "corrected": "absent", "why": "مكان"})
    assert told["said"] == [["corrected", {"file": "codes.corrections.csv"}]]
    assert told["view"]["marks"][0]["corrected"] == "absent"
    assert open_coding(PLAN, DOCUMENTS, **options).view()["marks"][0]["corrected"] == "absent"
    assert save(desk, {"position": "1", "why": "x"})["said"][0] == ["saved", {}]
    assert not dc.read_coding(desk.session.path)[0]["blind"].any()


def test_answer_codes_of_others_gone_is_said_and_the_item_is_saved(tmp_path):
    other = open_coding(PLAN, DOCUMENTS, path=tmp_path / "b.jsonl", coder="B", variables=BOOK)
    save(other, {"position": "1", "why": "x"})
    options = {"path": tmp_path / "codes.jsonl", "coder": "A", "variables": BOOK, "against": tmp_path / "b.jsonl"}
    desk = open_coding(PLAN, DOCUMENTS, **options)
    (tmp_path / "b.jsonl").unlink()
    told = save(desk, {"position": "1", "why": "x"})
    assert told["said"] == [["saved", {}]]
    assert told["view"]["place"] == 1
    assert told["error"].endswith("b.jsonl' cannot be read: No such file or directory. Check the path.")
    assert desk.session.n_coded == 1
