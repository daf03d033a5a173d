"""A corpus in parts gives the tables of one piece to the last digit, whatever the parts and the order they come in."""

import os

import pandas as pd
import pytest

from discourse.errors import ResourceError, SchemaError
from discourse.parts.pools import Here, Processes, open_pool
from discourse.parts.running import Job, run_parts
from discourse.plan import Plan, per_document, read_in_parts, takes_long
from discourse.sources.documents import rejects_table
from discourse.sources.parted import open_parted
from discourse.sources.seeds import load_seed
from discourse.steps.making import PLAN, make_tables
from discourse.study import load_study

OPTIONS = {"n_draws": 10, "period": "year", "split": "source"}
MENU = "الرئيسية\nأخبار العالم\nاتصل بنا\n"


class Backwards(Here):
    """Parts in the opposite order."""

    def over(self, job, parts):
        numbered = list(super().over(job, parts))
        return iter(numbered[::-1])


def corpus():
    """Return 12 reports: a menu stands above those of one outlet, two are printed twice, one more has no words."""
    reports = load_seed("reports").iloc[:192:16].reset_index(drop=True)
    reports["source"] = ["one", "two"] * (len(reports) // 2)
    reports.loc[reports["source"].eq("one"), "text"] = MENU + reports["text"]
    again = reports.iloc[[3, 8]].assign(doc_id=["again-1", "0-again-2"], source="three")
    marks = reports.iloc[[0]].assign(doc_id="marks", text="... !", title=None)
    every = pd.concat([reports, again, marks], ignore_index=True)
    return every.sort_values("doc_id", ignore_index=True)


@pytest.fixture(scope="module")
def in_one_piece():
    return make_tables(corpus(), list(PLAN.steps), **OPTIONS)


def assert_equal(made, wanted):
    compared = 0
    for name in PLAN.steps:
        if name in ("repeated", "lines"):  # made in parts alone: one piece counts its lines as it marks them
            continue
        assert (name in made) == (name in wanted), name
        if isinstance(wanted.get(name), pd.DataFrame):
            pd.testing.assert_frame_equal(made[name], wanted[name], check_exact=True, obj=name)
            compared += 1
        elif name in wanted:
            assert made[name] == wanted[name], name
    assert compared > 30


def in_parts(documents, n_parts, pool):
    size = int(documents["text"].str.len().sum() / n_parts) + 1
    given = {"rejects": rejects_table([]), **load_study(**OPTIONS).given()}
    parted = open_parted(documents)
    made = run_parts(PLAN, list(PLAN.steps), given, parted, pool, part_size=size)
    return {name: parted.with_texts(table) if name in ("units", "subject") else table for name, table in made.items()}


@pytest.mark.parametrize(("n_parts", "pool"), [(1, Here()), (2, Backwards()), (7, Here())])
def test_run_parts_every_table_is_that_of_one_piece(in_one_piece, n_parts, pool):
    assert_equal(in_parts(corpus(), n_parts, pool), in_one_piece)


def test_run_parts_texts_that_lie_in_another_order_change_nothing(in_one_piece, tmp_path):
    place = tmp_path / "mixed.parquet"
    corpus().sample(frac=1, random_state=5).to_parquet(place, index=False, row_group_size=5)
    names = ["spans", "tokens", "clusters", "attention", "n_boilerplate"]
    made = make_tables(open_parted(place), names, part_size=9_000, **OPTIONS)
    for name in names[:-1]:
        pd.testing.assert_frame_equal(made[name], in_one_piece[name], check_exact=True)
    assert made["n_boilerplate"] == in_one_piece["n_boilerplate"] > 0


def test_make_tables_two_processes_give_the_tables_of_one_piece(in_one_piece):
    names = ["series", "frames", "position_sentences", "company", "clusters", "n_boilerplate", "flow", "units"]
    made = make_tables(corpus(), names, workers=2, part_size=12_000, **OPTIONS)
    assert list(made) == names
    for name in names:
        if name == "n_boilerplate":
            assert made[name] == in_one_piece[name] > 0, "a menu is left out"
        else:
            pd.testing.assert_frame_equal(made[name], in_one_piece[name], check_exact=True)
    assert made["clusters"]["n_in_cluster"].eq(2).sum() == 4, "a copy is found though it lies in another part"


def test_make_tables_given_table_of_documents_in_parts_raises():
    with pytest.raises(SchemaError) as error:
        make_tables(open_parted(corpus()), ["counts"], given={"tokens": None})
    assert str(error.value) == "`given` has 'tokens', which parts of a corpus make anew. Leave it out, or `workers`."


# The runner alone, with a small plan --------------------------------------------------------------------------------


@read_in_parts(lambda table: table)
@per_document
def letters(documents):
    """Letters of each text."""
    return pd.DataFrame({"doc_id": documents["doc_id"], "n": documents["text"].str.len()})


def longest(letters):
    """Letters of the longest text."""
    return max(int(part["n"].max()) for part in ([letters] if isinstance(letters, pd.DataFrame) else letters))


@per_document
def shares(documents, longest):
    """Letters of each text by those of the longest."""
    return pd.DataFrame({"doc_id": documents["doc_id"], "share": documents["text"].str.len() / longest})


SMALL = Plan.of(letters, longest, shares)


def small():
    rows = {"doc_id": ["b", "a", "c"], "text": ["نص", "نصوص", "ن"], "source": None, "title": None}
    return pd.DataFrame({**rows, "date": pd.NaT, "date_precision": None})


def test_run_parts_goes_over_the_parts_again_for_what_needs_the_whole():
    said = []
    made = run_parts(SMALL, ["shares"], {}, open_parted(small()), Here(), part_size=1, on_step=said.append)
    assert said == [*(f"part {n} of 3" for n in range(4)), "longest", *(f"part {n} of 3" for n in range(4))]
    assert made["shares"].to_numpy().tolist() == [["a", 1.0], ["b", 0.5], ["c", 0.25]], "in the order of doc_id"


def test_run_parts_table_that_is_asked_for_comes_whole():
    made = run_parts(SMALL, ["letters", "longest"], {}, open_parted(small()), Here(), part_size=1)
    assert (made["letters"]["n"].tolist(), made["longest"]) == ([4, 2, 1], 4)


@takes_long
def first_process(letters):
    """The process that runs this."""
    return os.getpid()


@takes_long
def second_process(letters):
    """The same beside it."""
    return os.getpid()


def test_run_parts_long_steps_run_in_other_processes_where_there_are_several():
    plan, names = Plan.of(letters, first_process, second_process), ["first_process", "second_process"]
    here = run_parts(plan, [*names, "letters"], {}, open_parted(small()), Here(), part_size=1)
    assert {here[name] for name in names} == {os.getpid()}
    with Processes(2) as pool:
        there = run_parts(plan, [*names, "letters"], {}, open_parted(small()), pool, part_size=1)
        alone = run_parts(plan, ["first_process", "letters"], {}, open_parted(small()), pool, part_size=1)
    assert os.getpid() not in {there[name] for name in names}
    assert alone["first_process"] == os.getpid(), "there is nothing to run beside it"
    pd.testing.assert_frame_equal(there["letters"], here["letters"])


def test_run_parts_in_files_and_sent_are_the_same():
    class Sent(Here):
        shares_files = False

    made = [
        run_parts(SMALL, ["shares"], {}, open_parted(small()), pool, part_size=1)["shares"] for pool in (Here(), Sent())
    ]
    pd.testing.assert_frame_equal(*made)


def test_run_parts_number_of_parts_is_a_multiple_of_the_workers():
    class Two(Here):
        n_workers = 2

    said = []
    run_parts(SMALL, ["letters"], {}, open_parted(small()), Two(), part_size=6, on_step=said.append)
    assert said[0] == "part 0 of 2"
    said.clear()
    every = pd.concat([small(), small().assign(doc_id=["d", "e", "f"])], ignore_index=True)
    run_parts(SMALL, ["letters"], {}, open_parted(every), Two(), part_size=6, on_step=said.append)
    assert said[0] == "part 0 of 4", "three parts would be two for one and one for the other"


def whole_of(number):
    return number * 2


@pytest.mark.parametrize("pool", [Here(), Processes(1)])
def test_pool_begin_gives_the_result_when_it_is_asked_for(pool):
    with pool as begun:
        waiting = [begun.begin(whole_of, number) for number in (1, 2)]
        assert [result() for result in waiting] == [2, 4]


def test_open_pool_that_is_open_is_given_back_and_stays_open():
    with Processes(1) as pool:
        with open_pool(pool, None) as again:
            assert again is pool
        assert pool.begin(whole_of, 4)() == 8


def leave(number):
    os._exit(number)


def test_processes_begin_that_ends_says_so():
    with Processes(1) as pool, pytest.raises(ResourceError) as error:
        pool.begin(leave, 3)()
    assert str(error.value) == (
        "a process of 1 ended before its part was done, which is mostly want of memory. Take fewer workers, or smaller "
        "parts."
    )


def end_of_a_process(documents):
    os._exit(3)


def test_processes_one_that_ends_says_so():
    job = Job(Plan.of(per_document(end_of_a_process)), ("end_of_a_process",), {})
    with Processes(1) as pool, pytest.raises(ResourceError) as error:
        list(pool.over(job, open_parted(small()).parts()))
    assert str(error.value) == (
        "a process of 1 ended before its part was done, which is mostly want of memory. Take fewer workers, or smaller "
        "parts."
    )


@pytest.mark.parametrize("n_workers", [0, True, 1.5])
def test_processes_no_number_of_them_raises(n_workers):
    with pytest.raises(SchemaError) as error:
        Processes(n_workers)
    assert str(error.value) == f"`workers` is {n_workers!r}; it must be a whole number of processes, 1 or more."
