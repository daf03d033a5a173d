"""Seed words: the two ends of a scale, their forms in a corpus, and how near each word of the corpus is to each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from discourse.errors import AbsentError, SchemaError, first_three
from discourse.lexicons.loader import Lexicon, lexicon_from_patterns
from discourse.measures.scaling.embedding import Embedding
from discourse.reading.matching.locating import locate

__all__ = ["LEAST_SEEDS", "Seeds", "check_seeds", "find_seeds", "similarities"]

LEAST_SEEDS = 3
"""Seeds that each end needs in the corpus: the spread between fewer says too little."""
_ENDS = {"positive": 1, "negative": -1}


@dataclass(frozen=True)
class Seeds:
    """Seeds with at least one form among the words of a model.

    Attributes
    ----------
    names : list of str
        The seeds as they were given.
    poles : array of int
        1 or -1.
    forms : list of array of int
        Their forms, as places among the words of the model.
    missing : list of str
        Seeds without a form in the model.
    """

    names: list[str]
    poles: np.ndarray
    forms: list[np.ndarray]
    missing: list[str]

    @property
    def weights(self) -> np.ndarray:
        """What each seed counts: both ends count alike, however many seeds they have."""
        return self.poles / np.where(self.poles > 0, (self.poles > 0).sum(), (self.poles < 0).sum())


def find_seeds(tokens: pd.DataFrame, seeds: Mapping[str, Iterable[str]] | Lexicon, embedding: Embedding) -> Seeds:
    """Find the forms of each seed among the words of a model.

    Parameters
    ----------
    tokens : DataFrame
        TOKENS.
    seeds : mapping or Lexicon
        ``{"positive": [...], "negative": [...]}``, single words in the syntax of lexicon entries; or a lexicon, whose
        entries of one word with a polarity (``polarity``) are the seeds.
    embedding : Embedding
        The model.

    Raises
    ------
    SchemaError
        Another mapping, a seed of several words, a seed of both ends, or fewer than three of one end, in the list or in
        the corpus.
    """
    lexicon, poles = _read(seeds)
    located = locate(tokens, lexicon, overlaps="all")
    single = located.stop - located.first == 1
    rows, entries = located.first[single], located.entry[single]
    place = np.searchsorted(embedding.terms.rows, rows)
    codes = embedding.terms.codes[np.minimum(place, len(embedding.terms.rows) - 1)]
    model = np.searchsorted(embedding.kept, codes)
    inside = model < len(embedding.kept)
    inside &= embedding.kept[np.minimum(model, len(embedding.kept) - 1)] == codes
    found = pd.DataFrame({"entry": entries[inside], "form": model[inside]}).drop_duplicates()
    patterns = lexicon.entries["pattern"].astype("str").tolist()
    names, kept_poles, forms, missing = [], [], [], []
    by_entry = {entry: np.sort(rows["form"].to_numpy()) for entry, rows in found.groupby("entry")}
    for entry, (pattern, pole) in enumerate(zip(patterns, poles, strict=True)):
        if not pole:
            continue
        if entry not in by_entry:
            missing.append(pattern)
            continue
        names.append(pattern)
        kept_poles.append(pole)
        forms.append(by_entry[entry])
    _check_both_ends(np.array(kept_poles, int), missing)
    _check_shared(names, kept_poles, forms, embedding)
    return Seeds(names, np.array(kept_poles, int), forms, missing)


def check_seeds(seeds: Mapping[str, Iterable[str]] | Lexicon) -> None:
    """Raise where seeds are wrong by themselves, whatever the corpus: ``find_seeds`` says how."""
    _read(seeds)


def similarities(embedding: Embedding, seeds: Seeds, k: int) -> np.ndarray:
    """Return the cosine between each word of the model and each seed, in the first ``k`` dimensions.

    A seed of several forms has the mean of their cosines, as a glob has in LSX.
    """
    vectors = embedding.vectors[:, :k]
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
    directions = np.stack([unit[forms].mean(axis=0) for forms in seeds.forms], axis=1)
    return unit @ directions


def _read(seeds: Mapping[str, Iterable[str]] | Lexicon) -> tuple[Lexicon, list[int]]:
    if isinstance(seeds, Lexicon):
        entries = seeds.entries
        if "polarity" not in entries:
            raise SchemaError(
                "`seeds` is a lexicon whose entries have no polarity. Give {'positive': [...], 'negative': [...]}."
            )
        polarity = pd.to_numeric(entries["polarity"], errors="coerce").fillna(0).to_numpy()
        return seeds, np.sign(polarity).astype(int).tolist()
    if not isinstance(seeds, Mapping) or set(seeds) != set(_ENDS):
        raise SchemaError("`seeds` must be {'positive': [...], 'negative': [...]} or a lexicon with polarities.")
    lists = {end: [words] if isinstance(words, str) else list(words) for end, words in seeds.items()}
    several = [word for words in lists.values() for word in words if len(str(word).split()) > 1]
    if several:
        raise SchemaError(
            f"`seeds` has {len(several)} entries of several words; a seed is one word. First: {first_three(several)}."
        )
    both = sorted(set(lists["positive"]) & set(lists["negative"]))
    if both:
        raise SchemaError(f"`seeds` has {len(both)} words at both ends. First: {first_three(both)}. Keep each at one.")
    for end, words in lists.items():
        if len(words) < LEAST_SEEDS:
            raise SchemaError(
                f"`seeds` has {len(words)} word{'s' * (len(words) != 1)} at the {end} end; {LEAST_SEEDS} are needed at "
                "each. Add words."
            )
    lexicon = lexicon_from_patterns(lists, name="of `seeds`")
    return lexicon, [_ENDS[category] for category in lexicon.entries["category"].astype("str")]


def _check_both_ends(poles: np.ndarray, missing: list[str]) -> None:
    for end, pole in _ENDS.items():
        n = int((poles == pole).sum())
        if n < LEAST_SEEDS:
            raise AbsentError(
                f"`seeds` has {n} words of the {end} end in the corpus; {LEAST_SEEDS} are needed. Not found often "
                f"enough: {first_three(missing) if missing else 'none'}. Add words, or lower `min_count`."
            )


def _check_shared(names: list[str], poles: list[int], forms: list[np.ndarray], embedding: Embedding) -> None:
    ends: dict[int, set[int]] = {1: set(), -1: set()}
    for pole, places in zip(poles, forms, strict=True):
        ends[pole].update(places.tolist())
    shared = sorted(ends[1] & ends[-1])
    if shared:
        words = [embedding.names[place] for place in shared]
        raise SchemaError(
            f"`seeds` has {len(shared)} forms that both ends match. First: {first_three(words)}. Name other words."
        )
