"""A study: checked at the door, frozen, the same whether from a file or from options."""

import dataclasses

import pandas as pd
import pytest
import yaml

from discourse.errors import LexiconError, SchemaError, SourceError
from discourse.lexicons.loader import lexicon_from_patterns, load_lexicon
from discourse.study import DEFAULT_STUDY, load_study, study_names

OWN_ACTORS = (
    "name: own\nversion: 1.0.0\nlicence: CC0-1.0\n"
    "categories:\n  hezbollah:\n    label: {en: Hezbollah, ar: حزب الله}\n    entries: [حزب الله]\n"
)


def written(folder, **keys):
    path = folder / "study.yml"
    path.write_text(yaml.safe_dump(keys, allow_unicode=True), encoding="utf-8")
    return path


def test_load_study_default_is_the_one_that_ships():
    study = load_study()
    assert (study.name, study.holders, study.target) == ("russia-taliban", ("russia",), "taliban")
    assert study == load_study(DEFAULT_STUDY) and DEFAULT_STUDY in study_names()
    assert len(study.ledger) == 155


def test_load_study_file_leaves_out_what_it_does_not_ask(tmp_path):
    study = load_study(written(tmp_path, holders="iran", target="isis"))
    assert (study.name, study.holders, study.target) == ("iran-isis", ("iran",), "isis")
    assert (len(study.ledger), dict(study.title), study.period) == (0, {}, None)
    assert study.stance.sha256 == load_lexicon("stance").sha256


def test_load_study_options_equal_the_file(tmp_path):
    keys = {"holders": ["us", "nato"], "target": "taliban", "period": "year", "language": "ar", "ledger": None}
    assert load_study(written(tmp_path, **keys)) == load_study(**keys)
    assert hash(load_study(**keys)) == hash(load_study(**keys))
    assert load_study(**keys) != load_study(**{**keys, "period": "month"})


def test_load_study_other_pair_leaves_the_ledger_and_the_title_behind():
    assert (len(load_study(holders=["iran"]).ledger), dict(load_study(holders=["iran"]).title)) == (0, {})
    assert (len(load_study(target="isis").ledger), load_study(target="isis").name) == (0, "russia-isis")
    same = load_study(holders=["russia"], language="ar")
    assert (len(same.ledger), same.name) == (155, "russia-taliban")
    assert len(load_study(holders=["iran"], ledger="events").ledger) == 155


def test_load_study_files_are_found_beside_the_study(tmp_path):
    (tmp_path / "own.yml").write_text(OWN_ACTORS, encoding="utf-8")
    (tmp_path / "facts.csv").write_text("date,event\n2018-11,Talks\n", encoding="utf-8")
    path = written(tmp_path, holders=["iran"], target="hezbollah", actors=["actors", "own.yml"], ledger="facts.csv")
    study = load_study(path)
    assert study.actors.categories["hezbollah"] == {"en": "Hezbollah", "ar": "حزب الله"}
    assert "russia" in study.actors.categories
    assert study.ledger["event"].tolist() == ["Talks"]


def test_study_is_frozen():
    study = load_study()
    with pytest.raises(dataclasses.FrozenInstanceError):
        study.target = "isis"
    with pytest.raises(TypeError):
        study.groups["west"] = ("us",)


def test_study_settings_hold_digests_and_no_place(tmp_path):
    settings = load_study(written(tmp_path, holders=["iran"], target="isis")).settings()
    assert settings["actors"] == load_lexicon("actors").sha256
    assert str(tmp_path) not in str(settings)


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ({"holdr": "russia"}, r"^`study key` is 'holdr'; it must be one of 'actors', 'boilerplate', "),
        ({"holders": []}, r"^`study` lacks 'holders'; a study says whose position \(holders\) toward whom \(target\)"),
        ({"holders": ["mars"]}, r"^`holder` is 'mars'; it must be one of 'afghan_gov', "),
        ({"holders": ["us", "us"]}, r"^`holders` is \['us', 'us'\]; it names one of them twice\. Drop one\.$"),
        ({"target": "mars"}, r"^`target` is 'mars'; it must be one of 'afghan_gov', "),
        ({"target": "russia"}, r"^`target` is 'russia', which is also a holder"),
        ({"groups": {"west": ["us", "mars"]}}, r"^`groups: west` is 'mars'; it must be one of "),
        (
            {"groups": {"us": ["uk"]}},
            r"^`groups` has 'us'; a group needs a name of its own, a text that is no actor\.$",
        ),
        ({"groups": ["us"]}, r"^`groups` is \['us'\]; it must be a mapping"),
        ({"period": "week"}, r"^`period` is 'week'; it must be one of 'month', 'quarter', 'year'\.$"),
        ({"language": "fr"}, r"^`language` is 'fr'; it must be one of 'ar', 'en'\.$"),
        ({"scope": None}, r"^`scope` is None; it must be one of 'all', 'target'\.$"),
        ({"n_draws": 0}, r"^`n_draws` is 0; it must be a whole number from 1 up\.$"),
        ({"n_draws": True}, r"^`n_draws` is True; "),
        ({"seed": -1}, r"^`seed` is -1; it must be a whole number from 0 up\.$"),
        ({"title": "Title"}, r"^`title` is 'Title'; it must be a mapping from language to title"),
        ({"lexicons": ["frames", "frames"]}, r"^`lexicons` is \['frames', 'frames'\]; it names one of them twice"),
        ({"ledger": "reports"}, r"^`ledger` is 'reports'; it must be one of 'events'\.$"),
        ({"ledger": 5}, r"^`ledger` is '5'; it must be 'events', a file of EVENTS, a table, or null\.$"),
        ({"ledger": False}, r"^`ledger` is 'False'; it must be 'events', "),
        ({"ledger": ["events"]}, r"^`ledger` is "),
        ({"stance": None}, r"^`stance` is 'None'; it must be the name of a lexicon or a file\.$"),
        ({"stance": "frames"}, r"^`stance` is the lexicon 'frames', whose entries lack 'polarity', 'strength', "),
        ({"actors": [5]}, r"^`actors` is \[5\]; it must be a name or a list of names, at least one\.$"),
        ({"lexicons": 5}, r"^`lexicons` is 5; it must be a name or a list of names"),
        ({"lexicons": ["x" * 5000]}, r"^`lexicons` is 'xxx"),
        ({"holders": 5}, r"^`holders` is 5; it must be a name or a list of names"),
        ({"holders": [1], "groups": {1: ["us"]}}, r"^`groups` has 1; a group needs a name of its own"),
        ({"target": 5}, r"^`target` is 5; it must be one of 'afghan_gov', "),
        ({"voices": ["rusia"]}, r"^`voices` is 'rusia'; it must be one of 'afghan_gov', "),
        ({"voices": []}, r"^`voices` is \[\]; it must be a name"),
        ({"split": 5}, r"^`split` is 5; it must be a text, or null\."),
        ({"name": ["x"]}, r"^`name` is \['x'\]; it must be a text, or null\."),
        ({"title": ""}, r"^`title` is ''; it must be a mapping"),
        ({"title": {"fr": "x"}}, r"^`title` is 'fr'; it must be one of 'ar', 'en'\.$"),
        ({"groups": ""}, r"^`groups` is ''; it must be a mapping"),
        ({"period": 5}, r"^`period` is 5; it must be one of 'month', 'quarter', 'year'\.$"),
        ({"by": "source", "split": "title"}, r"^`by` and `split` are one key; give one of them\.$"),
    ],
)
def test_load_study_wrong_key_or_value_raises(keys, message):
    with pytest.raises(SchemaError, match=message):
        load_study(**keys)


def test_load_study_misspelt_key_in_a_file_says_what_is_allowed(tmp_path):
    with pytest.raises(SchemaError) as error:
        load_study(written(tmp_path, holders=["iran"], taget="isis"))
    assert str(error.value).startswith("`study key` is 'taget'; it must be one of 'actors', ")
    assert "'target'" in str(error.value)


def test_load_study_unknown_file_names_the_studies():
    with pytest.raises(
        SourceError, match=r"^`study` is 'iran\.yml': no such file, and no study of that name \('russia-t"
    ):
        load_study("iran.yml")


def test_load_study_broken_yaml_raises(tmp_path):
    (tmp_path / "study.yml").write_text("holders: [russia", encoding="utf-8")
    with pytest.raises(SchemaError, match=r"^study 'study\.yml' is no YAML: "):
        load_study(tmp_path / "study.yml")


def test_load_study_key_that_stands_twice_in_a_file_raises(tmp_path):
    (tmp_path / "study.yml").write_text("holders: [iran]\nholders: [russia]\ntarget: taliban\n", encoding="utf-8")
    with pytest.raises(SchemaError, match=r"^study 'study\.yml' is no YAML: line 2: the key 'holders' stands twice"):
        load_study(tmp_path / "study.yml")


@pytest.mark.parametrize("source", [5, True, b"x", ["russia-taliban"], "x" * 5000, ""])
def test_load_study_source_that_names_nothing_raises(source):
    with pytest.raises(SourceError, match=r"no such file, and no study of that name"):
        load_study(source)


def test_load_study_yaml_runs_nothing(tmp_path):
    (tmp_path / "study.yml").write_text("holders: !!python/object/apply:os.getcwd []\n", encoding="utf-8")
    with pytest.raises(SchemaError, match=r"is no YAML"):
        load_study(tmp_path / "study.yml")


def test_load_study_missing_lexicon_raises():
    with pytest.raises(LexiconError, match=r"^`source` is 'nowhere\.yml': no such file"):
        load_study(lexicons=["nowhere.yml"])


def test_load_study_takes_lexicons_and_ledgers_as_objects():
    own = lexicon_from_patterns({"talks": ["محادثات"]}, name="own")
    ledger = pd.DataFrame({"date": ["2018-11"], "event": ["Talks"]})
    study = load_study(lexicons=[own], ledger=ledger)
    assert (study.lexicons, study.ledger["event"].tolist()) == ((own,), ["Talks"])


def test_load_study_compare_periods_keep_their_names_and_whole_ends(tmp_path):
    ships = load_study().compare
    assert [name for name, _, _ in ships] == ["2000-2004", "2005-2014", "2015-2020", "2021", "2022-2026"]
    assert ships[3] == ("2021", "2021-01-01", "2021-12-31")
    path = tmp_path / "study.yml"
    ends = "{before: [2015, 2021-08-14], after: ['2021-08-15', 2024-02]}"
    path.write_text(f"holders: [iran]\ntarget: isis\ncompare: {ends}\n", encoding="utf-8")
    assert load_study(path).compare == (
        ("before", "2015-01-01", "2021-08-14"), ("after", "2021-08-15", "2024-02-29"),
    )  # fmt: skip
    assert load_study(load_study(path)).compare == load_study(path).compare


def test_load_study_compare_belongs_to_the_pair():
    assert load_study(holders=["iran"]).compare == ()
    assert load_study(load_study(holders=["iran"])).compare == ()
    assert load_study(language="ar").compare == load_study().compare
    assert load_study(holders=["iran"], compare=[2015, 2016]).compare[0] == ("2015", "2015-01-01", "2015-12-31")


def test_load_study_compare_next_day_is_no_overlap_and_the_same_day_is():
    assert len(load_study(compare=[["2021-01-01", "2021-08-14"], ["2021-08-15", 2022]]).compare) == 2
    with pytest.raises(SchemaError) as error:
        load_study(compare=[["2021-01-01", "2021-08-15"], ["2021-08-15", 2022]])
    assert str(error.value) == (
        "`compare` has '2021-08-15/2022', which begins on 2021-08-15, before '2021-01-01/2021-08-15' has ended on "
        "2021-08-15; periods stand in the order of time and share no day. Mend their ends."
    )


@pytest.mark.parametrize(
    ("compare", "said"),
    [
        (2015, "`compare` is '2015'; it must be a list or a mapping of periods"),
        ([[2015, 2020]], "`compare` has 1 of the two periods that a change needs"),
        ([], "`compare` has 0 of the two periods that a change needs"),
        ([[2015, 2016, 2017], 2020], r"`compare` has the period \[2015, 2016, 2017\]; it must be a first and a last"),
        ([[2016, 2015], 2020], "`compare` has a period from 2016 to 2015, which ends before it begins"),
        ([[2015, "spring"], 2020], "`compare` has the end 'spring'; it must be a year, a month or a day"),
        ([["2015-13", 2016], 2020], "`compare` has the end '2015-13'; it must be a year, a month or a day"),
        ([True, 2020], "`compare` has the end 'True'; it must be a year, a month or a day"),
        ([0, 2020], "`compare` has the end '0'; it must be a year, a month or a day"),
        ([2021, 2020], "`compare` has '2020', which begins on 2020-01-01, before '2021' has ended"),
        ({1: 2015, "b": 2016}, "`compare` has the name 1; the name of a period must be a text"),
    ],
)
def test_load_study_compare_that_cannot_be_says_what_to_do(compare, said):
    with pytest.raises(SchemaError, match=said):
        load_study(compare=compare)


def test_load_study_compare_name_twice_raises():
    with pytest.raises(SchemaError, match=r"`compare` names the period '2015' twice"):
        load_study(compare=[2015, 2015])
