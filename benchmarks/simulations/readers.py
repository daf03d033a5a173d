"""Coverage of corrected series where readers mended measured values on the spot, with the draw in view and without.

The world is that of `correction`: eight years, six answers, errors that differ by year, a coded sample of each year.
Before the codes mend the series, readers mend single measured values. What they mend is of no harm, even where they are
wrong, as long as they do not look at the draw; where they do, the estimate is off, and `compare_with_draw` says so.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from correction import VALUES, YEARS, _corpus, _probabilities, _worlds

from discourse.validity.corrections_and_draw import LEVEL, compare_with_draw
from discourse.validity.pseudo_outcomes import predict_codes, ratio_by_codes
from discourse.validity.sampling_plan import digest_of

RUNS = 200
SEED = 20151223

DESIGNS = {
    "250 documents, 25 codes a year": (250, 25),
    "250 documents, 100 codes a year": (250, 100),
    "1,000 documents, 50 codes a year": (1000, 50),
}
READERS = {  # chance that a reader mends a drawn document, one that was not drawn, and what is made of it
    "none": (0.0, 0.0, "right"),
    "one document in four": (0.25, 0.25, "right"),
    "nine documents in ten": (0.9, 0.9, "right"),
    "one in four, what is found hostile alone": (0.25, 0.25, "hostile"),
    "one in four, made engaged whatever it is": (0.25, 0.25, "engaged"),
    "the drawn alone, all of them": (1.0, 0.0, "right"),
    "nine in ten of the drawn, one in four of the others": (0.9, 0.25, "right"),
    "one in two of those not drawn alone": (0.0, 0.5, "right"),
}


def simulate(*, runs: int, seed: int) -> dict[str, pd.DataFrame]:
    """Return coverage, error and refusals by what readers mended."""
    rows = [_design(name, size, readers, runs, seed) for name, size in DESIGNS.items() for readers in READERS]
    title = "Corrected mean positions where readers mended measured values: coverage of 95% intervals, refused or not"
    return {title: pd.DataFrame(rows)}


def _mended(
    generator: np.random.Generator, true: np.ndarray, found: np.ndarray, drawn: np.ndarray, readers: str
) -> np.ndarray:
    """Return the measured answers with what readers made of some of them."""
    of_drawn, of_others, how = READERS[readers]
    looked = generator.random(len(found)) < np.where(drawn, of_drawn, of_others)
    if how == "hostile":
        looked &= found < 2
    return np.where(looked, 3 if how == "engaged" else true, found)


def _plan(year: np.ndarray, probability: np.ndarray, drawn: np.ndarray) -> pd.DataFrame:
    names = [f"d{number:05}" for number in range(len(year))]
    chances = {"probability": probability, "unit_probability": probability}
    plan = pd.DataFrame({"doc_id": names, "stratum": year.astype(str), "cluster": names, **chances, "drawn": drawn})
    plan = plan.assign(seed=0)
    return plan.assign(plan=digest_of(plan))


def _design(name: str, size: tuple[int, int], readers: str, runs: int, seed: int) -> dict[str, object]:
    shares, confusion = _worlds(rare=False)
    truth = shares @ VALUES / shares[:, :5].sum(axis=1)
    held, widths, refused = [], [], []
    missed = np.full((runs, YEARS), np.nan)
    for run in range(runs):
        generator = np.random.default_rng([seed, run, 11])
        year, story, true, found = _corpus(generator, shares, confusion, size[0], stories=False)
        probability, drawn = _probabilities(generator, year, story, found, size[1], 1.0)
        answers = _mended(generator, true, found, drawn, readers)
        plan = _plan(year, probability, drawn)
        refused.append(compare_with_draw(plan.loc[answers != found, "doc_id"], plan).loc[0, "p"] < LEVEL)
        measured = np.column_stack([VALUES[answers], answers < 5]).astype(float)
        codes = np.where(drawn[:, None], np.column_stack([VALUES[true], true < 5]), np.nan)
        predicted = predict_codes(codes, answers, year, 1 / probability, story)
        for one in range(YEARS):
            mine = year == one
            part = (codes[mine], predicted[mine], measured[mine], probability[mine], story[mine])
            made = ratio_by_codes(*part, step=1.0)
            held.append(made["lower"] <= truth[one] <= made["upper"])
            missed[run, one] = made["estimate"] - truth[one]
            widths.append(made["upper"] - made["lower"])
    return {
        "design": name,
        "mended by readers": readers,
        "coverage": round(float(np.mean(held)), 3),
        "bias, mean size over years": round(float(np.abs(missed.mean(axis=0)).mean()), 3),
        "RMSE": round(float(np.sqrt(np.mean(np.square(missed)))), 3),
        "median width": round(float(np.median(widths)), 2),
        "refused": round(float(np.mean(refused)), 3),
    }
