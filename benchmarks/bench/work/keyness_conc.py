"""The same with conc: the two halves are two corpora at hand; log-likelihood and log ratio of every word."""

from conc.keyness import Keyness

from bench.measuring import Measurement, folder
from bench.work import conc_corpus

LEAST = 5  # in the first half


def main() -> None:
    measured = Measurement()
    halves = [conc_corpus.load(folder(), f"conc-{name}", f"corpus-{name}.csv") for name in ("first", "second")]

    def keywords():
        return Keyness(*halves).keywords(
            page_size=0, min_frequency=LEAST, exclude_negative_keywords=False, show_document_frequency=True
        )

    measured.first("frequencies, log ratio, G2, first", keywords)
    found = measured.warm("frequencies, log ratio, G2, warm", keywords)
    measured.results = {"words": int(halves[0].word_token_count), "terms": len(found.to_frame())}
    measured.show("conc", "spacy", "polars")


if __name__ == "__main__":
    main()
