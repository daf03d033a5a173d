"""Read and tokenise with conc: its corpus, built on disk."""

from bench.measuring import Measurement, folder
from bench.work import conc_corpus


def main() -> None:
    measured = Measurement()
    conc_corpus.model(folder())
    corpus = measured.first("read and tokenise", lambda: conc_corpus.build(folder()))
    measured.results = {"tokens": corpus.token_count, "distinct": corpus.unique_tokens}
    measured.show("conc", "spacy", "polars")


if __name__ == "__main__":
    main()
