"""The steps of the library: every table by name, alone or together, given or made, kept or made anew."""

import pandas as pd
import pytest

from discourse.errors import SchemaError
from discourse.steps.making import CHARTED, PLAN, make_tables
from discourse.study import load_study

TEXTS = {
    "a": "أعلنت موسكو دعم الحوار مع طالبان. وقالت طهران إنها تدعم الحوار مع طالبان.",
    "b": "حذرت روسيا من خطر طالبان. وقالت واشنطن إنها قصفت مواقع طالبان.",
    "c": "قالت الصين إنها ترحب بالحوار مع طالبان.",
}


def corpus(**columns):
    rows = {"doc_id": list(TEXTS), "text": list(TEXTS.values()), "title": None, "source": ["x", "y", "x"]}
    dates = pd.to_datetime(["2018-11-09", "2018-12-01", "2019-01-05"])
    return pd.DataFrame({**rows, "date": dates, "date_precision": "day", **columns})


def test_plan_gives_only_documents_rejects_and_the_study():
    assert set(PLAN.given()) <= {"documents", "rejects", *load_study().given()}
    assert set(load_study().given()) <= set(PLAN.given()), "what a study asks is read by some step"


def test_plan_marks_what_is_made_document_by_document():
    alone = {name for name in PLAN.steps if PLAN.is_per_document(name)}
    assert alone == {
        *("tokens", "lines", "spans", "body_tokens", "story_words", "mentions", "named", "subject", "subject_tokens"),
        *("frames", "match_counts", "counts", "clauses", "quotations", "position_sentences", "document_positions"),
        *("positions", "statements", "voice_counts", "actor_sentences", "lexicon_matches", "n_boilerplate"),
    }
    assert {name for name in PLAN.steps if PLAN.pack(name)} == {"story_words"}
    assert {name for name in PLAN.steps if PLAN.is_long(name)} == {
        "naming", "series", "overall", "subject_series", "by_series", "position_series", "position_by_series",
        "voice_series", "company",
    }  # fmt: skip


def test_plan_every_table_says_what_it_is():
    for line in PLAN.lines():
        assert line.partition(": ")[2].endswith("."), line


def test_make_tables_alone_and_together_are_equal():
    together = make_tables(corpus(), [name for name in CHARTED if name != "rejects"], n_draws=20, split="source")
    for name, table in together.items():
        if isinstance(table, pd.DataFrame):
            alone = make_tables(corpus(), [name], n_draws=20, split="source")[name]
            pd.testing.assert_frame_equal(alone, table, check_exact=True)


def test_make_tables_from_the_cache_are_equal(tmp_path):
    names, said = list(PLAN.steps), []
    first = make_tables(corpus(), names, n_draws=20, split="source", cache=tmp_path)
    again = make_tables(corpus(), names, n_draws=20, split="source", cache=tmp_path, on_step=said.append)
    assert said == [], "each table of the plan comes back from the cache as it was"
    assert list(again) == list(first)
    for name, table in first.items():
        if isinstance(table, pd.DataFrame):
            pd.testing.assert_frame_equal(again[name], table, check_exact=True)
        else:
            assert again[name] == table


def test_make_tables_other_seed_makes_no_token_anew(tmp_path):
    said = []
    make_tables(corpus(), ["series"], n_draws=20, cache=tmp_path)
    make_tables(corpus(), ["series"], n_draws=20, cache=tmp_path, seed=7, on_step=said.append)
    assert said == ["series"]


def test_make_tables_holders_each_have_their_own_rows():
    made = make_tables(corpus(), ["positions", "position_series", "naming"], holders=["iran", "china"], n_draws=20)
    assert made["positions"].groupby("holder", observed=True)["doc_id"].apply(list).to_dict() == {
        "china": ["c"],
        "iran": ["a"],
    }
    assert set(made["position_series"]["holder"]) == {"iran", "china"}
    assert set(made["naming"]["category"]) == {"iran", "china", "taliban", "both"}


def test_make_tables_group_is_read_as_one_holder():
    options = {"holders": ["east"], "groups": {"east": ["iran", "china"]}, "n_draws": 20}
    made = make_tables(corpus(), ["positions", "named"], **options)
    assert made["positions"]["holder"].tolist() == ["east", "east"]
    assert made["named"]["east"].tolist() == [True, False, True]


def test_make_tables_voices_leave_the_others_out():
    everybody = make_tables(corpus(), ["position_sentences"], scope="all")["position_sentences"]
    outlet = make_tables(corpus(), ["position_sentences"], scope="all", voices=["outlet"])["position_sentences"]
    assert set(everybody["voice"]) > {"outlet"} and set(outlet["voice"]) == {"outlet"}


@pytest.mark.parametrize(("scope", "read"), [("target", ["a", "b", "c"]), ("all", ["a", "b", "c", "d"])])
def test_make_tables_scope_says_which_documents_are_read(scope, read):
    fourth = pd.DataFrame({"doc_id": ["d"], "text": ["ارتفع سعر النفط."], "date": pd.to_datetime(["2019-02-01"])})
    documents = pd.concat([corpus(), fourth.assign(date_precision="day", source="x")], ignore_index=True)
    assert make_tables(documents, ["subject"], scope=scope)["subject"]["doc_id"].tolist() == read


def test_make_tables_given_tokens_are_used():
    tokens = make_tables(corpus(), ["tokens"])["tokens"]
    said = []
    make_tables(corpus(), ["mentions"], given={"tokens": tokens}, on_step=said.append)
    assert "tokens" not in said and "mentions" in said


def test_make_tables_one_name_is_enough():
    assert list(make_tables(corpus(), "mentions")) == ["mentions"]


@pytest.mark.parametrize("tables", [None, 5, {"series"}])
def test_make_tables_no_list_of_names_raises(tables):
    with pytest.raises(SchemaError, match=r"it must be a list of names, such as \['series'\]"):
        make_tables(corpus(), tables)


def test_make_tables_no_document_raises():
    with pytest.raises(SchemaError, match=r"^`documents` has no row\. Give it texts\.$"):
        make_tables(corpus().iloc[:0], ["series"])


def test_make_tables_unknown_table_raises():
    with pytest.raises(SchemaError, match=r"^`tables` is 'frame'; it must be one of 'actor_sentences', "):
        make_tables(corpus(), ["frame"])


def test_make_tables_unknown_variable_raises():
    with pytest.raises(SchemaError) as error:
        make_tables(corpus(), ["series"], split="desk")
    assert str(error.value) == "`split` is 'desk'; it must be one of 'source'."


def test_make_tables_does_not_change_its_input():
    documents = corpus()
    before = documents.copy()
    make_tables(documents, ["position_series", "company"], n_draws=20)
    pd.testing.assert_frame_equal(documents, before)


def test_make_tables_any_actor_can_be_the_target():
    texts = {"a": "رحبت طالبان بالحوار مع روسيا.", "b": "قصفت تركيا مواقع حزب العمال الكردستاني."}
    documents = corpus().iloc[:2].assign(doc_id=list(texts), text=list(texts.values()))
    russia = make_tables(documents, ["document_positions"], target="russia")["document_positions"]
    assert russia[["doc_id", "holder", "position"]].to_numpy().tolist() == [["a", "taliban", 1]]
    pkk = make_tables(documents, ["document_positions"], target="pkk")["document_positions"]
    assert pkk[["doc_id", "holder", "position"]].to_numpy().tolist() == [["b", "turkey", -2]]
    with pytest.raises(SchemaError, match=r"^`target` is 'russia', which is also a holder"):
        make_tables(documents, ["document_positions"], target="russia", holders=["russia"])


def test_make_tables_holders_that_count_as_others_or_as_nobody():
    texts = {
        "a": "دعا دوستم إلى الحوار مع طالبان.",
        "b": "دعا كرزاي إلى الحوار مع طالبان.",
        "c": "دعا كرزاي إلى الحوار مع طالبان.",
    }
    dates = pd.to_datetime(["2001-10-01", "2014-09-28", "2014-09-29"])
    documents = corpus(date=dates).assign(text=list(texts.values()))
    made = make_tables(documents, ["position_sentences"])["position_sentences"]
    assert made[["doc_id", "holder"]].to_numpy().tolist() == [["a", "other"], ["b", "afghan_gov"]]
    asked = make_tables(documents, ["position_sentences"], holders=["northern_alliance"])["position_sentences"]
    assert asked["holder"].tolist() == ["northern_alliance", "afghan_gov"]


def test_make_tables_alias_of_an_actor_is_read_as_the_actor():
    documents = corpus(position=[1, -2, 0], position_holder="saudi", position_target="taliban")
    made = make_tables(documents, ["hand_codes"], holders=["saudi"])["hand_codes"]
    assert made["holder"].tolist() == ["saudi_arabia"] * 3
    study = load_study(holders=["saudi"], target="iran", groups={"gulf": ["saudi", "uae"]}, voices=["saudi"])
    assert (study.holders, study.voices, study.groups["gulf"]) == (
        ("saudi_arabia",), ("saudi_arabia",), ("saudi_arabia", "uae"),
    )  # fmt: skip
    assert load_study(target="saudi").target == "saudi_arabia"


def test_make_tables_copies_of_weight_count_once_in_positions_and_findings():
    friendly = "أعلنت موسكو دعم الحوار مع طالبان."
    texts = [friendly] * 3 + ["حذرت روسيا من خطر طالبان."]
    early = pd.DataFrame({"text": texts, "position": [2, 2, 2, -2]})
    documents = pd.concat([early.assign(year="2018"), early.assign(year="2022")], ignore_index=True)
    documents = documents.assign(
        doc_id=[f"d{n}" for n in range(len(documents))], date=pd.to_datetime(documents["year"] + "-05-01"), source="x",
        title=None, date_precision="day", position_holder="russia", position_target="taliban", position_voice="russia",
    )  # fmt: skip
    documents["text"] += documents["year"].map({"2018": "", "2022": " وقالت إن الأمر جديد تماما في كابل."})
    names = ["findings", "period_positions", "position_series"]
    kept = {}
    for copies in ("cluster", "weight"):
        made = make_tables(documents, names, n_draws=20, copies=copies, compare=[2018, 2022])
        means = made["period_positions"].query("basis == 'hand'")["estimate"].tolist()
        series = made["position_series"].query("basis == 'hand'")["estimate"].dropna().tolist()
        found = made["findings"].query("basis == 'hand'").iloc[0]
        kept[copies] = (means, series, (found["mean_before"], found["mean_after"]))
    assert kept["cluster"] == ([1, 1], [1, 1], (1, 1))
    assert kept["weight"] == ([0, 0], [0, 0], (0, 0)), "three copies and one other report are two that disagree"
