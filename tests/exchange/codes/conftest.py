"""Documents that are coded: an emoji, tatweel, marks of direction, two kinds of line end."""

import json
import zipfile

import pandas as pd
import pytest

TEXTS = {
    "nahar-1": "قالت موسكو إن طالبان جزء من الحل",
    "nahar-2": "😀 موسكو تنفي تسليح طالبـــان\r\nوكابل تشكك",
    "sabah-1": "\u202bأكد المبعوث أن الحوار مستمر\u202c ثم قال: لا تعليق",
}


@pytest.fixture
def documents():
    return make_documents(TEXTS)


def make_documents(texts):
    n = len(texts)
    return pd.DataFrame(
        {
            "doc_id": list(texts),
            "text": list(texts.values()),
            "date": pd.to_datetime(["2016-02-01"] * n),
            "date_precision": ["day"] * n,
            "source": ["nahar"] * n,
            "title": [None] * n,
        }
    )


@pytest.fixture
def texts():
    return TEXTS


@pytest.fixture
def save(tmp_path):
    """Write a file: text, bytes, JSON of a list or dict, lines of JSON, or the members of an archive."""

    def write(name, content, *, lines=False):
        place = tmp_path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        if name.endswith((".zip", ".qdpx")) and isinstance(content, dict):
            with zipfile.ZipFile(place, "w") as archive:
                for member, inner in content.items():
                    archive.writestr(member, inner)
        elif lines:
            place.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in content), "utf-8")
        elif isinstance(content, list | dict):
            place.write_text(json.dumps(content, ensure_ascii=False), "utf-8")
        elif isinstance(content, bytes):
            place.write_bytes(content)
        else:
            place.write_bytes(content.encode("utf-8"))
        return place

    return write


@pytest.fixture
def rows():
    """Return the rows of a table as lists, nulls as None."""

    def listed(frame, *columns):
        part = frame[list(columns)] if columns else frame
        return part.astype(object).where(part.notna(), None).to_numpy().tolist()

    return listed
