"""Score the stems of verbs, derived from the lemma alone, against a list of stems.

    python benchmarks/validity/score_inflection.py verb_stems.csv [--errors N]

The list has a row a stem: lemma, stem, aspect (PV, IV, CV), before (v-suff, c-suff or nothing: any), stem_class. A
stem in it stands without its weak or hamza end and without the hamza that the person takes in; both are written out
first. A stem before a vowel and one before a consonant are scored apart; commands stand in no total. Camel Morph MSA
(Khairallah et al. 2024) is such a list.
"""

import argparse
import csv
from collections import defaultdict
from pathlib import Path

from discourse.language.arabic.normalization import DEFAULT_NORMALIZER
from discourse.language.arabic.stems import verb_stems

_TENSES = {"PV": "past", "IV": "present", "CV": "command"}
_PLACES = {"": ("vowel", "consonant"), "v-suff": ("vowel",), "c-suff": ("consonant",)}
# What a class adds to its stem in the third person, by tense.
_ENDS = {
    "#-ay": "ى", "#-aY": "ى", "#-iy": "ي", "#-aw": "ا", "#-uw": "و", "#-aA": "ا", "#-a>": "أ", "#-u&": "ؤ",
    "#-A'": "اء", "#-iy'": "يء", "#-uw'": "وء", "#->ay": "أى", "#-}iy": "ئي", "#-&ay": "ؤى", "#->aY": "أى",
}  # fmt: skip
_ENDS_BEFORE_CONSONANT = {"#-A'": "أ", "#-iy'": "ئ", "#-uw'": "ؤ"}


def listed_stems(path: Path) -> dict[tuple[str, str, str], set[str]]:
    """Return the stems of the list as they are written out: by lemma, tense and place."""
    found: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            classes = row["stem_class"].split()
            for place in _PLACES[row["before"]]:
                ends = {**_ENDS, **_ENDS_BEFORE_CONSONANT} if place == "consonant" else _ENDS
                text = row["stem"] + "".join(ends.get(name, "") for name in classes)
                if ">-#" in classes:
                    text = ("ؤ" if "u-#" in classes else "أ") + text
                found[row["lemma"], _TENSES[row["aspect"]], place].add(DEFAULT_NORMALIZER(text))
    return found


def derived_stems(lemma: str) -> dict[tuple[str, str, str], set[str]]:
    """Return the stems that follow from a lemma, in the same form."""
    found: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for stem in verb_stems(lemma):
        if stem.voice == "active":
            for place in ("vowel", "consonant") if stem.before == "any" else (stem.before,):
                found[lemma, stem.tense, place].add(DEFAULT_NORMALIZER(stem.text))
    return found


def main() -> None:
    """Print a line a group: n of listed stems, the share derived; n derived, the share listed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("path", type=Path)
    parser.add_argument("--errors", type=int, default=0, help="show so many lemmas of each group")
    given = parser.parse_args()
    listed = listed_stems(given.path)
    derived: dict[tuple[str, str, str], set[str]] = {}
    for lemma in sorted({lemma for lemma, _, _ in listed}):
        derived |= derived_stems(lemma)
    groups = {"all": None, **{f"{t} {p}": (t, p) for t in _TENSES.values() for p in ("vowel", "consonant")}}
    print(f"{'stems':18} {'n listed':>9} {'derived':>8} {'n derived':>10} {'listed':>7}")
    for name, group in groups.items():
        keys = [key for key in {*listed, *derived} if (group is None and key[1] != "command") or key[1:] == group]
        same = sum(len(listed.get(key, set()) & derived.get(key, set())) for key in keys)
        n_listed, n_derived = (sum(len(table.get(key, ())) for key in keys) for table in (listed, derived))
        print(f"{name:18} {n_listed:9} {same / n_listed:8.3f} {n_derived:10} {same / n_derived:7.3f}")
        if group and given.errors:
            wrong = [key for key in sorted(keys) if listed.get(key, set()) != derived.get(key, set())]
            for key in wrong[: given.errors]:
                missed = listed.get(key, set()) - derived.get(key, set())
                extra = derived.get(key, set()) - listed.get(key, set())
                print(f"   {key[0]}: misses {sorted(missed)}, adds {sorted(extra)}")


if __name__ == "__main__":
    main()
