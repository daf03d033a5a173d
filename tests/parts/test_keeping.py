"""A cache of a corpus in parts: what one piece kept is found, and the other way round; what changed is made anew."""

import pandas as pd
import pytest

from discourse.cache import Cache
from discourse.errors import SourceError
from discourse.parts.keeping import Keeping
from discourse.plan import Plan, per_document
from discourse.sources.parted import open_parted
from discourse.sources.seeds import load_seed
from discourse.steps.making import make_tables

NAMES = ["series", "flow", "units", "subject", "named", "n_boilerplate"]
OPTIONS = {"n_draws": 5, "period": "year"}
PART_SIZE = 2_000  # two parts


def corpus():
    reports = load_seed("reports").iloc[:120:20].reset_index(drop=True)
    again = reports.iloc[[2]].assign(doc_id="again", source="another")
    return pd.concat([reports, again], ignore_index=True)


def make(documents, folder, names=NAMES, **options):
    """Return the tables, and the steps and parts that were run for them."""
    said = []
    made = make_tables(documents, names, cache=folder, part_size=PART_SIZE, on_step=said.append, **OPTIONS, **options)
    return made, said


def assert_equal(made, wanted):
    assert list(made) == list(wanted)
    for name, table in wanted.items():
        if isinstance(table, pd.DataFrame):
            pd.testing.assert_frame_equal(made[name], table, check_exact=True)
        else:
            assert made[name] == table


@pytest.fixture(scope="module")
def in_one_piece(tmp_path_factory):
    """Return a folder that one piece filled, and its tables."""
    folder = tmp_path_factory.mktemp("cache")
    return folder, make(corpus(), folder)[0]


def test_make_tables_in_parts_finds_what_one_piece_kept(in_one_piece):
    folder, wanted = in_one_piece
    made, said = make(open_parted(corpus()), folder)
    assert said == []
    assert_equal(made, wanted)


def test_make_tables_in_parts_keeps_what_parts_and_one_piece_find(in_one_piece, tmp_path):
    _, wanted = in_one_piece
    made, said = make(open_parted(corpus()), tmp_path)
    assert "part 1 of 2" in said and "series" in said
    assert_equal(made, wanted)
    again, said = make(open_parted(corpus()), tmp_path)
    assert said == [], "all are found, those of documents without their texts"
    assert_equal(again, wanted)
    again, said = make(corpus(), tmp_path, ["series", "named", "flow"])
    assert said == []
    assert_equal(again, {name: wanted[name] for name in ["series", "named", "flow"]})


def test_make_tables_in_parts_what_is_not_kept_is_made_of_what_is(in_one_piece, tmp_path):
    make(open_parted(corpus()), tmp_path)
    for path in [*tmp_path.glob("series-*"), *tmp_path.glob("counts-*")]:
        path.unlink()
    made, said = make(open_parted(corpus()), tmp_path)
    assert said == [*(f"part {n} of 2" for n in range(3)), "series"], "one pass for the counts; no line is counted anew"
    assert_equal(made, in_one_piece[1])


def test_make_tables_in_parts_another_text_is_another_key(in_one_piece):
    folder, _ = in_one_piece
    changed = corpus()
    changed.loc[0, "text"] += " قال"
    made, said = make(open_parted(changed), folder)
    assert "part 2 of 2" in said
    assert_equal(made, make_tables(changed, NAMES, **OPTIONS))


def test_make_tables_in_parts_cache_that_is_a_file_raises(tmp_path):
    (place := tmp_path / "file").touch()
    with pytest.raises(SourceError) as error:
        make(open_parted(corpus()), place)
    assert str(error.value) == f"`cache` is '{place}', which is a file; name a folder."


@per_document
def letters(documents):
    """Letters of each text."""
    return pd.DataFrame({"doc_id": documents["doc_id"], "n": documents["text"].str.len()})


def longest(letters):
    """Letters of the longest text."""
    return int(letters["n"].max())


@per_document
def shares(letters, longest):
    """Letters of each text by those of the longest."""
    return letters.assign(n=letters["n"] / longest)


def test_find_step_over_parts_reads_what_the_pass_makes(tmp_path):
    plan, cache = Plan.of(letters, longest, shares), Cache(tmp_path)
    keeping = Keeping(cache, plan, {}, open_parted(corpus()), ["letters", "longest", "shares"])
    assert keeping.find(["shares"], {}) == ["letters", "longest", "shares"]
    keeping.keep("longest", 3)
    found = {}
    assert (keeping.find(["shares"], found), found) == (["letters", "shares"], {"longest": 3}), "both within a pass"
