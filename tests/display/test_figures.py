import json
import warnings

import pandas as pd
import pytest

from discourse.display.attention import plot_attention
from discourse.display.figures import figure_pdf, figure_png, figure_svg, save_figure
from discourse.errors import SchemaError
from discourse.measures.periods import count_documents
from discourse.provenance import provenance


@pytest.fixture
def figure():
    documents = pd.DataFrame({"doc_id": ["a"], "date": pd.to_datetime(["2015-12-23"]), "country": ["EG"]})
    return plot_attention(count_documents(documents, by="country"), by="country", language="ar")


def test_save_figure_writes_png_svg_and_record(figure, tmp_path):
    record = provenance(settings={"period": "month"})
    written = save_figure(figure, tmp_path / "new" / "attention", record=record)
    assert [path.name for path in written] == ["attention.png", "attention.svg", "attention.json"]
    assert written[0].read_bytes().startswith(b"\x89PNG")
    assert json.loads(written[2].read_text("utf-8"))["settings"] == {"period": "month"}
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == sorted(path.name for path in written)


@pytest.mark.parametrize("name", ["pos.pdf", "pos.PNG", "pos.svg"])
def test_save_figure_ending_says_the_format(figure, tmp_path, name):
    assert [path.name for path in save_figure(figure, tmp_path / name)] == [name.lower()]


def test_save_figure_formats_are_written_each_once(figure, tmp_path):
    written = save_figure(figure, tmp_path / "a.png", formats=("pdf", "svg", "pdf"))
    assert [path.name for path in written] == ["a.pdf", "a.svg"]


def test_save_figure_dot_that_is_no_ending_stays(figure, tmp_path):
    written = save_figure(figure, tmp_path / "v1.2", formats=["png"])
    assert [path.name for path in written] == ["v1.2.png"]


def test_save_figure_unknown_format_raises(figure, tmp_path):
    with pytest.raises(SchemaError) as error:
        save_figure(figure, tmp_path / "a", formats=["docx"])
    assert str(error.value) == "`formats` is 'docx'; it must be one of 'pdf', 'png', 'svg'."
    with pytest.raises(SchemaError) as error:
        save_figure(figure, tmp_path / "a.jpg")
    assert (
        str(error.value) == "`path` ends in '.jpg'; it must end in one of '.pdf', '.png', '.svg', or in none of them."
    )
    assert list(tmp_path.iterdir()) == []


def test_figure_pdf_embeds_its_fonts_as_truetype(figure):
    pdf = figure_pdf(figure)
    assert pdf.startswith(b"%PDF") and b"/FontFile2" in pdf and b"/Type3" not in pdf
    assert b"CreationDate" not in pdf and b"atplotlib" not in pdf
    assert pdf == figure_pdf(figure)


def test_figure_is_drawn_once_for_each_file(figure):
    drawings = []
    figure.canvas.mpl_connect("draw_event", drawings.append)
    figure_png(figure)
    assert len(drawings) == 1
    assert figure.get_layout_engine() is None


def test_figure_bytes_are_the_same_each_time(figure):
    assert figure_png(figure) == figure_png(figure)
    assert figure_svg(figure) == figure_svg(figure)
    assert b"date" not in figure_svg(figure)[:2000].lower()


def test_figure_shows_itself_in_a_notebook_as_png(figure):
    png, beside = figure._repr_png_()
    assert png == figure_png(figure)
    assert beside == {"alt": "الاهتمام: عدد التقارير في كل فترة. مصر (1). بين قوسين: عدد التقارير."}


def test_figure_as_text_says_what_it_shows(figure):
    assert repr(figure) == "<Figure: الاهتمام: عدد التقارير في كل فترة. مصر (1). بين قوسين: عدد التقارير.>"


def test_figure_arabic_has_no_missing_glyph(figure):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figure_png(figure)
    fonts = {text.get_fontname() for axes in figure.axes for text in [axes.yaxis.label, *axes.texts]}
    assert fonts == {"DejaVu Sans"}


def test_save_figure_other_object_raises(tmp_path):
    with pytest.raises(SchemaError) as error:
        save_figure("figure", tmp_path / "a")
    assert str(error.value) == "`figure` is a str; it must be a matplotlib Figure."
