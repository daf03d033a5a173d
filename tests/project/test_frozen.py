"""The frozen tables: how a table becomes a digest, where two differ, what the command says and how it ends."""

import importlib
import json

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

REASON = "Copies count once."


@pytest.fixture
def frozen(project, monkeypatch):
    monkeypatch.syspath_prepend(str(project / "benchmarks"))
    return importlib.import_module("frozen")


@pytest.fixture
def digests(frozen):
    return importlib.import_module("frozen_digests")


@pytest.fixture
def making(frozen):
    return importlib.import_module("frozen_tables")


@pytest.fixture
def table():
    return pd.DataFrame({"doc_id": ["a", "b", "c"], "estimate": [0.1, 0.25, np.nan], "n": [1, 2, 3]})


@pytest.fixture
def run(frozen, monkeypatch, tmp_path):
    """Run a command on one part named tiny that holds the given tables."""
    (tmp_path / "reasons.yml").write_text("", encoding="utf-8")

    def run(command, tables, *words):
        monkeypatch.setattr(frozen, "PARTS", {"tiny": lambda folder: iter(tables.items())})
        reasons = ["--reasons", str(tmp_path / "reasons.yml")] if command == "compare" else []
        words = [command, "--parts", "tiny", "--ledger", str(tmp_path / "frozen.json"), *reasons, *words]
        return CliRunner().invoke(frozen.main, words)

    return run


def of(digests, table):
    return digests.digest(*digests.written(table))["sha256"]


def differing(digests, old, new, **options):
    (before, left), (after, right) = digests.written(old), digests.written(new)
    return digests.differences(before, after, (left, right), **options)


# How a table becomes a digest ------------------------------------------------------------------------------------


def test_written_gives_every_digit_and_keeps_nulls(digests):
    table = pd.DataFrame(
        {
            "x": [0.1 + 0.2, np.nan],
            "day": pd.to_datetime(["2015-12-23", None]),
            "words": [["كابل"], None],
            "yes": [True, False],
            "n": pd.array([7, None], dtype="Int32"),
            "empty": ["", None],
        }
    )
    texts, dtypes = digests.written(table)
    assert texts.iloc[0].tolist() == ["0.30000000000000004", "2015-12-23T00:00:00", '["كابل"]', "True", "7", ""]
    assert texts.iloc[1].isna().tolist() == [True, True, True, False, True, True]
    assert dtypes["x"] == "float64" and dtypes["n"] == "Int32" and list(dtypes) == list(table.columns)


def test_written_makes_columns_of_a_named_index(digests):
    texts, dtypes = digests.written(pd.DataFrame({"n": [1]}, index=pd.Index(["a"], name="doc_id")))
    assert texts.to_dict("list") == {"doc_id": ["a"], "n": ["1"]}
    assert list(dtypes) == ["doc_id", "n"]


def test_written_refuses_two_columns_of_one_name(digests):
    with pytest.raises(ValueError, match="two columns 'n'"):
        digests.written(pd.DataFrame([[1, 2]], columns=["n", "n"]))


@pytest.mark.parametrize(
    "change",
    [
        lambda table: table.assign(estimate=[0.1, np.nextafter(0.25, 1), np.nan]),
        lambda table: table.assign(estimate=[0.1, 0.25, 0.0]),
        lambda table: table.iloc[::-1].reset_index(drop=True),
        lambda table: table[["estimate", "doc_id", "n"]],
        lambda table: table.rename(columns={"n": "m"}),
        lambda table: table.astype({"n": "int32"}),
        lambda table: table.iloc[:2],
        lambda table: table.assign(doc_id=["a", "b", None]),
    ],
    ids=["last digit", "null", "rows", "columns", "name", "dtype", "length", "null text"],
)
def test_digest_changes_with_whatever_is_a_result(digests, table, change):
    assert of(digests, change(table)) != of(digests, table)


def test_digest_tells_zero_from_minus_zero_and_empty_from_null(digests):
    assert of(digests, pd.DataFrame({"x": [0.0]})) != of(digests, pd.DataFrame({"x": [-0.0]}))
    assert of(digests, pd.DataFrame({"x": [""]})) != of(digests, pd.DataFrame({"x": [None]}, dtype="str"))


def test_digest_tells_apart_cells_whose_joined_text_is_equal(digests):
    assert of(digests, pd.DataFrame({"x": ["ab", "c"]})) != of(digests, pd.DataFrame({"x": ["a", "bc"]}))


def test_digest_does_not_see_categories_that_are_not_used(digests):
    used = pd.DataFrame({"x": pd.Categorical(["a"])})
    more = pd.DataFrame({"x": pd.Categorical(["a"], categories=["b", "a"])})
    assert of(digests, used) == of(digests, more)


# Where two tables differ -----------------------------------------------------------------------------------------


def test_differences_of_equal_tables_are_none(digests, table):
    assert differing(digests, table, table.copy()) == []


def test_differences_show_the_cell_its_row_and_how_far(digests, table):
    assert differing(digests, table, table.assign(estimate=[0.1, 0.5, np.nan])) == [
        "column 'estimate': 1 of 3 cells differ, by at most 0.25",
        "  row 1 (doc_id='b', n='2'): '0.25' -> '0.5'",
    ]


def test_differences_show_as_many_cells_of_a_column_as_asked(digests, table):
    lines = differing(digests, table, table.assign(n=[7, 8, 9]), most=2)
    assert [line.partition(":")[0] for line in lines] == [
        "column 'n'",
        "  row 0 (doc_id='a', estimate='0.1')",
        "  row 1 (doc_id='b', estimate='0.25')",
    ]


def test_differences_name_columns_and_dtypes(digests, table):
    new = table.drop(columns="estimate").assign(share=1.0).astype({"n": "int32"})
    assert differing(digests, table, new) == [
        "column 'estimate' removed",
        "column 'share' new",
        "column 'n': dtype int64 -> int32",
    ]


def test_differences_show_the_rows_that_only_one_table_has(digests, table):
    new = pd.concat([table.iloc[1:], pd.DataFrame({"doc_id": ["d", "e"], "estimate": [1.0, 2.0], "n": [4, 5]})])
    assert differing(digests, table, new.reset_index(drop=True), most=1) == [
        "rows 3 -> 4",
        "only old: 1 rows",
        "  doc_id='a', estimate='0.1', n='1'",
        "only new: 2 rows",
        "  doc_id='d', estimate='1.0', n='4'",
    ]


def test_differences_say_that_only_the_order_changed(digests, table):
    assert differing(digests, table, table.iloc[::-1].reset_index(drop=True))[0] == "the same rows in another order"
    names = list(table.columns)
    assert differing(digests, table, table[names[::-1]])[0].startswith("columns in another order: doc_id, estimate, n")


def test_differences_of_long_texts_show_what_stands_around_the_first(digests):
    old, new = ("x" * 500 + end + "y" * 500 for end in ("1", "2"))
    line = differing(digests, pd.DataFrame({"text": [old]}), pd.DataFrame({"text": [new]}))[1]
    left, right = line.partition(": ")[2].split(" -> ")
    assert left.startswith("'..." + "x" * 40 + "1y") and right.startswith("'..." + "x" * 40 + "2y")
    assert len(line) < 250


# The command -----------------------------------------------------------------------------------------------------


def test_compare_after_write_says_equal(run, table, tmp_path):
    full = ["--tables", str(tmp_path / "full")]
    assert run("write", {"one": table}, *full).output == "tiny: 1 tables written\n"
    done = run("compare", {"one": table}, *full)
    assert done.output == "equal      tiny/one (3 rows)\n1 tables: 1 equal, 0 changed, 0 new, 0 DIFFERENT\n"
    assert done.exit_code == 0


def test_write_keeps_the_other_parts_of_the_ledger(run, table, tmp_path):
    ledger = tmp_path / "frozen.json"
    ledger.write_text(json.dumps({"other/a": {"rows": 0}, "tiny/gone": {"rows": 0}}), encoding="utf-8")
    run("write", {"one": table})
    frozen = json.loads(ledger.read_text("utf-8"))
    assert list(frozen) == ["other/a", "tiny/one"]
    assert frozen["tiny/one"]["rows"] == 3
    assert frozen["tiny/one"]["columns"] == {"doc_id": "str", "estimate": "float64", "n": "int64"}


def test_compare_shows_a_difference_without_a_reason_and_fails(run, table, tmp_path):
    full = ["--tables", str(tmp_path / "full")]
    run("write", {"one": table}, *full)
    done = run("compare", {"one": table.assign(n=[1, 2, 4])}, *full)
    assert done.output.splitlines() == [
        "DIFFERENT  tiny/one: no reason is given in frozen-reasons.yml",
        "     column 'n': 1 of 3 cells differ, by at most 1",
        "       row 2 (doc_id='c', estimate=null): '3' -> '4'",
        "1 tables: 0 equal, 0 changed, 0 new, 1 DIFFERENT",
    ]
    assert done.exit_code == 1


def test_compare_shows_a_difference_with_its_reason_and_passes(run, table, tmp_path):
    full = ["--tables", str(tmp_path / "full")]
    run("write", {"one": table, "two": table}, *full)
    (tmp_path / "reasons.yml").write_text(f"tiny/on*: {REASON}\n", encoding="utf-8")
    done = run("compare", {"one": table.assign(n=[1, 2, 4]), "two": table}, *full)
    assert done.output.splitlines()[0] == f"changed    tiny/one: {REASON}"
    assert "'3' -> '4'" in done.output
    assert done.exit_code == 0


def test_compare_without_the_full_tables_tells_by_digest(run, table):
    run("write", {"one": table})
    done = run("compare", {"one": table.iloc[:2]})
    assert "rows 3 -> 2, or cells; --tables DIR shows where" in done.output
    assert done.exit_code == 1


def test_compare_reports_a_new_table_and_fails_on_a_removed_one(run, table):
    run("write", {"one": table})
    done = run("compare", {"two": table})
    assert done.output.splitlines()[:2] == [
        "new        tiny/two (3 rows)",
        "DIFFERENT  tiny/one: removed, and no reason is given",
    ]
    assert done.exit_code == 1


def test_compare_passes_a_table_removed_for_a_reason(run, table, tmp_path):
    run("write", {"one": table, "two": table})
    (tmp_path / "reasons.yml").write_text(f"tiny/one: {REASON}\n", encoding="utf-8")
    done = run("compare", {"two": table})
    assert done.output.splitlines()[1:3] == [f"changed    tiny/one: {REASON}", "     removed"]
    assert done.exit_code == 0


def test_compare_says_which_reason_is_not_needed(run, table, tmp_path):
    run("write", {"one": table})
    (tmp_path / "reasons.yml").write_text(f"tiny/one: {REASON}\nnews/*: {REASON}\n", encoding="utf-8")
    notes = [line for line in run("compare", {"one": table}).output.splitlines() if line.startswith("note")]
    assert notes == ["note: the reason for 'tiny/one' is not needed: no table of that name differs."]


def test_compare_fails_where_a_table_cannot_be_made(run, frozen, monkeypatch, table):
    run("write", {"one": table, "two": table})

    class Broken(dict):
        def items(self):
            yield "one", table
            raise KeyError("verb")

    done = run("compare", Broken())
    assert [line for line in done.stdout.splitlines() if line[:5] in ("equal", "DIFFE")] == [
        "equal      tiny/one (3 rows)",
        "DIFFERENT  tiny/(error): not made, since KeyError: 'verb'",
        "DIFFERENT  tiny/two: not made, since KeyError: 'verb'",
    ]
    assert "Traceback" in done.stderr
    assert done.exit_code == 1


def test_compare_refuses_full_tables_that_are_not_those_of_the_ledger(run, table, tmp_path):
    full = ["--tables", str(tmp_path / "full")]
    run("write", {"one": table}, *full)
    run("write", {"one": table.assign(n=0)})
    done = run("compare", {"one": table}, *full)
    assert "is not that of the ledger; write both anew" in done.output
    assert done.exit_code == 1


def test_compare_refuses_a_folder_that_is_not_there(run, table, tmp_path):
    run("write", {"one": table})
    done = run("compare", {"one": table}, "--tables", str(tmp_path / "none"))
    assert "is no folder; write it first: write --tables DIR" in done.output
    assert done.exit_code == 2


def test_compare_of_names_takes_only_these(run, table):
    run("write", {"one": table, "two": table})
    done = run("compare", {"one": table}, "--only", "*/one")
    assert done.output.splitlines()[-1] == "1 tables: 1 equal, 0 changed, 0 new, 0 DIFFERENT"
    assert run("compare", {"one": table}, "--only", "nothing").exit_code == 1, "nothing compared is nothing held"


def test_compare_refuses_an_unknown_part(run, table):
    done = run("compare", {"one": table}, "--parts", "tiny,huge")
    assert "huge: no such part; choose from tiny." in done.output
    assert done.exit_code == 2


def test_reasons_have_to_be_sentences(run, table, tmp_path):
    run("write", {"one": table})
    (tmp_path / "reasons.yml").write_text("tiny/one: yes\n", encoding="utf-8")
    done = run("compare", {"one": table})
    assert "the reason for 'tiny/one' must be a sentence; it is True" in done.output


def test_parts_that_need_the_news_say_that_it_is_absent(frozen, tmp_path):
    words = ["write", "--parts", "news,articles", "--news", str(tmp_path / "no"), "--ledger", str(tmp_path / "x.json")]
    done = CliRunner().invoke(frozen.main, words)
    assert [line.split(":")[0] for line in done.output.splitlines()] == ["absent     news/", "absent     articles/"]
    assert done.exit_code == 0
    assert not (tmp_path / "x.json").exists()


# What is frozen --------------------------------------------------------------------------------------------------


def test_chosen_articles_hold_the_name_first_and_others_evenly_spaced(making):
    texts = [making.NAME if i in {3, 4} else "كابل" for i in range(10)]
    corpus = pd.DataFrame({"doc_id": [f"{i}" for i in range(10)], "text": texts}).iloc[::-1]
    assert making.chosen_articles(corpus, 6)["doc_id"].tolist() == ["0", "2", "3", "4", "6", "8"]
    assert making.chosen_articles(corpus, 2)["doc_id"].tolist() == ["3", "4"]
    assert len(making.chosen_articles(corpus, 40)) == 10


def test_notebook_outputs_and_shown_tables_are_those_of_its_cells(making, tmp_path):
    sources = [
        "import discourse as dc, pandas as pd\nthird = 1 / 3",
        'dc.Table(pd.DataFrame({"x": [third]}), caption="A share")',
        'dc.Table(pd.DataFrame({"x": [2]}), caption="A share")',
        "third",
    ]
    cells = [{"source": source, "outputs": []} for source in sources]
    found = dict(making._as_run(cells, tmp_path / "nb.ipynb"))
    assert list(found) == ["a-share", "a-share-2", "as_run"]
    assert found["a-share"]["x"].tolist() == [1 / 3]
    assert found["as_run"][["cell", "kind"]].to_numpy().tolist() == [
        [2, "text/plain"],
        [2, "text/html"],
        [3, "text/plain"],
        [3, "text/html"],
        [4, "text/plain"],
    ]
    assert found["as_run"]["text"].iloc[-1] == "0.3333333333333333"


def test_committed_outputs_are_taken_as_they_stand(making):
    output = {"data": {"text/plain": ["one\n", "two"], "text/html": ["<p>"], "image/png": "AA"}}
    table = making._committed([{"outputs": []}, {"outputs": [output]}])
    assert table.to_numpy().tolist() == [[2, "text/plain", "one\ntwo"], [2, "text/html", "<p>"]]


def test_records_are_flattened_to_keys_and_values(making):
    table = making._flat({"inputs": {"documents": "ab"}, "settings": {}, "seed": 7})
    assert table.to_numpy().tolist() == [["inputs.documents", '"ab"'], ["settings", "{}"], ["seed", "7"]]


def test_committed_ledger_holds_all_parts_and_only_digests(frozen):
    ledger = frozen.read_ledger(frozen.LEDGER)
    assert {name.partition("/")[0] for name in ledger} == set(frozen.PARTS)
    assert all(set(entry) == {"rows", "columns", "sha256"} for entry in ledger.values())
    assert all(len(entry["sha256"]) == 64 for entry in ledger.values())


def test_committed_reasons_are_sentences(frozen):
    assert isinstance(frozen.read_reasons(frozen.REASONS), dict)
