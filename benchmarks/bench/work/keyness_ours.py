"""Keyness between the two halves of the corpus, its saved corpus at hand: pooled figures alone, and with all tests."""

import pandas as pd

import discourse as dc
from bench.measuring import Measurement, folder
from bench.work import ours_corpus

LEAST = 5


def main() -> None:
    measured = Measurement()
    saved = ours_corpus.load(folder())
    documents, tokens = saved.documents, saved.tokens
    halves = pd.Categorical.from_codes([place % 2 for place in range(len(documents))], ["first", "second"])
    documents = documents.assign(half=halves)

    def keyness(**options):
        return dc.keyness(
            tokens, documents, between=("first", "second"), by="half", unit="form", **options
        )  # fmt: skip

    def pooled():
        return keyness(min_count=LEAST, min_units=1, tests=False)

    measured.first("frequencies, log ratio, G2, first", pooled)
    found = measured.warm("frequencies, log ratio, G2, warm", pooled)
    tested = measured.first("all tests, 1,000 shuffles", keyness)
    in_first = found[found["n_a"] >= LEAST]
    measured.results = {
        "words": int(found["n_tokens_a"].iloc[0]),
        "terms": len(in_first),
        "terms tested": len(tested),
        "found at a rate of .05": int((tested["p_rate"] < 0.05).sum()),
    }
    measured.show("arabic-discourse", "numpy", "pandas", "scipy")


if __name__ == "__main__":
    main()
