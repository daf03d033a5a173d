"""A plan: each table once, in an order that works; what is wrong with one is said; a cache that can be trusted."""

import pandas as pd
import pytest

from discourse.cache import Cache
from discourse.errors import SchemaError, SourceError
from discourse.plan import Plan, per_document


def words(text):
    """Words of a text."""
    return pd.DataFrame({"word": text.split()})


def lengths(words):
    """Length of each word."""
    return words.assign(n=words["word"].str.len())


def longest(words, lengths, least):
    """Words of at least some letters, where there are any."""
    kept = words.loc[lengths["n"].ge(least)]
    return kept if len(kept) else None


PLAN = Plan.of(longest, words, lengths)
GIVEN = {"text": "قال كابولوف", "least": 4}


def counted(*steps):
    """The steps, and a list that grows by the name of each as it runs."""
    ran = []

    def watch(step):
        def run(**reads):
            ran.append(step.__name__)
            return step(**reads)

        run.__name__, run.__wrapped__, run.__code__ = step.__name__, step, run.__code__
        return run

    return Plan.of(*map(watch, steps)), ran


def test_run_makes_what_is_asked_and_each_step_once():
    plan, ran = counted(longest, words, lengths)
    made = plan.run(["longest", "lengths"], GIVEN)
    assert ran == ["words", "lengths", "longest"]
    assert list(made) == ["longest", "lengths"]
    assert made["longest"]["word"].tolist() == ["كابولوف"]


def test_run_leaves_out_a_table_that_does_not_apply():
    assert PLAN.run(["longest"], {**GIVEN, "least": 40}) == {}


def test_run_takes_a_given_table_in_place_of_its_step():
    plan, ran = counted(longest, words, lengths)
    made = plan.run(["lengths"], {"words": pd.DataFrame({"word": ["موسكو"]})})
    assert (ran, made["lengths"]["n"].tolist()) == (["lengths"], [5])


def test_run_tells_each_step_as_it_begins():
    said = []
    PLAN.run(["longest"], GIVEN, on_step=said.append)
    assert said == ["words", "lengths", "longest"]


def test_run_unknown_table_raises():
    with pytest.raises(SchemaError) as error:
        PLAN.run(["mean"], GIVEN)
    assert str(error.value) == "`tables` is 'mean'; it must be one of 'lengths', 'longest', 'words'."


def test_run_missing_input_raises():
    with pytest.raises(SchemaError) as error:
        PLAN.run(["longest"], {"text": "قال"})
    assert str(error.value) == (
        "`given` lacks 'least', which step 'longest' reads; it has 'text', and the steps make 'lengths', 'longest', "
        "'words'. Give it, or add a step of that name."
    )


def test_order_circle_raises_and_names_it():
    def hen(egg):
        """Hen."""

    def egg(hen):
        """Egg."""

    with pytest.raises(SchemaError) as error:
        Plan.of(hen, egg).order(["hen"], [])
    assert str(error.value) == ("`steps` wait for each other: hen <- egg <- hen. Let one of them read something else.")


def test_reads_leaves_parameters_with_a_default_alone():
    def word(text, least=3, **more):
        """The first word."""
        return text.split()[0][:least]

    assert Plan.of(word).run(["word"], {"text": "قال كابولوف"}) == {"word": "قال"}


def test_of_same_name_twice_raises():
    with pytest.raises(SchemaError, match=r"^`steps` has 'words' twice; a table is made by one step\. Rename it\.$"):
        Plan.of(words, words)


def test_lines_say_what_reads_what():
    assert list(PLAN.lines(["lengths"])) == [
        "words <- text: Words of a text.",
        "lengths <- words: Length of each word.",
    ]


def test_lines_say_what_is_per_document():
    @per_document
    def letters(text):
        """Letters of a text."""
        return len(text)

    plan = Plan.of(letters, words)
    assert list(plan.lines()) == [
        "letters (per document) <- text: Letters of a text.",
        "words <- text: Words of a text.",
    ]
    assert [plan.is_per_document(name) for name in ("letters", "words", "text")] == [True, False, False]


def test_given_names_what_no_step_makes():
    assert PLAN.given() == ["least", "text"]


def test_cache_second_run_makes_nothing(tmp_path):
    plan, ran = counted(longest, words, lengths)
    first = plan.run(["longest"], GIVEN, cache=Cache(tmp_path))
    again = plan.run(["longest"], GIVEN, cache=Cache(tmp_path))
    assert ran == ["words", "lengths", "longest"]
    pd.testing.assert_frame_equal(first["longest"], again["longest"])


def test_cache_reads_nothing_that_a_kept_table_was_made_from(tmp_path):
    PLAN.run(["longest"], GIVEN, cache=Cache(tmp_path))
    for path in tmp_path.glob("words-*"):
        path.unlink()
    plan, ran = counted(longest, words, lengths)
    assert len(plan.run(["longest"], GIVEN, cache=Cache(tmp_path))["longest"]) == 1
    assert ran == []


def test_cache_other_option_makes_only_what_reads_it(tmp_path):
    plan, ran = counted(longest, words, lengths)
    plan.run(["longest"], GIVEN, cache=Cache(tmp_path))
    plan.run(["longest"], {**GIVEN, "least": 3}, cache=Cache(tmp_path))
    assert ran == ["words", "lengths", "longest", "longest"]


def test_cache_other_text_makes_all_anew(tmp_path):
    plan, ran = counted(longest, words, lengths)
    plan.run(["longest"], GIVEN, cache=Cache(tmp_path))
    plan.run(["longest"], {**GIVEN, "text": "قالت زاخاروفا"}, cache=Cache(tmp_path))
    assert ran == ["words", "lengths", "longest"] * 2


@pytest.mark.parametrize(
    "damage", [lambda b: b[:-9], lambda b: b[:80] + b"\0" + b[81:], lambda b: b"", lambda b: b"x" * 99]
)
def test_cache_damaged_file_is_found_and_made_anew(tmp_path, damage):
    plan, ran = counted(longest, words, lengths)
    first = plan.run(["longest"], GIVEN, cache=Cache(tmp_path))
    for path in tmp_path.iterdir():
        path.write_bytes(damage(path.read_bytes()))
    cache = Cache(tmp_path)
    again = plan.run(["longest"], GIVEN, cache=cache)
    assert ran == ["words", "lengths", "longest"] * 2
    assert [name.partition("-")[0] for name in cache.damaged] == ["longest", "lengths", "words"]
    pd.testing.assert_frame_equal(first["longest"], again["longest"])
    assert plan.run(["longest"], GIVEN, cache=Cache(tmp_path))["longest"].equals(first["longest"])
    assert len(ran) == 6


def test_cache_interrupted_run_leaves_whole_files_only(tmp_path):
    def stops(lengths):
        """Stop in the middle."""
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Plan.of(words, lengths, stops).run(["stops"], GIVEN, cache=Cache(tmp_path))
    assert sorted(path.name.partition("-")[0] for path in tmp_path.iterdir()) == ["lengths", "words"]
    assert not list(tmp_path.glob("*.part"))
    plan, ran = counted(words, lengths)
    plan.run(["lengths"], GIVEN, cache=Cache(tmp_path))
    assert ran == []


def test_cache_keeps_categories_dates_and_nulls_as_they_are(tmp_path):
    def table(text):
        """A table of many kinds."""
        return pd.DataFrame(
            {
                "kind": pd.Categorical(["b", None], categories=["b", "a", "unused"]),
                "day": pd.to_datetime(["2015-12-23", None]).astype("datetime64[us]"),
                "n": pd.array([1, None], dtype="Int64"),
                "word": pd.Series([text, None], dtype="str"),
                "share": [0.1 + 0.2, float("nan")],
                "sign": pd.Series([1, -1], dtype="int8"),
            }
        )

    fresh = Plan.of(table).run(["table"], GIVEN, cache=Cache(tmp_path))["table"]
    kept = Plan.of(table).run(["table"], GIVEN, cache=Cache(tmp_path))["table"]
    pd.testing.assert_frame_equal(fresh, kept, check_exact=True)
    assert kept["kind"].cat.categories.tolist() == ["b", "a", "unused"]


def test_cache_does_not_keep_what_would_come_back_changed(tmp_path):
    def table(text):
        """A table of tuples."""
        return pd.DataFrame({"pair": [(text, 1)]})

    Plan.of(table).run(["table"], GIVEN, cache=Cache(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_cache_on_a_file_raises(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(SourceError, match="which is a file; name a folder"):
        Cache(tmp_path / "notes.txt")
    assert (tmp_path / "notes.txt").read_text() == "mine"
