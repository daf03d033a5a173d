"""The same with an Aho-Corasick automaton of every written form that the entries match, run over the texts."""

import sys
import unicodedata

import ahocorasick

from bench.measuring import Measurement, load

JOINERS = "\u200c\u200d\u00ad"  # invisible, but inside a word they belong to it


def word_characters(texts: list[str]) -> frozenset[str]:
    """Return the characters that go on a word: what is neither blank nor mark nor control."""
    used = set().union(*texts)
    return frozenset(
        c for c in used if c in JOINERS or not (c.isspace() or unicodedata.category(c)[0] in "PS" or is_control(c))
    )


def is_control(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cf")


def main() -> None:
    measured = Measurement()
    forms = load(f"forms-{sys.argv[2]}.json")
    texts = load("texts.json")
    inside = word_characters(texts)

    def build():
        automaton = ahocorasick.Automaton()
        for form in forms:
            automaton.add_word(form, len(form))
        automaton.make_automaton()
        return automaton

    def count(automaton) -> list[int]:
        counts = []
        for text in texts:
            hits, last = 0, len(text) - 1
            for end, length in automaton.iter(text):
                if (end == last or text[end + 1] not in inside) and (end < length or text[end - length] not in inside):
                    hits += 1
            counts.append(hits)
        return counts

    measured.first("cold", lambda: count(build()))
    automaton = build()
    counts = measured.warm("warm", lambda: count(automaton))
    weighted = sum(number * hits for number, hits in enumerate(counts, 1))
    measured.results = {"hits": sum(counts), "documents": sum(map(bool, counts)), "sum": weighted}
    measured.show("pyahocorasick")


if __name__ == "__main__":
    main()
