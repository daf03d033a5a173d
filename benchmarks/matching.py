"""Matching 480 patterns over ten million tokens: clitic-aware against literal, and against an Aho-Corasick automaton.

    python benchmarks/matching.py [--tokens 10000000]

The text is made: words drawn with a fixed seed from the vocabulary of the seeds, from generated forms and from rare
strings, so that it runs on any machine. The peer is pyahocorasick with every surface form of the same lemmas expanded,
run over the same texts, with hits at word boundaries counted. Times are wall seconds of one process; read the ratios.
"""

import argparse
import time

import ahocorasick
import numpy as np
import pandas as pd

from discourse.language.arabic.inflection import CLASSES, ENCLITICS, PROCLITICS, fits, inflect
from discourse.language.arabic.normalization import Normalizer
from discourse.language.tokens import tokenize
from discourse.lexicons.loader import lexicon_from_patterns, load_lexicon
from discourse.reading.matching.matches import locate
from discourse.sources.seeds import load_seed

N_PATTERNS = 480
WORDS_PER_DOCUMENT = 300


def lemmas_of_the_lexicons() -> dict[str, dict]:
    """Return the first 480 noun, adjective and verb lemmas of the shipped lexicons."""
    found: dict[str, dict] = {}
    for name in ("stance", "frames", "speech"):
        for lemma, spec in load_lexicon(name).lemmas.items():
            if spec.get("pos", "noun") in ("noun", "adj", "verb") and "/" not in lemma:
                found.setdefault(lemma, {key: value for key, value in spec.items() if key != "line"})
    return dict(list(found.items())[:N_PATTERNS])


def surface_forms(lemma: str, spec: dict) -> set[str]:
    """Return every written form of a lemma with every clitic that its forms take."""
    forms = set()
    for host, kind in inflect(lemma, spec, Normalizer()):
        for prefix in set().union(*PROCLITICS.values()):
            for suffix in ("", *ENCLITICS[CLASSES[kind][2]]):
                if fits(kind, prefix, suffix):
                    body = host[1:] if prefix.endswith("لل") and host.startswith("ل") else host
                    forms.add(prefix + body + suffix)
    return forms


def made_corpus(n_tokens: int, forms: list[str], rng: np.random.Generator) -> pd.DataFrame:
    """Return documents of words drawn by Zipf's law from the seeds' words, forms of the lemmas, and rare strings."""
    seeds = tokenize(load_seed("reports"))["norm"].value_counts()
    letters = np.array(list("ابتثجحخدذرزسشصضطظعغفقكلمنهوي"))
    rare = ["".join(rng.choice(letters, size)) for size in rng.integers(4, 9, 250_000)]
    words = np.array([*seeds.index[seeds > 0].tolist(), *rng.choice(forms, 20_000), *rare], object)
    rng.shuffle(words[200:])
    weight = 1 / np.arange(2, len(words) + 2)
    n_documents = n_tokens // WORDS_PER_DOCUMENT
    drawn = rng.choice(len(words), (n_documents, WORDS_PER_DOCUMENT), p=weight / weight.sum())
    texts = [" ".join(words[row]) for row in drawn]
    return pd.DataFrame({"doc_id": [f"{i:07d}" for i in range(n_documents)], "text": texts})


def timed(action) -> tuple[float, int]:
    """Return seconds and hits of an action."""
    begin = time.perf_counter()
    hits = action()
    return time.perf_counter() - begin, hits


def automaton_hits(automaton, texts: list[str]) -> int:
    """Count the automaton's hits that begin and end at a word boundary."""
    hits = 0
    for text in texts:
        padded = f" {text} "
        for end, length in automaton.iter(padded):
            hits += padded[end - length] == " " and padded[end + 1] == " "
    return hits


def main() -> None:
    """Run the comparison and print times and ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tokens", type=int, default=10_000_000)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    lemmas = lemmas_of_the_lexicons()
    forms = {lemma: surface_forms(lemma, spec) for lemma, spec in lemmas.items()}
    everything = sorted(set().union(*forms.values()))
    documents = made_corpus(options.tokens, everything, np.random.default_rng(20151223))
    tokens = tokenize(documents)
    aware = lexicon_from_patterns([f"[{lemma}]" for lemma in lemmas], lemmas=lemmas)
    literal = lexicon_from_patterns(sorted({Normalizer()(lemma) for lemma in lemmas}), clitics="none")
    automaton = ahocorasick.Automaton()
    for form in everything:
        automaton.add_word(form, len(form))
    automaton.make_automaton()
    texts = documents["text"].tolist()
    distinct = len(tokens["norm"].cat.categories)
    print(f"tokens {len(tokens)}, distinct {distinct}, patterns {len(lemmas)}, forms {len(everything)}")
    rows = []
    for _ in range(options.runs):
        rows.append(
            {
                "literal": timed(lambda: len(locate(tokens, literal))),
                "clitic_aware": timed(lambda: len(locate(tokens, aware, overlaps="all"))),
                "aho_corasick": timed(lambda: automaton_hits(automaton, texts)),
            }
        )
    seconds = pd.DataFrame([{name: value[0] for name, value in row.items()} for row in rows])
    print(seconds.describe().loc[["min", "50%", "max"]].round(2).to_string())
    print("hits", {name: value[1] for name, value in rows[0].items()})
    print("ratio clitic_aware / literal", round((seconds["clitic_aware"] / seconds["literal"]).median(), 2))
    print("ratio clitic_aware / aho_corasick", round((seconds["clitic_aware"] / seconds["aho_corasick"]).median(), 2))


if __name__ == "__main__":
    main()
