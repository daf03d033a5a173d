"""The main job in a fresh process, imports included: the coded reports, or the corpus by month."""

import sys
from tempfile import TemporaryDirectory

from bench.measuring import Measurement, load


def main() -> None:
    measured = Measurement()
    whole = sys.argv[2] == "corpus"
    corpus = load("facts.json")["chart"] if whole else "seed:reports"
    options = {"period": "month"} if whole else {}

    def chart():
        import discourse as dc

        with TemporaryDirectory() as out:
            return dc.chart(corpus, out, **options)

    flow = measured.first("chart", chart)
    measured.results = {"documents": int(flow["n"].iloc[0])}
    measured.show("arabic-discourse", "matplotlib", "pandas", "numpy")


if __name__ == "__main__":
    main()
