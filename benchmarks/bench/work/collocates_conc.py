"""Collocates of a word with conc, its corpus at hand: five words a side, logDice and log-likelihood."""

from functools import partial

from conc.conc import Conc

from bench.measuring import Measurement, folder, load
from bench.work import conc_corpus

WINDOW, LEAST = 5, 5


def main() -> None:
    measured = Measurement()
    words = load("words.json")
    conc = Conc(conc_corpus.load(folder()))

    def collocates(word: str):
        return conc.collocates(word, context_length=WINDOW, min_collocate_frequency=LEAST, page_size=0)

    for name in ("frequent", "rare"):
        measured.first(f"{name}, first", partial(collocates, words[name]))
        found = measured.warm(f"{name}, warm", partial(collocates, words[name]))
        measured.results[f"{name}: collocates"] = len(found.to_frame())
    measured.show("conc", "spacy", "polars")


if __name__ == "__main__":
    main()
