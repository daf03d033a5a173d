"""Collocates of a word, its saved corpus at hand: the measures of conc, and the same with intervals and tests."""

from functools import partial

import discourse as dc
from bench.measuring import Measurement, folder, load
from bench.work import ours_corpus

WINDOW, LEAST = 5, 5


def main() -> None:
    measured = Measurement()
    words = load("words.json")
    saved = ours_corpus.load(folder())
    tokens = saved.tokens

    def collocates(word: str, *, inference: bool):
        return dc.find_collocates(tokens, word, window=WINDOW, clitics="none", inference=inference)

    for name in ("frequent", "rare"):
        measured.first(f"{name}, first", partial(collocates, words[name], inference=False))
        found = measured.warm(f"{name}, warm", partial(collocates, words[name], inference=False))
        measured.warm(f"{name}, with intervals and tests, warm", partial(collocates, words[name], inference=True))
        measured.results[f"{name}: collocates"] = int((found["n"] >= LEAST).sum())
    measured.show("arabic-discourse", "pandas", "numpy")


if __name__ == "__main__":
    main()
