"""The same with conc, its corpus at hand; it sorts its lines by the words to the right."""

from functools import partial

from conc.conc import Conc

from bench.measuring import Measurement, folder, load
from bench.work import conc_corpus

PAGE, WINDOW = 1000, 8


def main() -> None:
    measured = Measurement()
    words = load("words.json")
    conc = Conc(conc_corpus.load(folder()))

    def lines(word: str, size: int):
        return conc.concordance(word, context_length=WINDOW, page_size=size)

    for name in ("frequent", "rare"):
        page = partial(lines, words[name], PAGE)
        found = measured.first(f"{name}, 1,000 lines, first", page)
        measured.warm(f"{name}, 1,000 lines, warm", page)
        total = found.summary_data["total_count"]
        found = measured.warm(f"{name}, all lines, warm", partial(lines, words[name], total))
        counted = {"lines": len(found.to_frame()), "documents": found.summary_data["total_docs"]}
        measured.results |= {f"{name}: {key}": int(value) for key, value in counted.items()}
    measured.show("conc", "spacy", "polars")


if __name__ == "__main__":
    main()
