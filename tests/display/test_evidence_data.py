"""What the evidence page does with its columns in JavaScript, held against the library."""

import numpy as np
import pandas as pd
import pytest

from discourse.measures.series import count_by_period

MODULES = ("stats", "words", "data")
ASKED = """
const [core, figure, filter] = JSON.parse(require("fs").readFileSync(0, "utf8"));
computeLines(prepare(core), figure, {...NO_FILTER, ...filter}).then((lines) => console.log(JSON.stringify(lines)));
"""


@pytest.mark.parametrize("source", [-1, 0, 1])
def test_copies_that_a_filter_leaves_weigh_as_one_story(run_javascript, source):
    units, sources, present = [0, 0, 0, 1, 2, 2], [0, 1, 1, 0, 0, 0], [1, 1, 0, 0, 1, 0]
    documents = pd.DataFrame({"doc_id": list("abcdef"), "date": "2020-03-01", "cluster": units, "source": sources})
    kept = documents.loc[documents["source"].eq(source) | (source < 0)]
    kept = kept.assign(weight=1 / kept.groupby("cluster")["doc_id"].transform("size"))
    counts = pd.DataFrame({"doc_id": documents["doc_id"], "category": "x", "n_matches": present, "present": present})
    counts = counts.assign(n_tokens=100).loc[kept.index]
    expected = count_by_period(counts, kept, freq="YS", measure="share", cluster="cluster", weight="weight").iloc[0]
    core = {
        "periods": ["2020-01-01"],
        "documents": {
            "period": [0] * 6,
            "source": sources,
            "country": [],
            "tokens": [100] * 6,
            "unit": units,
            "weight": (1 / documents.groupby("cluster")["doc_id"].transform("size")).tolist(),
        },
        "counts": [{"lexicon": "y", "category": "x", "doc": [0, 1, 1, 1, 1, 1], "n": present, "present": present}],
        "positions": {"doc": []},
    }
    figure = {"kind": "counts", "lexicon": "y", "measure": "share"}
    point = run_javascript(MODULES, ASKED, [core, figure, {"source": source}])[0]["points"][0]
    told = [point[name] for name in ("estimate", "lower", "upper", "nUnits")]
    assert told == pytest.approx(expected[["estimate", "lower", "upper", "n_units"]].astype(float).tolist(), rel=1e-9)
    shares = {-1: 7 / 18, 0: 0.5, 1: 0.5}
    assert np.isclose(told[0], shares[source])
