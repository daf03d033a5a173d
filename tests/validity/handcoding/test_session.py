"""A coder at work: resume, save, jump, stay blind."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.errors import SchemaError, SourceError
from discourse.validity.handcoding.lines import Head
from discourse.validity.handcoding.log import read_log
from discourse.validity.handcoding.others import Other
from discourse.validity.handcoding.session import Session, now

UNITS = ("d1", "d2", "d3", "d4")
HEAD = Head("plan-1", UNITS, {"position": ("-1", "0", "1", "none"), "frames": ("a", "b", "none")}, ("frames",))
WHOLE = {"position": "1", "frames": "a"}


@pytest.fixture
def path(tmp_path):
    return tmp_path / "codes.jsonl"


def session(path, coder="A", **options):
    options = {"units": UNITS, "clock": lambda: "2026-11-24T09:30:00Z", **options}
    return Session(path, HEAD, coder, **options)


def test_session_goes_on_at_the_first_unit_that_is_not_coded(path):
    first = session(path)
    assert (first.unit, first.n_coded) == ("d1", 0)
    assert first.save("d1", WHOLE)
    assert first.save("d3", WHOLE)
    again = session(path)
    assert (again.unit, again.n_coded) == ("d2", 2)
    again.save("d2", WHOLE)
    again.save("d4", WHOLE)
    assert session(path).unit == "d1"


def test_session_order_of_units_is_its_own_and_the_file_the_same(path):
    assert session(path, units=["d4", "d2"]).unit == "d4"
    assert session(path, "B", units=["d2", "d4"]).unit == "d2"


def test_save_same_again_adds_no_line_and_a_change_adds_one_that_counts(path):
    one = session(path)
    assert one.save("d1", WHOLE)
    assert not one.save("d1", WHOLE)
    assert one.save("d1", WHOLE, "لماذا")
    assert one.save("d1", WHOLE, "لماذا", True)
    assert [item.comment for item in read_log(path).items] == ["", "لماذا", "لماذا"]
    assert session(path).saved["d1"].unsure


def test_save_unfinished_item_is_kept_and_not_coded(path):
    one = session(path)
    assert not one.save("d1", {}, whole=False)
    assert one.save("d1", {"position": "1"}, whole=False)
    assert one.n_coded == 0
    with pytest.raises(SchemaError) as caught:
        one.save("d1", {"position": "1"})
    assert str(caught.value) == "no code of frames; write none where there is nothing to code."
    assert session(path).saved["d1"].values == {"position": "1"}


def test_save_labels_of_a_set_stand_in_the_order_of_the_codebook(path):
    one = session(path)
    one.save("d1", {"position": " 1 ", "frames": "b; a;b"})
    assert one.saved["d1"].values == {"position": "1", "frames": "a;b"}


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"position": "2"}, "`values` has '2' for 'position'; it must be one of -1, 0, 1, none."),
        ({"position": "-1;1"}, "`values` has '-1;1' for 'position'; it must be one of -1, 0, 1, none."),
        (
            {"frames": "a;none"},
            "`values` has 'a;none' for 'frames'; it must be one of a, b, none, or several of them joined by ;, but "
            "none alone.",
        ),
        (
            {"frames": "a;c"},
            "`values` has 'a;c' for 'frames'; it must be one of a, b, none, or several of them joined by ;, but none "
            "alone.",
        ),
        ({"sure": "1"}, "`unit` is 'd1' with ['sure'], which is not asked here. Run the cell again."),
    ],
)
def test_save_what_is_no_code_is_refused_and_not_written(path, values, message):
    one = session(path)
    with pytest.raises(SchemaError) as caught:
        one.save("d1", values, whole=False)
    assert str(caught.value) == message
    assert read_log(path).items == []


def test_save_file_gone_is_an_error_and_the_unit_not_coded(path):
    one = session(path)
    path.unlink()
    with pytest.raises(SourceError, match="is gone"):
        one.save("d1", WHOLE)
    assert one.n_coded == 0


def test_go_moves_clamps_and_jumps(path):
    one = session(path)
    one.save("d1", WHOLE)
    one.save("d2", WHOLE, "ملاحظة")
    one.save("d4", WHOLE, "", True)
    assert one.go(0)
    assert not one.go("previous")
    assert [one.go(where) and one.unit for where in ("next", "commented", "unsure", "uncoded", "next")] == [
        "d2", False, "d4", "d3", "d4",
    ]  # fmt: skip
    assert one.go("next")  # behind the last: what is not coded yet
    assert one.unit == "d3"
    one.save("d3", WHOLE)
    assert not one.go("uncoded")
    assert one.unit == "d3"
    assert one.go(3)
    assert not one.go("next")
    assert one.unit == "d4"


@pytest.mark.parametrize("where", ["first", -1, 4, True, None])
def test_go_nowhere_is_refused(path, where):
    with pytest.raises(SchemaError) as caught:
        session(path).go(where)
    assert str(caught.value) == (
        f"`where` is {where!r}; it must be a number below 4 or one of next, previous, uncoded, commented, unsure, "
        "disagreed."
    )


def others():
    same, other = {"position": "1", "frames": "b;a"}, {"position": "-1", "frames": "a"}
    return {"d1": [Other("B", same)], "d2": [Other("B", other)], "d3": [Other("B", other)]}


def test_session_codes_of_others_are_seen_after_ones_own_only(path):
    one = session(path, others=others)
    assert one.seen_others("d2") == []
    assert not one.go("disagreed")
    one.save("d2", {"position": "1"}, whole=False)
    assert one.seen_others("d2") == []
    one.save("d1", {"position": "1", "frames": "a;b"})
    one.save("d2", WHOLE)
    one.look_at_others()
    assert [other.coder for other in one.seen_others("d2")] == ["B"]
    assert one.differs_on("d1") == []
    assert one.differs_on("d2") == ["position"]
    one.go(0)
    assert one.go("disagreed")
    assert one.unit == "d2"
    assert [item.saw for item in read_log(path).items] == [(), (), ()]
    one.save("d2", {"position": "-1", "frames": "a"})  # changed after a look
    assert read_log(path).items[-1].saw == ("B",)


def test_session_adjudicator_sees_all_and_the_lines_say_so(path):
    told = {"d2": [Other("A", WHOLE), Other("B", {"position": "0", "frames": "a"})]}
    one = session(path, "settled", others=lambda: told, adjudicates=True)
    assert one.go("disagreed")
    assert one.unit == "d2"
    assert one.differs_on("d2") == ["position"]
    one.save("d2", WHOLE)
    assert read_log(path).items[0].saw == ("A", "B")


def test_session_taken_over_keeps_what_is_saved_and_knows_it(path):
    first = session(path)
    second = session(path)
    assert not first.holds()
    assert second.holds()
    assert first.save("d1", WHOLE)
    assert second.save("d1", {"position": "0", "frames": "b"})
    assert [item.values["position"] for item in read_log(path).items] == ["1", "0"]
    second.close()
    assert not second.holds()


@settings(max_examples=40)
@given(st.lists(st.tuples(st.sampled_from(UNITS), st.sampled_from(["-1", "0", "1"]), st.booleans()), max_size=12))
def test_session_any_sequence_resumed_anywhere_has_the_last_code_of_each_unit(tmp_path_factory, steps):
    place = tmp_path_factory.mktemp("law") / "codes.jsonl"
    one = session(place)
    want = {}
    for unit, value, again in steps:
        one.save(unit, {"position": value, "frames": "b"})
        want[unit] = value
        if again:
            one = session(place)
            assert one.unit == next((name for name in UNITS if name not in want), "d1")
    assert {unit: item.values["position"] for unit, item in session(place).saved.items()} == want


def test_now_is_utc_to_the_second():
    assert len(now()) == 20
    assert now().endswith("Z")
