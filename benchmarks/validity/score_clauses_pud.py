"""Score the clauses against a treebank in Universal Dependencies: subjects, objects and clauses that are complements.

    python benchmarks/validity/score_clauses_pud.py FILE.conllu [--first N] [--last N] [--errors KIND]

The tokens of the treebank are joined to words as written. What is compared, by places of words: (verb, head of its
subject) of finite verbs, (verb, head of its object), (verb, predicate of the clause that is its complement); the places
of the verbs themselves for information. A subject or object that no word of the clause stands for is no part of it.
"""

import argparse
from collections import Counter
from pathlib import Path

from discourse.language.arabic.normalization import Normalizer
from discourse.language.arabic.syntax import Class, read_word
from discourse.reading.grammar.parsing import parse

NAMES = {"csubj", "xcomp", "csubj:pass"}  # complements under another name: neither counted nor wrong
FUSED = {"مما", "ممن", "عما", "بما", "فيما", "لما"}
CARRIERS = Class.WITH_PRONOUN | Class.RELATIVE | Class.LOOSE_RELATIVE
KINDS = ("verb", "subject", "object", "complement")


def read_sentences(path):
    """Yield (rows) of each sentence: [id, form, upos, features, head, relation, misc]."""
    rows = []
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        if not line.strip():
            if rows:
                yield rows
            rows = []
        elif not line.startswith("#"):
            cells = line.split("\t")
            if cells[0].isdigit():
                rows.append((int(cells[0]), cells[1], cells[3], cells[5], int(cells[6]), cells[7], cells[9]))
    if rows:
        yield rows


def join_words(rows):
    """Return the words as written, and the place of each token's word."""
    words, places, glued = [], {}, False
    for number, form, upos, _, _, _, misc in rows:
        mark = upos in ("PUNCT", "SYM")
        if glued and not mark and words:
            words[-1] += form
        else:
            words.append(form)
        places[number] = len(words) - 1
        glued = "SpaceAfter=No" in misc and not mark
    return words, places


def gold_of(rows, places):
    """Return the gold pairs of each kind."""
    found = {kind: set() for kind in KINDS}
    others = set()
    upos = {row[0]: row[2] for row in rows}
    for number, _, _, _, head, name, _ in rows:
        if upos[number] == "VERB":
            found["verb"].add(places[number])
        if head and upos[head] == "VERB":
            pair = (places[head], places[number])
            if name.split(":")[0] == "nsubj":
                found["subject"].add(pair)
            elif name == "obj":
                found["object"].add(pair)
            elif name == "ccomp":
                found["complement"].add(pair)
            elif name in NAMES:
                others.add(pair)
    said = {row[0]: row[4] for row in rows if row[5] == "ccomp"}
    others |= {(places[said[row[4]]], places[row[0]]) for row in rows if row[5] == "conj" and row[4] in said}
    return found, others


def raise_subjects(rows, places, gold, found):
    """Give a subject of the second of two verbs (he began to speak) to the first, where the treebank has it there."""
    chains = {(places[head], places[number]) for number, _, upos, _, head, name, _ in rows
              if head and upos == "VERB" and name in ("xcomp", "ccomp", "advcl")}  # fmt: skip
    for first, second in chains:
        if first in found["verb"]:
            continue
        for verb, subject in list(found["subject"]):
            if verb == second and (first, subject) in gold:
                found["subject"] -= {(verb, subject)}
                found["subject"] |= {(first, subject)}


def found_of(words):
    """Return the pairs that the parser finds."""
    normalize = Normalizer()
    clauses = parse([normalize(word) for word in words], words)
    fused = {place for place, word in enumerate(words) if word in FUSED}
    by_number = {clause.number: clause for clause in clauses}
    found = {kind: set() for kind in (*KINDS, "resumed")}
    for clause in clauses:
        if clause.kind != "verb":
            continue
        verb = clause.predicate
        found["verb"].add(verb)
        subject = clause.subject
        if subject is not None:
            if subject.pronoun and clause.marker in fused:
                pass  # the treebank names no subject here
            elif not subject.pronoun:
                found["subject"].add((verb, subject.head))
            elif clause.marker is not None and read_word(normalize(words[clause.marker])).flags & CARRIERS:
                found["subject"].add((verb, clause.marker))
        target = clause.object
        if target is not None and (not target.pronoun or target.head == verb):
            found["object"].add((verb, target.head))
            if target.head == verb and clause.relation == "relative" and clause.marker is not None:
                found["resumed"].add((verb, clause.marker))
        for number in clause.complements:
            predicate = by_number[number].predicate
            if predicate >= 0 and by_number[number].kind != "verbal_noun":
                found["complement"].add((verb, predicate))
    return found


def line_of(name, right, found, gold):
    """Return the line of precision, recall and F1.

    >>> line_of("subject", 2, 4, 8)
    'subject     P 0.500  R 0.250  F1 0.333  (8 in the gold)'
    """
    precision, recall = right / max(found, 1), right / max(gold, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return f"{name:11} P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  ({gold} in the gold)"


def main():
    """Print precision, recall and F1 of each kind; with --errors the sentences where they differ."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file")
    parser.add_argument("--first", type=int, default=0, help="leave out the sentences before this one")
    parser.add_argument("--last", type=int, help="and those from this one on")
    parser.add_argument("--errors", choices=KINDS)
    options = parser.parse_args()
    right, named, gold_n = Counter(), Counter(), Counter()
    for number, rows in enumerate(list(read_sentences(options.file))[options.first : options.last], options.first):
        words, places = join_words(rows)
        gold, others = gold_of(rows, places)
        found = found_of(words)
        found["complement"] -= others
        for clause_pair in [pair for pair in found["resumed"] if pair in gold["object"]]:
            found["object"].discard((clause_pair[0], clause_pair[0]))
            found["object"].add(clause_pair)
        raise_subjects(rows, places, gold["subject"], found)
        for kind in KINDS:
            right[kind] += len(gold[kind] & found[kind])
            named[kind] += len(found[kind])
            gold_n[kind] += len(gold[kind])
        if options.errors and gold[options.errors] != found[options.errors]:
            print(f"\n{number}: " + " ".join(words))
            for title, pairs in (("missed", gold[options.errors] - found[options.errors]),
                                 ("wrong", found[options.errors] - gold[options.errors])):  # fmt: skip
                for pair in sorted(pairs, key=str):
                    said = " ~ ".join(words[k] for k in (pair if isinstance(pair, tuple) else (pair,)))
                    print(f"   {title}: {said}  {pair}")
    for kind in KINDS:
        print(line_of(kind, right[kind], named[kind], gold_n[kind]))


if __name__ == "__main__":
    main()
