"""A small corpus on two sides of a border, whose counts can be made by hand."""

import pandas as pd
import pytest

from discourse.lexicons.loader import lexicon_from_patterns
from discourse.measures.claims.claim import state_claim


def corpus(first, second):
    """Return documents: what each text holds beside words of its own, on the first and on the second side."""
    texts = [*first, *second]
    own = [" ".join(f"{10 * n + k}" for k in range(6)) for n in range(len(texts))]
    years = ["2015"] * len(first) + ["2016"] * len(second)
    return pd.DataFrame(
        {
            "doc_id": [f"d{n:03}" for n in range(len(texts))],
            "text": [f"{words} {text}".strip() for words, text in zip(own, texts, strict=True)],
            "date": pd.to_datetime([f"{year}-{1 + n % 12:02}-01" for n, year in enumerate(years)]),
            "date_precision": "day",
            "source": [f"outlet {n % 3}" for n in range(len(texts))],
            "title": None,
        }
    )


@pytest.fixture
def documents():
    """Entry 1 stands in 9 of 12 documents of the second side, entry 2 in 2 of 12 of each."""
    return corpus(["داعش"] * 2 + [""] * 10, ["الإرهاب"] * 8 + ["داعش الإرهاب", "داعش"] + [""] * 2)


@pytest.fixture
def lexicon():
    return lexicon_from_patterns({"terror": ["إرهاب", "داعش"], "calm": ["سلام", "هدوء"]}, name="own")


@pytest.fixture
def claim():
    return state_claim(
        measure="share", category="terror", lexicon="own", direction="higher", first={"period": 2015},
        second={"period": 2016},
    )  # fmt: skip


@pytest.fixture
def make_corpus():
    return corpus
