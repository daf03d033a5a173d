"""Keywords in context: a frequent and a rare word, its saved corpus at hand."""

from functools import partial
from inspect import signature

import discourse as dc
from bench.measuring import Measurement, folder, load
from bench.work import ours_corpus

PAGE, WINDOW = 1000, 8


def main() -> None:
    measured = Measurement()
    words = load("words.json")
    saved = ours_corpus.load(folder())
    documents, tokens = saved.documents, saved.tokens
    # as long as `kwic` cannot be asked for a page, all lines are made and the first are taken
    paged = {"limit": PAGE} if "limit" in signature(dc.kwic).parameters else {}

    def page(word: str):
        return dc.kwic(tokens, word, documents, window=WINDOW, clitics="none", **paged).head(PAGE)

    def every(word: str):
        return dc.kwic(tokens, word, documents, window=WINDOW, clitics="none")

    for name in ("frequent", "rare"):
        measured.first(f"{name}, 1,000 lines, first", partial(page, words[name]))
        measured.warm(f"{name}, 1,000 lines, warm", partial(page, words[name]))
        lines = measured.warm(f"{name}, all lines, warm", partial(every, words[name]))
        measured.results |= {f"{name}: lines": len(lines), f"{name}: documents": int(lines["doc_id"].nunique())}
    measured.show("arabic-discourse", "pandas", "numpy")


if __name__ == "__main__":
    main()
