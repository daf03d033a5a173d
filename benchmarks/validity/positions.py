"""Positions: the ordinal model and the plain baseline, in figures; what each rule carries.

    python benchmarks/validity/positions.py [--baseline] [--sensitivity]

Prints the figures of docs/method-positions.md that `make validity` has not: the ordinal model and the baseline on the
digests (holder russia), cross-validated by document with copies of one wire in one fold. `make validity` scores the
rules, on the digests and on the articles.
"""

import argparse

import numpy as np
import pandas as pd
from scoring import HOLDERS

from discourse.language.arabic.normalization import normalize_words
from discourse.language.tokens import tokenize
from discourse.measures.rules import leave_rules_out
from discourse.reading.speech.quotations import find_quotations
from discourse.reading.stance.positions import find_positions
from discourse.sources.seeds import load_seed
from discourse.validity.features import position_features
from discourse.validity.ordinal import cross_validate_ordinal
from discourse.validity.scores import score_codes

FOLDS, SEED = 10, 20151223


def show(name: str, figures: pd.DataFrame) -> None:
    """Print one row of figures."""
    said = (f"{key} {value:.3f}" for key, value in zip(figures["name"], figures["value"], strict=True))
    print(f"{name:44} " + "  ".join(said))


def read(documents: pd.DataFrame) -> pd.DataFrame:
    """Find the positions of a corpus."""
    tokens = tokenize(documents)
    return find_positions(documents, tokens, quotations=find_quotations(documents, tokens), holders=HOLDERS)


def groups_of(documents: pd.DataFrame) -> pd.Series:
    """Give digests of one wire one label, by the coder's notes (`same wire as a001`)."""
    note = documents["coder_note"].fillna("").str.extract(r"same (?:\w+ )*?(?:as )?([abc]\d{3})")[0]
    return note.fillna(documents["doc_id"]).set_axis(documents["doc_id"])


def baseline(documents: pd.DataFrame, codes: pd.Series, groups: pd.Series) -> pd.DataFrame:
    """Ridge regression on word and character n-grams, predictions rescaled to the spread of the training codes."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import Ridge
    from sklearn.pipeline import make_union

    ids = codes.index
    texts = documents.set_index("doc_id").loc[ids]
    plain = [
        " ".join(normalize_words(f"{t} . {x}".split())) for t, x in zip(texts["title"], texts["text"], strict=True)
    ]
    names = np.unique(groups[ids])
    fold_of = dict(zip(np.random.default_rng(SEED).permutation(names), np.arange(len(names)) % FOLDS, strict=True))
    fold = np.array([fold_of[label] for label in groups[ids]])
    values, predicted = codes.to_numpy(float), np.zeros(len(codes))
    for number in range(FOLDS):
        train, test = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
        union = make_union(
            TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2),
            TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, min_df=2),
        )
        inside = union.fit_transform([plain[place] for place in train])
        model = Ridge(alpha=1.0).fit(inside, values[train])
        raw, own = model.predict(union.transform([plain[place] for place in test])), model.predict(inside)
        predicted[test] = (raw - own.mean()) / own.std() * values[train].std() + values[train].mean()
    return score_codes(values, np.clip(np.round(predicted), -2, 2))


def sensitivity(documents: pd.DataFrame) -> None:
    """Print what each rule, class and operator carries on the digests: positions lost, moved and turned without it."""
    positions = read(documents)
    russia = positions[positions["holder"] == "russia"]
    for by in ("rule", "class", "operator"):
        print(f"\n| {by} left out | cues | documents | positions lost | moved | of another sign |")
        print("|---|---|---|---|---|---|")
        for row in leave_rules_out(russia, by=by).itertuples():
            print(f"| {row.name} | {row.n_cues} | {row.n_docs} | {row.n_lost} | {row.n_moved} | {row.n_turned} |")


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--baseline", action="store_true", help="also fit the baseline (a minute)")
    parser.add_argument("--sensitivity", action="store_true", help="leave out each rule, class and operator in turn")
    options = parser.parse_args()
    digests = load_seed("reports")
    codes = digests.set_index("doc_id")["position"].astype(float).dropna()
    if options.sensitivity:
        sensitivity(digests)
        return
    found = read(digests)
    groups = groups_of(digests)
    features = position_features(found, holder="russia")
    features = features.loc[features.index.intersection(codes.index)]
    features = features.loc[:, (features > 0).sum() >= 2]
    for penalty in (1.0, 3.0, 10.0):
        figures = cross_validate_ordinal(
            features, codes, penalty=penalty, groups=groups[features.index].to_numpy(), n_folds=FOLDS, seed=SEED
        )[1]
        show(f"digests, ordinal model, penalty {penalty:g}, cross-validated", figures)
    if options.baseline:
        show("digests, n-gram baseline, cross-validated", baseline(digests, codes, groups))


if __name__ == "__main__":
    main()
