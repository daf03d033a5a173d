"""Score lemma entries, by part of speech alone, against a treebank in CoNLL-U.

    python benchmarks/validity/score_lemmas_pud.py ar_pud-ud-test.conllu [--each 60] [--errors N]

The most frequent nouns and verbs of the treebank become the entries of a lexicon each, with no more than their part of
speech. A hit is right where a word of the matched token has this lemma there, whatever role the treebank gives it (كان
as an auxiliary, عام as an adverb); recall counts the words that it calls nouns or verbs. UD Arabic-PUD is such a
treebank: 1,000 sentences (Zeman et al. 2017). Lemmas are compared without vowels.
"""

import argparse
import unicodedata
from collections import Counter
from pathlib import Path

import pandas as pd

import discourse as dc

_POS = {"NOUN": "noun", "VERB": "verb"}
# What the treebank calls the same word in another role: كان as an auxiliary, عام as an adverb, كل as a determiner.
_KINDS = {"NOUN": {"NOUN", "PROPN", "ADV", "DET", "NUM", "ADJ", "ADP", "PART", "PRON"}, "VERB": {"VERB", "AUX"}}
_ALEF = str.maketrans({"ٱ": "ا"})


def plain(lemma: str) -> str:
    """Return a lemma without vowels, its helping alef bare."""
    text = unicodedata.normalize("NFC", lemma).translate(_ALEF)
    return "".join(letter for letter in text if not unicodedata.combining(letter) and letter != "ـ")


def read_sentences(path: Path) -> list[tuple[str, str, list[tuple[int, int, str, str]]]]:
    """Return each sentence as its id, its text, and its words: begin, end, lemma, part of speech."""
    sentences = []
    for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
        lines = block.splitlines()
        head = dict(line[2:].split(" = ", 1) for line in lines if line.startswith("# ") and " = " in line)
        text, place, words = head["text"], 0, []
        for fields in (line.split("\t") for line in lines if not line.startswith("#")):
            if not fields[0].isdigit():
                continue
            begin = text.find(fields[1], place)
            if begin < 0 or begin > place + 3:
                begin = place
            else:
                place = begin + len(fields[1])
            words.append((begin, max(place, begin + 1), plain(fields[2]), fields[3]))
        sentences.append((head["sent_id"], text, words))
    return sentences


def main() -> None:
    """Print a line for nouns and one for verbs: n entries, precision, recall, n words, n hits."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("path", type=Path)
    parser.add_argument("--each", type=int, default=60)
    parser.add_argument("--errors", type=int, default=0)
    given = parser.parse_args()
    sentences = read_sentences(given.path)
    documents = pd.DataFrame({"doc_id": [one[0] for one in sentences], "text": [one[1] for one in sentences]})
    tokens = dc.tokenize(documents)
    words_of = {name: words for name, _, words in sentences}
    for tag, pos in _POS.items():
        counted = Counter(lemma for _, _, words in sentences for *_, lemma, kind in words if kind == tag)
        lemmas = [lemma for lemma, _ in counted.most_common(given.each)]
        lexicon = dc.lexicon_from_patterns(
            {lemma: [f"[{lemma}]"] for lemma in lemmas}, lemmas={lemma: {"pos": pos} for lemma in lemmas}
        )
        found = dc.find_matches(tokens, lexicon, overlaps="all").merge(
            tokens[["doc_id", "position", "start_char", "end_char", "token"]],
            left_on=["doc_id", "start"],
            right_on=["doc_id", "position"],
        )
        gold = {
            (name, begin, lemma)
            for name, words in words_of.items()
            for begin, _, lemma, kind in words
            if kind == tag and lemma in lemmas
        }
        right, hit, wrong = 0, set(), Counter()
        for row in found.itertuples():
            same = [key for key in gold_at(words_of[row.doc_id], row, tag) if key[2] == str(row.category)]
            right += bool(same)
            hit.update(same)
            if not same:
                wrong[str(row.category), around(tokens, row)] += 1
        missed = Counter((lemma, text_at(documents, name, begin)) for name, begin, lemma in gold - hit)
        p, r = right / max(1, len(found)), len(hit & gold) / max(1, len(gold))
        f1 = 2 * p * r / max(1e-9, p + r)
        print(f"{len(lemmas)} {pos}s P {p:.3f} R {r:.3f} F1 {f1:.3f} ({len(gold)} in the gold, {len(found)} hits)")
        for name, errors in (("wrong", wrong), ("missed", missed)):
            for (lemma, token), n in errors.most_common(given.errors):
                print(f"   {name} {n:3} {lemma}: {token}")


def gold_at(words: list, row: object, tag: str) -> list[tuple[str, int, str]]:
    """Return the words of the treebank within a token."""
    inside = [word for word in words if word[0] < row.end_char and row.start_char < word[1]]
    return [(row.doc_id, begin, lemma) for begin, _, lemma, kind in inside if kind in _KINDS[tag]]


def around(tokens: pd.DataFrame, row: object) -> str:
    """Return the matched token between its neighbours."""
    mine = tokens[(tokens["doc_id"] == row.doc_id) & tokens["position"].between(row.start - 2, row.start + 2)]
    return " ".join(f"[{t}]" if p == row.start else t for t, p in zip(mine["token"], mine["position"], strict=True))


def text_at(documents: pd.DataFrame, name: str, begin: int) -> str:
    """Return the word of a sentence at a place."""
    text = documents.loc[documents["doc_id"] == name, "text"].iloc[0]
    return text[begin:].split(" ", 1)[0]


if __name__ == "__main__":
    main()
