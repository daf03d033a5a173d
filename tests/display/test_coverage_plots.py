import pandas as pd
import pytest
from matplotlib import dates as mdates

from discourse.display.coverage_plots import plot_coverage, plot_flow
from discourse.errors import SchemaError
from discourse.sources.cleaning.coverage import count_coverage, flow_of_records

DOCUMENTS = pd.DataFrame(
    {
        "doc_id": list("abcd"),
        "text": "نص",
        "date": pd.to_datetime(["2015-01-03", "2015-03-01", "2015-03-02", None]),
        "source": ["x", "x", "y", "y"],
    }
)
CLUSTERS = pd.DataFrame({"doc_id": list("abcd"), "cluster": list("aabd"), "n_in_cluster": [2, 2, 1, 1]})
FLOW = flow_of_records(DOCUMENTS, pd.DataFrame({"path": ["f"]}), clusters=CLUSTERS)


def test_plot_flow_bars_are_the_counts_and_losses_hang_from_the_stock():
    bars = plot_flow(FLOW).axes[0].patches
    assert [int(bar.get_width()) for bar in bars] == [5, 1, 4, 0, 1, 3]
    assert [int(bar.get_x()) for bar in bars] == [0, 4, 0, 4, 3, 0]


def test_plot_flow_says_numbers_and_shares():
    texts = [text.get_text().strip() for text in plot_flow(FLOW).axes[0].texts]
    assert texts == ["5 (100.0%)", "1 (20.0%)", "4 (80.0%)", "0 (0.0%)", "1 (20.0%)", "3 (60.0%)"]


def test_plot_flow_arabic_labels():
    labels = [tick.get_text() for tick in plot_flow(FLOW, language="ar").axes[0].get_yticklabels()]
    assert labels == ["قُرئ", "رُفض", "وثائق", "قوالب فقط", "نسخ مكررة", "أُبقي"]


def test_plot_flow_missing_step_raises():
    with pytest.raises(SchemaError) as error:
        plot_flow(FLOW[FLOW["step"] != "kept"])
    assert str(error.value) == "`flow` lacks the steps ['kept']; it must come from flow_of_records()."


def test_plot_coverage_cells_gaps_and_row_totals():
    figure = plot_coverage(count_coverage(DOCUMENTS))
    axes = figure.axes[0]
    covered, gaps = axes.collections[:2]
    assert [round(cell.get_extents().y0) for cell in covered.get_paths()] == [0, 0, 1]
    assert [cell.get_extents().x0 for cell in gaps.get_paths()] == [mdates.datestr2num("2015-02-01")]
    assert gaps.get_hatch() and not covered.get_hatch()
    assert [tick.get_text() for tick in axes.get_yticklabels()] == ["x (2)", "y (1)"]
    assert "Documents not shown, for want of a fitting date: 1." in figure._supxlabel.get_text()


def test_plot_coverage_most_keeps_the_largest_rows():
    axes = plot_coverage(count_coverage(DOCUMENTS), most=1).axes[0]
    assert [tick.get_text() for tick in axes.get_yticklabels()] == ["x (2)"]


def test_plot_coverage_without_dates_draws_an_empty_panel():
    axes = plot_coverage(count_coverage(DOCUMENTS.iloc[3:])).axes[0]
    assert len(axes.collections) == 0


def test_plot_coverage_wrong_table_raises():
    with pytest.raises(SchemaError) as error:
        plot_coverage(FLOW)
    assert str(error.value) == (
        "`coverage` lacks the columns ['source', 'period', 'n_docs', 'state']; it must come from count_coverage()."
    )
