"""A saved corpus to look at and to spoil."""

from pathlib import Path

import pandas as pd
import pytest

from discourse.saved.saving import save_corpus
from discourse.sources.documents import read_documents

TEXTS = [
    "قال المبعوث الروسي زامير كابولوف إن موسكو تتبادل المعلومات مع حركة «طالبان» ضد تنظيم داعش.",
    "نفت روسيا تسليح طالبان. وأكدت موسكو أن الحظر المفروض على الحركة لا يزال قائما.",
    "كابل - رويترز: وصل الوفد إلى العاصمة صباح اليوم الأربعاء وبدأ المحادثات.",
]


def table_of(texts: list[str]) -> pd.DataFrame:
    """DOCUMENTS of texts, not in the order of their names."""
    names = [f"d{len(texts) - number:04d}" for number in range(len(texts))]
    return pd.DataFrame(
        {
            "doc_id": pd.Series(names, dtype="str"),
            "text": pd.Series(texts, dtype="str"),
            "date": pd.Series(pd.date_range("2015-12-20", periods=len(texts))).astype("datetime64[us]"),
            "date_precision": pd.Categorical(["day"] * len(texts)),
            "source": pd.Categorical([["عكاظ", "الحياة", None][number % 3] for number in range(len(texts))]),
            "title": pd.Series([None if number % 2 else "عنوان" for number in range(len(texts))], dtype="str"),
        }
    )


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A corpus as a file."""
    path = tmp_path / "corpus.csv"
    table_of(TEXTS).to_csv(path, index=False)
    return path


@pytest.fixture
def folder(source: Path) -> Path:
    """The same corpus, saved."""
    place = source.parent / "saved"
    save_corpus(source, place)
    return place


@pytest.fixture
def documents(source: Path) -> pd.DataFrame:
    """The same corpus, read."""
    return read_documents(source)[0]
