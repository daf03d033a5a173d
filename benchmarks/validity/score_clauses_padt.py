"""Score the clauses against UD Arabic-PADT, release 1.2 (its development and test parts), as score_clauses_pud.py does.

    python benchmarks/validity/score_clauses_padt.py FILE.conllu

That release writes syntactic words with vowels and not how they are joined: they are joined here by their tags. A
phrase is right where it covers the word of the treebank, which takes the last name as head; relatives are left out.
"""

import re
import sys
from collections import Counter
from pathlib import Path

import score_clauses_pud as pud

from discourse.language.arabic.normalization import Normalizer
from discourse.language.arabic.syntax import Class, read_word
from discourse.reading.grammar.parsing import parse

MARKS = re.compile("[\u064b-\u0652\u0670]")
CLITICS = ("و", "ف", "ب", "ل", "ك", "س", "ا")
LABELS = {"dobj": "obj", "nsubjpass": "nsubj:pass"}


def is_word(row):
    """Tell whether a row is a word, no mark."""
    return row is not None and row[3] != "PUNCT" and row[1][:1].isalpha()


def is_suffix(row):
    """Tell whether a row is a pronoun that is written at the end of the word before."""
    return row is not None and row[4].startswith("SP") and row[4][-2] in "24"


def read_sentences(path):
    """Yield the rows of each sentence as score_clauses_pud.py has them."""
    for block in Path(path).read_text(encoding="utf-8").split("\n\n"):
        rows = [line.split("\t") for line in block.splitlines() if line[:1].isdigit()]
        for row in rows:
            row[1] = MARKS.sub("", row[1]) or row[1]
        found = []
        for row, behind in zip(rows, [*rows[1:], None], strict=False):
            glued = row[1] in CLITICS and row[4][0] in "CPFS" and is_word(behind)
            if glued and row[1] == "ل" and behind[1].startswith("ال"):
                behind[1] = behind[1][1:]
            if is_suffix(behind) and row[3] != "PUNCT" and row[1] not in ("الا", "و", "ف"):
                glued = True
                ends = {"ة": "ت", "ى": "ي" if row[4][0] == "P" else "ا"}
                row[1] = row[1][:-1] if row[1].endswith("وا") else row[1][:-1] + ends.get(row[1][-1], row[1][-1])
            form, upos = (".", "PUNCT") if row[1] == "٠" else (row[1], row[3])
            label = LABELS.get(row[7], row[7])
            found.append((int(row[0]), form, upos, row[5], int(row[6]), label, "SpaceAfter=No" if glued else "_"))
        governed = {row[4] for row in found if row[5] in ("case", "mark")}
        if found:
            yield [(*r[:5], "nmod", r[6]) if r[0] in governed and r[5] in ("nsubj", "obj") else r for r in found]


def found_of(words, gold):
    """Return the pairs that the parser finds, the word of the treebank where a phrase covers it."""
    normalize = Normalizer()
    found = pud.found_of(words)
    for kind in ("subject", "object"):
        found[kind] = {
            pair for pair in found[kind]
            if not read_word(normalize(words[pair[1]])).flags & (Class.RELATIVE | Class.LOOSE_RELATIVE)
        }  # fmt: skip
        for clause in parse([normalize(word) for word in words], words):
            phrase, verb = getattr(clause, kind), clause.predicate
            if clause.kind == "verb" and phrase and (verb, phrase.head) in found[kind] - gold[kind]:
                covered = [(v, at) for v, at in gold[kind] if v == verb and phrase.start <= at < phrase.end]
                found[kind] = found[kind] - {(verb, phrase.head)} | set(covered[:1] or [(verb, phrase.head)])
    return found


def main():
    """Print precision, recall and F1 of each kind."""
    right, named, gold_n = Counter(), Counter(), Counter()
    for rows in read_sentences(sys.argv[1]):
        words, places = pud.join_words(rows)
        gold, others = pud.gold_of(rows, places)
        gold["subject"] = {pair for pair in gold["subject"] if pair[0] != pair[1]}
        found = found_of(words, gold)
        found["complement"] -= others
        pud.raise_subjects(rows, places, gold["subject"], found)
        for kind in pud.KINDS:
            right[kind] += len(gold[kind] & found[kind])
            named[kind] += len(found[kind])
            gold_n[kind] += len(gold[kind])
    for kind in pud.KINDS:
        print(pud.line_of(kind, right[kind], named[kind], gold_n[kind]))


if __name__ == "__main__":
    main()
