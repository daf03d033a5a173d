"""A desk made ready: what is checked before the first unit is shown; adjudication."""

import pandas as pd
import pytest

import discourse as dc
from discourse.errors import SchemaError
from discourse.validity.handcoding.opening import open_adjudication, open_coding
from discourse.validity.handcoding.reading import read_coding
from discourse.validity.units import units_in_order

DOCUMENTS = pd.DataFrame(
    {
        "doc_id": [f"d{n}" for n in range(6)],
        "title": "عنوان",
        "text": [f"رحبت موسكو {n}" for n in range(6)],
        "date": pd.to_datetime("2015-12-23"),
        "stratum": "x",
    }
)
PLAN = dc.sample_for_coding(DOCUMENTS, n=4)
UNITS = units_in_order(PLAN, "A")
BOOK = {"position": ["-1", "0", "1", "none"], "frames": ["a", "b", "none"]}


@pytest.fixture
def path(tmp_path):
    return tmp_path / "codes.jsonl"


def desk(path, coder="A", **options):
    return open_coding(PLAN, DOCUMENTS, path=path, coder=coder, **{"variables": BOOK, **options})


def coded(path, coder, values):
    made = desk(path, coder)
    for unit, (position, frames) in values.items():
        made.session.save(unit, {"position": position, "frames": frames})
    return made


def test_open_coding_shows_each_coder_the_order_of_the_sheet(path, tmp_path):
    for coder in "AB":
        sheet = pd.read_csv(dc.write_coding_sheet(PLAN, DOCUMENTS, tmp_path / f"{coder}.csv", coder=coder))
        assert desk(path, coder).session.units == sheet["unit_id"].tolist()
    plan = dc.sample_for_coding(DOCUMENTS, n=6)
    assert units_in_order(plan, "A") != units_in_order(plan, "B")


def test_open_coding_is_blind_and_shows_what_was_asked_for(path):
    view = desk(path, shown=["title", "date", "text"]).view()
    assert view["unit"] == UNITS[0]
    assert view["title"] == "عنوان"
    assert view["shown"] == [["date", "2015-12-23"]]
    assert view["pieces"] == [[f"رحبت موسكو {UNITS[0][1:]}", []]]
    assert view["marks"] == []
    assert desk(path, shown=["title"]).view()["pieces"][0][0].startswith("رحبت")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"coder": " "}, "`coder` is empty; say who codes, such as 'A', so that two coders can be told apart."),
        ({"coder": 1}, "`coder` is 1; it must be text, such as 'A'."),
        ({"shown": ["text", "stratum"]}, "`shown` names 'stratum', which a coder must not see while coding. Show "
         "title, text, date or source."),
        ({"shown": "text"}, "`shown` is 'text'; it must be a list of columns. Write ['text']."),
        ({"sets": "frames"}, "`sets` is 'frames'; it must be a list of variables. Write ['frames']."),
        ({"sets": ["frame"]}, "`sets` names 'frame', which `variables` does not have. Correct the name."),
        ({"variables": {"comment": []}}, "`variables` names 'comment', which the sheet has already. Rename "
         "the variable."),
        ({"marks": "yes"}, "`marks` is a str; it must be a MATCHES, POSITIONS or QUOTATIONS table, or a list of them. "
         "Without marks a coder codes blind."),
        ({"against": 7}, "`against` is a int; it must be CODES, or the path of a coding file or a list of such paths."),
    ],
)  # fmt: skip
def test_open_coding_option_that_is_none_is_said_and_no_file_made(path, options, message):
    with pytest.raises(SchemaError) as caught:
        desk(path, **options)
    assert str(caught.value) == message
    assert not path.exists()


def test_open_coding_changed_plan_or_missing_document_is_refused(path):
    with pytest.raises(SchemaError, match="is not as it was drawn"):
        open_coding(PLAN.assign(drawn=True), DOCUMENTS, path=path, coder="A")
    with pytest.raises(SchemaError, match=r"^`documents` lacks 1 of the drawn documents"):
        open_coding(PLAN, DOCUMENTS[DOCUMENTS["doc_id"] != UNITS[0]], path=path, coder="A")
    assert not path.exists()


def test_open_coding_against_reads_the_other_file_as_it_is_now(path, tmp_path):
    other = coded(tmp_path / "b.jsonl", "B", {UNITS[0]: ("0", "a")})
    mine = desk(path, against=tmp_path / "b.jsonl")
    for unit in UNITS[:2]:
        mine.session.save(unit, {"position": "1", "frames": "a"})
    assert mine.session.differs_on(UNITS[0]) == ["position"]
    assert mine.session.differs_on(UNITS[1]) == []
    other.session.save(UNITS[1], {"position": "none", "frames": "none"})
    assert mine.session.go("disagreed")
    assert mine.session.differs_on(UNITS[1]) == ["position", "frames"]


def test_open_adjudication_takes_what_all_agree_on_and_shows_the_rest_first(path):
    first, second, third, last = sorted(UNITS)
    coded(path, "A", {first: ("1", "a;b"), second: ("1", "a"), third: ("1", "a")})
    coded(path, "B", {first: ("1", "b;a"), second: ("1", "a"), third: ("0", "a")})
    made = open_adjudication(path, DOCUMENTS, coder="settled")
    session = made.session
    assert session.units == [third, first, second]
    assert (session.unit, session.n_coded) == (third, 2)
    view = made.view()
    assert [one["coder"] for one in view["others"]] == ["A", "B"]
    assert view["differs"] == ["position"]
    assert view["values"] == {"frames": "a"}
    session.save(third, {"position": "0", "frames": "a"})
    codes, _ = read_coding(path, PLAN)
    settled = codes[codes["coder"] == "settled"]
    assert dict(zip(settled["unit_id"] + settled["variable"], settled["value"], strict=True)) == {
        f"{first}position": "1", f"{first}frames": "a;b", f"{second}position": "1", f"{second}frames": "a",
        f"{third}position": "0", f"{third}frames": "a",
    }  # fmt: skip
    assert last not in set(settled["unit_id"])


def test_open_adjudication_without_taking_over_shows_all_with_what_is_agreed_filled_in(path):
    coded(path, "A", {UNITS[0]: ("1", "a")})
    coded(path, "B", {UNITS[0]: ("1", "a")})
    made = open_adjudication(path, DOCUMENTS, coder="settled", agreed=False)
    assert made.session.n_coded == 0
    assert made.view()["values"] == {"position": "1", "frames": "a"}


def test_open_adjudication_of_codes_from_sheets_needs_a_file_and_names_coders(path):
    rows = [(UNITS[0], coder, "position", value) for coder, value in (("A", "1"), ("B", "0"), ("C", "1"))]
    codes = pd.DataFrame(rows, columns=["unit_id", "coder", "variable", "value"])
    with pytest.raises(SchemaError, match="^`path` is not given: name the coding file"):
        open_adjudication(codes, DOCUMENTS, coder="settled")
    with pytest.raises(SchemaError) as caught:
        open_adjudication(codes, DOCUMENTS, path=path, coder="settled", coders=["A", "X"])
    assert str(caught.value) == "`codes` has no code of 'X'; it has codes of 'A', 'B', 'C'. Name these coders."
    made = open_adjudication(codes, DOCUMENTS, path=path, coder="settled", coders=["A", "B"], plan=PLAN)
    assert [one["coder"] for one in made.view()["others"]] == ["A", "B"]
    with pytest.raises(SchemaError, match=r"^`codes` has 1 units that the plan did not draw. First: 'zz'."):
        open_adjudication(codes.assign(unit_id="zz"), DOCUMENTS, path=path, coder="s", plan=PLAN)
    with pytest.raises(SchemaError, match="^`codes` has no code of anybody but 'A'"):
        open_adjudication(codes[codes["coder"] == "A"], DOCUMENTS, path=path, coder="A")
