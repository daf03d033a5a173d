"""Score who does what to whom against coded events: actor and target of the event word.

    python benchmarks/validity/score_clauses_gsr.py SPANS.json [SPANS.json ...] [--half first|second] [--errors]

A record of arabic_event_gsr names the words that all annotators gave for the event (verb_gold), who acts (source_gold)
and on whom (target_gold). The clause is the one whose predicate is the first of the event words that any clause has.
Its subject is compared with the actor; with the target the phrase behind على or ضد, else its object, else the first
phrase behind a preposition that its verb takes; in the passive its subject is the target, the actor is named by من قبل
or على يد. A phrase is right where it shares a word with the gold.
"""

import argparse
import json
import re
from collections import Counter
from pathlib import Path

from score_clauses_pud import line_of

from discourse.language.arabic.clause_words import agents
from discourse.language.arabic.normalization import Normalizer
from discourse.language.arabic.verbs import frames
from discourse.reading.grammar.parsing import parse

AGAINST = ("على", "ضد")


def read_records(paths, half):
    """Return the records of a half of each file that name an event and who acts or is acted on."""
    records = []
    for path in paths:
        found = json.loads(Path(path).read_text(encoding="utf-8"))
        middle = len(found) // 2
        records += {None: found, "first": found[:middle], "second": found[middle:]}[half]
    return [record for record in records if record["verb_gold"] and (record["source_gold"] or record["target_gold"])]


def split_words(text):
    """Return the words and marks of a text."""
    return re.findall(r"[\w\u064b-\u0652]+|[^\w\s]", text)


def bare(word, normalize):
    """Return a word without و or ف, the preposition and the article, for comparison."""
    return re.sub("^[وف]?(?:[بلك]?ال|لل|[بلك](?=...))?", "", normalize(word))


def read_clause(record, normalize):
    """Return the words and the clause of the event, None where no clause has it."""
    words = split_words(record["text"])
    clauses = parse([normalize(word) for word in words], words)
    wanted = {normalize(word) for word in split_words(record["verb_gold"])}
    for clause in clauses:
        if clause.predicate >= 0 and normalize(words[clause.predicate]) in wanted and clause.kind != "nominal":
            return words, clause
    return words, None


def answers(clause, first):
    """Return the phrases of actor and target; ``first`` are the prepositions of a target before all others."""
    if clause is None:
        return None, None
    against = set(first)
    for lemma in clause.lemmas[:1]:
        against |= frames()[lemma].prepositions if lemma in frames() else set()
    if clause.passive:
        agent = next((phrase for phrase in clause.obliques if phrase.preposition in agents()), None)
        return agent, clause.subject
    on = next((phrase for phrase in clause.obliques if phrase.preposition in first), None)
    oblique = next((phrase for phrase in clause.obliques if phrase.preposition in against), None)
    return clause.subject, on or clause.object or oblique


def main():
    """Print precision, recall and F1 of actors, targets and both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+")
    parser.add_argument("--half", choices=("first", "second"))
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    normalize = Normalizer()
    first = {normalize(word) for word in AGAINST}
    right, named, gold_n, n_clauses = Counter(), Counter(), Counter(), 0
    records = read_records(options.files, options.half)
    for record in records:
        words, clause = read_clause(record, normalize)
        n_clauses += clause is not None
        said = []
        for role, phrase in zip(("actor", "target"), answers(clause, first), strict=True):
            key = "source_gold" if role == "actor" else "target_gold"
            gold = {bare(word, normalize) for word in split_words(record[key])}
            own = {bare(word, normalize) for word in words[phrase.start : phrase.end]} if phrase else set()
            right[role] += bool(gold & own)
            named[role] += phrase is not None
            gold_n[role] += bool(gold)
            if bool(gold) != (phrase is not None) or gold and not gold & own:
                said.append(f"{role}: {' '.join(words[phrase.start : phrase.end]) if phrase else None} / {record[key]}")
        if options.errors and said:
            event = words[clause.predicate] if clause else f"no clause: {record['verb_gold']}"
            print(f"{record['text'].strip()}\n   {event} | " + " | ".join(said))
    for role in ("actor", "target", "both"):
        print(line_of(role, *(sum(c.values()) if role == "both" else c[role] for c in (right, named, gold_n))))
    print(f"{n_clauses} of {len(records)} events are the predicate of a clause")


if __name__ == "__main__":
    main()
