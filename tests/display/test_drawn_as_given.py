# ruff: noqa: E501 (tables for each figure)
"""Names and titles of the user's are drawn as they are: no formula, no error, whatever marks they hold."""

import io

import pandas as pd
import pytest
from matplotlib.text import Text

from discourse.display.attention import plot_attention
from discourse.display.change_plots import plot_change
from discourse.display.coding_plots import plot_correction, plot_disagreement
from discourse.display.collocate_plots import (
    collocate_network,
    plot_collocate_contrasts,
    plot_collocate_network,
    plot_collocates,
)
from discourse.display.company import plot_company
from discourse.display.coverage_plots import plot_coverage, plot_flow
from discourse.display.drawing import render
from discourse.display.finding_plots import plot_finding
from discourse.display.framing import plot_series
from discourse.display.lexis_plots import plot_dispersion, plot_keyness
from discourse.display.network_plots import plot_network
from discourse.display.scaled_plots import plot_scaled
from discourse.display.shift_plots import plot_word_shift
from discourse.display.specification_plots import plot_specifications
from discourse.display.standpoints import plot_positions
from discourse.display.timeline import plot_events
from discourse.language.tokens import tokenize
from discourse.lexicons.loader import lexicon_from_patterns
from discourse.measures.change.contrasts import contrast
from discourse.measures.claims.claim import state_claim
from discourse.measures.claims.specifications import try_specifications
from discourse.measures.lexis.collocate_contrasts import compare_collocates
from discourse.measures.lexis.collocates import find_collocates
from discourse.measures.lexis.keyness import keyness
from discourse.measures.lexis.word_shift import word_shift
from discourse.measures.network import affiliation_network
from discourse.measures.periods import count_documents
from discourse.measures.series import count_by_period, position_by_period
from discourse.sources.cleaning.coverage import count_coverage, flow_of_records

MARK = "$\\frac{$ \\alpha x_1^2 {x} %s\n$5 and $6 <b>&amp;]]>"
TURNED = "\u202eabc\u202c \u200fنهار\u200f \u2066" + "x" * 200 + "ـ" * 40 + "ا" * 200

DAYS = pd.date_range("2015-01-01", periods=12, freq="180D")
SIDES = {"first": {"period": ("2015", "2017")}, "second": {"period": ("2018", "2020")}}


def documents(mark):
    names = [mark, "other"] * 6
    return pd.DataFrame({"doc_id": [f"d{n:02}" for n in range(12)], "date": DAYS, "date_precision": "day", "source": names, "title": None,
                         "text": [f"{n} {n + 1} داعش كابل" for n in range(12)]})  # fmt: skip


def counts(category="arming"):
    return pd.DataFrame(
        {"doc_id": [f"d{n:02}" for n in range(12)], "category": category, "n_matches": [1, 0] * 6, "n_tokens": 100}
    )


def codes():
    return pd.DataFrame({"doc_id": [f"d{n:02}" for n in range(12)], "position": [-1, 0, 1] * 4, "voice": "russia"})


def lexis():
    told = documents("x").assign(source=["x", "y"] * 6)
    return tokenize(told), told


def series(mark, title):
    shares = count_by_period(counts(mark), documents(mark), freq="YS", by="source", measure="share")
    return plot_series(shares, by="source", title=title)


def attention(mark, title):
    return plot_attention(count_documents(documents(mark), freq="YS", by="source"), by="source", title=title)


def coverage(mark, title):
    return plot_coverage(count_coverage(documents(mark)), title=title)


def flow(mark, title):
    return plot_flow(flow_of_records(documents(mark), pd.DataFrame({"path": [mark]})), title=title)


def positions(mark, title):
    found = position_by_period(codes(), documents(mark), freq="YS", by="source")
    events = pd.DataFrame(
        {
            "date": DAYS[:2],
            "event": [mark, "x"],
            "date_precision": "day",
            "act_type": [mark, "meeting"],
            "position": [1.0, None],
        }
    )
    return plot_positions(found, by="source", events=events, title=title)


def change(mark, title):
    sides = {"first": {"source": [mark]}, "second": {"source": ["other"]}}
    return plot_change(contrast(counts(mark), documents(mark), measure="share", **sides), title=title)


def events(mark, title):
    told = pd.DataFrame(
        {
            "date": DAYS,
            "event": mark,
            "event_ar": mark,
            "date_precision": "day",
            "act_type": mark,
            "actor": mark,
            "position": 1.0,
        }
    )
    return plot_events(told, title=title)


def company(mark, title):
    pairs = pd.DataFrame({"actor": [mark, "us"], "other": ["us", mark], "n_sentences": [10, 20], "n_together": [5, 5], "estimate": [0.5, 0.25],
                          "lower": [0.2, 0.1], "upper": [0.8, 0.5]})  # fmt: skip
    return plot_company(pairs, title=title)


def network(mark, title):
    said = pd.DataFrame({"doc_id": list("abcd"), "date": DAYS[0], "actor": [mark, mark, "x", "x"], "organisation": [mark, mark, "x", "x"],
                         "concept": [mark, "arming"] * 2, "agreement": True, "start_char": 0, "end_char": 1, "text": "x"})  # fmt: skip
    return plot_network(affiliation_network(said), title=title)


def disagreement(mark, title):
    pairs = pd.DataFrame({"variable": [mark], "value": [mark], "other_value": ["1"], "n": [3], "n_units": [3]})
    return plot_disagreement(pairs, title=title)


def correction(mark, title):
    told = {"period": DAYS[:2], "n_coded": 20, "note": mark}
    bounds = {
        name: [0.2, 0.5]
        for name in ("uncorrected", "uncorrected_lower", "uncorrected_upper", "estimate", "lower", "upper")
    }
    return plot_correction(pd.DataFrame({**told, **bounds}), title=title)


def finding(mark, title):
    told = pd.DataFrame({"period": [mark, "2020"], "first": DAYS[[0, 8]], "last": DAYS[[6, 11]], "n_units": [8, 3], "estimate": [-1.0, 1.5],
                         "lower": [-1.5, 0.5], "upper": [-0.5, 2.0], "few": False})  # fmt: skip
    return plot_finding(told, title=title)


def specifications(mark, title):
    lexicon = lexicon_from_patterns({mark: ["داعش", "كابل"]}, name="own")
    claim = state_claim(measure="share", category=mark, lexicon="own", direction="higher", **SIDES)
    tried = try_specifications(claim, documents(mark), lexicon=lexicon, n_specifications=4)
    return plot_specifications(tried, claim, title=title)


def keyed(mark, title):
    found = keyness(*lexis(), between=("x", "y"), by="source", min_count=1, min_units=1, n_draws=19)
    return plot_keyness(found.assign(term=[mark, *found["term"][1:]]), title=title)


def dispersion(mark, title):
    tokens, told = lexis()
    return plot_dispersion(tokens, "داعش", told, title=title)


def shift(mark, title):
    rows = pd.DataFrame(
        {"doc_id": [f"d{n:02}" for n in range(12)], "pattern": [mark, "x"] * 6, "weight": [1.0, -1.0, 2.0] * 4}
    )
    return plot_word_shift(word_shift(rows, lexis()[1], between=("x", "y"), by="source", n_draws=9), title=title)


def collocates(mark, title):
    found = find_collocates(lexis()[0], "داعش", least=1)
    return plot_collocates(found.assign(term=[mark, *found["term"][1:]]), title=title)


def collocate_contrasts(mark, title):
    tokens, told = lexis()
    found = compare_collocates(tokens, "داعش", told, between=({"source": ["x"]}, {"source": ["y"]}), least=1)
    return plot_collocate_contrasts(found.assign(term=[mark, *found["term"][1:]]), title=title)


def company_of_words(mark, title):
    found = find_collocates(lexis()[0], "داعش", least=1)
    return plot_collocate_network(collocate_network({mark: found}, p=1), title=title)


def scaled(mark, title):
    told = {"period": list(DAYS[:4]) * 2, "source": [mark] * 4 + ["other"] * 4, "n_docs": 9, "n_docs_with": 8, "n_units": 8,
            "estimate": 0.1, "lower": -0.2, "upper": 0.4, "share_seeds": 0.2, "share_dimensions": 0.1, "few": False}  # fmt: skip
    return plot_scaled(pd.DataFrame(told), by="source", title=title)


DRAWN = {"plot_attention": attention, "plot_change": change, "plot_collocate_contrasts": collocate_contrasts,
         "plot_collocate_network": company_of_words, "plot_collocates": collocates, "plot_company": company, "plot_correction": correction, "plot_coverage": coverage,
         "plot_disagreement": disagreement, "plot_dispersion": dispersion, "plot_events": events, "plot_finding": finding, "plot_flow": flow, "plot_keyness": keyed, "plot_network": network,
         "plot_positions": positions, "plot_scaled": scaled, "plot_series": series, "plot_specifications": specifications, "plot_word_shift": shift}  # fmt: skip
# Where the name is drawn, and not only the title; of the others nothing of the user's but the title is drawn.
# Keys of a lexicon are drawn with spaces for underscores.
NAMED = set(DRAWN) - {
    "plot_correction",
    "plot_finding",
    "plot_flow",
    "plot_dispersion",
    "plot_company",
    "plot_disagreement",
    "plot_specifications",
}


def test_every_plot_function_is_drawn_here():
    import discourse

    assert set(DRAWN) == {name for name in discourse.__all__ if name.startswith("plot_")}


def told(figure):
    return ["".join(text.get_text().split()) for text in figure.findobj(Text)]


@pytest.mark.parametrize("name", sorted(DRAWN))
def test_plot_names_and_titles_are_drawn_as_they_are(name):
    figure = DRAWN[name](MARK, MARK)
    for kind in ("png", "svg", "pdf"):
        render(figure, kind)
    figure.savefig(io.BytesIO())  # under the settings of the session, as a notebook may
    bare = "".join(MARK.split())
    assert sum(bare in text for text in told(figure)) >= (2 if name in NAMED else 1)
    assert not [text.get_text() for text in figure.findobj(Text) if text.get_parse_math() and "$" in text.get_text()]


@pytest.mark.parametrize("name", ["plot_attention", "plot_coverage", "plot_events", "plot_positions", "plot_series"])
def test_plot_names_of_any_length_and_direction_are_drawn(name):
    figure = DRAWN[name](TURNED, TURNED)
    assert render(figure, "svg").count(b"<svg") == 1
    assert any("نهار" in text for text in told(figure))
