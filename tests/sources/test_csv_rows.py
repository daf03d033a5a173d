"""Line ends of a CSV: as spreadsheets, old and new, and databases write them."""

import pytest

from discourse.errors import SourceError
from discourse.sources.documents import read_documents
from discourse.sources.readers import read_sources

TEXT = "التقى المبعوث وفدا"


def read(tmp_path, raw):
    (tmp_path / "a.csv").write_bytes(raw.encode())
    return read_documents(tmp_path / "a.csv")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\r\r\n"])
def test_read_csv_lines_that_end_in_any_way_are_records(tmp_path, end):
    documents, rejects = read(tmp_path, end.join(["text,date", f"{TEXT} أ,2015", f"{TEXT} ب,2016", ""]))
    assert documents["text"].tolist() == [f"{TEXT} أ", f"{TEXT} ب"] and not len(rejects)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_read_csv_carriage_return_in_a_field_is_text(tmp_path, end):
    documents, rejects = read(tmp_path, end.join(["text,note", f"{TEXT}\rأ,b\rc", f'"{TEXT}\r\nب",d\re', ""]))
    assert documents["text"].tolist() == [f"{TEXT}\rأ", f"{TEXT}\r\nب"]
    assert documents["note"].tolist() == ["b\rc", "d\re"] and not len(rejects)


def test_read_csv_carriage_return_in_a_quoted_name_does_not_end_the_header(tmp_path):
    documents, rejects = read(tmp_path, f'text,"no\rte"\n{TEXT},1\n')
    assert documents["no\rte"].tolist() == [1] and not len(rejects)


def test_read_csv_texts_between_carriage_returns_keep_line_feeds_in_quotation_marks(tmp_path):
    documents, rejects = read(tmp_path, f'text,note\r"{TEXT}\nأ",1\r{TEXT},2\r')
    assert documents["text"].tolist() == [f"{TEXT}\nأ", TEXT] and not len(rejects)


@pytest.mark.parametrize("end", ["\n", "\r"])
def test_read_sources_stories_of_media_cloud_keep_a_carriage_return_in_a_title(tmp_path, end):
    title = f"{TEXT} أ" if end == "\r" else f"{TEXT}\rأ"
    header = "id,publish_date,title,url,language,media_name,media_url"
    rows = [header, f"1,2015-12-23,{title},https://a.example/1,ar,الوادي,a.example", f"2,2015-12-24,{TEXT} ب,,ar,,", ""]
    (tmp_path / "stories.txt").write_bytes(end.join(rows).encode())
    documents, rejects = read_sources(tmp_path / "stories.txt")
    assert sorted(documents["title"]) == sorted([title, f"{TEXT} ب"]) and not len(rejects)
    assert set(documents["vendor"]) == {"mediacloud"}


@pytest.mark.parametrize("n", [1000, 1001])
def test_read_csv_name_that_is_no_name_is_told_by_its_length(tmp_path, n):
    raw = f"text,{'x' * n}\n{TEXT},1\n"
    if n == 1000:
        assert len(read(tmp_path, raw)[0]) == 1
        return
    with pytest.raises(SourceError) as error:
        read(tmp_path, raw)
    assert str(error.value) == (
        f"{str(tmp_path / 'a.csv')!r} has no header that can be read (a name of 1,001 characters). Look at line 1."
    )
