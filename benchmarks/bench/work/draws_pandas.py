"""The same with pandas: documents of each month sampled and summed by groupby, once a draw."""

import numpy as np
import pandas as pd

from bench.measuring import Measurement, folder

DRAWS = 1000


def main() -> None:
    measured = Measurement()
    wide = pd.read_csv(folder() / "draws.csv", parse_dates=["date"])
    names = [name for name in wide if name.startswith("category")]

    def rates(table: pd.DataFrame) -> np.ndarray:
        sums = table.groupby("month")[[*names, "n_tokens"]].sum()
        return 1000 * sums[names].div(sums["n_tokens"], axis=0).to_numpy()

    def draw() -> tuple[np.ndarray, np.ndarray]:
        table = wide.assign(month=wide["date"].dt.to_period("M"))
        random = np.random.default_rng(20151223)
        drawn = [rates(table.groupby("month").sample(frac=1, replace=True, random_state=random)) for _ in range(DRAWS)]
        return rates(table), np.quantile(np.stack(drawn), [0.025, 0.975], axis=0)

    estimates, (lower, upper) = measured.first("draws", draw)
    measured.results = {
        "rows": estimates.size,
        "estimates": round(float(estimates.sum()), 6),
        "width": round(float((upper - lower).mean()), 3),
    }
    measured.show("pandas", "numpy")


if __name__ == "__main__":
    main()
