"""Texts read a part at a time: the documents, rejects and digest of one piece; damage told by its place."""

import pandas as pd
import pyarrow.parquet as pq
import pytest

from discourse.errors import SourceError
from discourse.provenance import digest
from discourse.recording import write_record
from discourse.sources.documents import read_documents
from discourse.sources.parted import open_parted


def rows(n=12):
    """Return records of which some are rejected: an empty text, a date that is none, a doc_id given twice."""
    frame = pd.DataFrame(
        {
            "id": [f"d{(n - place) * 7 % n:02}" for place in range(n)],
            "النص": [f"نص رقم {place}\nسطر" for place in range(n)],
            "date": [f"{place % 12 + 1}/13/2015" if place != 3 else "never" for place in range(n)],
            "source": ["x", "y", None] * (n // 3),
            "views": [str(place) for place in range(n)],
        }
    )
    frame.loc[5, "النص"] = " "
    frame.loc[7, "id"] = frame.loc[2, "id"]
    return frame


def written(folder, frame, group=5):
    place = folder / "corpus.parquet"
    frame.to_parquet(place, index=False, row_group_size=group, compression=None)
    return place


def assert_same(source, **options):
    documents, rejects = read_documents(source, **options)
    parted = open_parted(source, **options)
    pd.testing.assert_frame_equal(parted.with_texts(parted.documents), documents)
    pd.testing.assert_frame_equal(parted.rejects, rejects)
    assert parted.digest == digest(documents)
    parts = [part.read() for part in parted.parts(size=30)]
    assert len(parts) > 2 and max(part["text"].str.len().sum() for part in parts) <= 30
    every = pd.concat(parts).sort_values("doc_id", ignore_index=True)
    pd.testing.assert_frame_equal(every, documents, check_categorical=False)
    return parted


def test_open_parted_a_file_is_what_read_documents_gives(tmp_path):
    parted = assert_same(written(tmp_path, rows()), doc_id="id")
    assert sorted(parted.rejects["reason"]) == sorted(set(parted.rejects["reason"])), "three reasons, one each"
    assert len(parted.rejects) == 3 and "views" in parted.documents


def test_open_parted_a_folder_is_one_corpus(tmp_path):
    for number, name in enumerate(("b", "a")):
        part = rows().drop(columns="id").assign(extra=number) if number else rows().drop(columns="id")
        part.to_parquet(tmp_path / f"{name}.parquet", index=False, row_group_size=4)
    parted = assert_same(tmp_path)
    assert parted.documents["doc_id"].iloc[[0, -1]].tolist() == ["a-000001", "b-000012"]


def test_open_parted_a_table_keeps_its_order():
    documents, rejects = read_documents(rows().rename(columns={"id": "doc_id"}))
    mixed = documents.sample(frac=1, random_state=2)
    parted = open_parted(mixed, rejects=rejects)
    assert parted.digest == digest(mixed)
    pd.testing.assert_frame_equal(parted.with_texts(parted.documents.iloc[[4, 1]]), mixed.iloc[[4, 1]])


def spoil(place, number):
    """Write zeros over the texts of a row group."""
    told = pq.ParquetFile(place).metadata.row_group(number)
    column = next(told.column(at) for at in range(told.num_columns) if told.column(at).path_in_schema == "النص")
    first = column.dictionary_page_offset or column.data_page_offset
    with place.open("r+b") as stream:
        stream.seek(first)
        stream.write(bytes(column.total_compressed_size))


def test_open_parted_damaged_row_group_is_named_with_its_bytes(tmp_path):
    place = written(tmp_path, rows())
    spoil(place, 1)
    with pytest.raises(SourceError) as error:
        open_parted(place, doc_id="id")
    said = str(error.value)
    assert said.startswith(f"'{place}' cannot be read in row group 2 of 3 (bytes ")
    assert said.endswith(". Copy or write it again, or keep the other row groups with --rejects FILE.")


def test_open_parted_salvage_keeps_the_other_row_groups(tmp_path):
    place = written(tmp_path, rows())
    spoil(place, 1)
    parted = open_parted(place, doc_id="id", salvage=True)
    records = parted.rejects["record"].str.partition(" (bytes ")[0].tolist()
    assert sorted(records) == sorted(["row 4, date 'never'", *(f"row {row}, row group 2 of 3" for row in range(6, 11))])
    assert parted.rejects["reason"].tolist().count("the row group cannot be read") == 5
    kept = parted.with_texts(parted.documents)
    assert kept["text"].str.contains("رقم (?:0|1|2|4|10|11)\n").all() and len(kept) == 6


def test_open_parted_file_that_is_none_raises(tmp_path):
    place = tmp_path / "corpus.parquet"
    place.write_bytes(b"PAR1 and no more")
    with pytest.raises(SourceError, match=r"^'.*' is not a whole Parquet file \(.*\)\. Copy or write it again\.$"):
        open_parted(place)


def test_open_parted_names_what_stands_beside_the_files_as_read_documents_does(tmp_path):
    place = written(tmp_path, rows())
    place.with_name("notes.md").write_text("x")
    write_record(place, "read", "0" * 64)
    assert_same(tmp_path, doc_id="id")
    assert_same(tmp_path)  # ids are made of file and row
    told = open_parted(tmp_path, doc_id="id").rejects
    beside = told.loc[told["record"].eq("whole file")]
    assert beside[["path", "reason"]].to_numpy().tolist() == [
        [
            str(place.with_name("notes.md")),
            "the file is no .parquet; `discourse read` takes exports, pages and tables in a folder",
        ]
    ]
