"""1,000 draws of rates, behind bands: 12 categories in 36 months."""

import pandas as pd

import discourse as dc
from bench.measuring import Measurement, folder

DRAWS = 1000


def main() -> None:
    measured = Measurement()
    wide = pd.read_csv(folder() / "draws.csv", parse_dates=["date"], dtype={"doc_id": "str"})
    documents = wide[["doc_id", "date"]]
    names = [name for name in wide if name.startswith("category")]
    counts = wide.melt(["doc_id", "n_tokens"], names, "category", "n_matches").sort_values(
        ["doc_id", "category"], ignore_index=True
    )
    counts["category"] = counts["category"].astype("category")
    series = measured.first(
        "draws", lambda: dc.count_by_period(counts, documents, freq="MS", bands=True, n_draws=DRAWS)
    )
    measured.results = {
        "rows": len(series),
        "estimates": round(float(series["estimate"].sum()), 6),
        "width": round(float((series["upper"] - series["lower"]).mean()), 3),
    }
    measured.show("arabic-discourse", "pandas", "numpy")


if __name__ == "__main__":
    main()
