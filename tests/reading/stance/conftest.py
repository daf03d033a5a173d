"""Reads short texts for evidence with the lexicons of predicates and of appraisal."""

from importlib.resources import as_file, files

import pandas as pd
import pytest

from discourse.language.tokens import tokenize
from discourse.lexicons.loader import load_lexicon
from discourse.reading.speech.quotations import find_quotations
from discourse.reading.stance.documents import find_evidence


@pytest.fixture(scope="session")
def stance_lexicons():
    """The lexicons of predicates and of appraisal."""
    found = []
    for name in ("predicates", "appraisal"):
        with as_file(files("discourse.lexicons") / f"{name}.yml") as path:
            found.append(load_lexicon(path))
    return found


@pytest.fixture(scope="session")
def read_evidence(stance_lexicons):
    """Reads texts, each as a document of its own, for (number of the sentence, evidence)."""

    def read(texts, *, date="2010-06-01", titles=None):
        names = [f"{place:03}" for place in range(len(texts))]
        documents = pd.DataFrame({"doc_id": names, "text": list(texts), "title": titles or [None] * len(texts)})
        documents = documents.assign(date=pd.to_datetime(date), date_precision="day", source="x")
        tokens = tokenize(documents)
        quotations = find_quotations(documents, tokens)
        found = find_evidence(documents, tokens, quotations, stance=stance_lexicons)
        return [found.get(name, []) for name in names]

    return read
