"""Count the hits of 480 entries in each document, tokens at hand: literal words, or lemmas with clitics."""

import sys

import discourse as dc
from bench.lexicons import lexicon
from bench.measuring import Measurement, folder, load


def main() -> None:
    measured = Measurement()
    kind = sys.argv[2]
    words = load("words.json")[kind]
    documents, _ = dc.read_documents(folder() / "corpus.parquet")
    tokens = dc.tokenize(documents)
    entries = lexicon(words, kind)

    def count():
        return dc.count_matches(dc.find_matches(tokens, entries), tokens)

    measured.first("cold", count)
    counts = measured.warm("warm", count)
    per_document = counts["n_matches"].to_numpy()
    weighted = int((per_document * range(1, len(per_document) + 1)).sum())
    measured.results = {"hits": int(per_document.sum()), "documents": int((per_document > 0).sum()), "sum": weighted}
    measured.show("arabic-discourse", "pandas", "numpy")


if __name__ == "__main__":
    main()
