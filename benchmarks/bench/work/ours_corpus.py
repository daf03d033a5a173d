"""The saved corpus of ours, as conc has its own: saved where there is none, or made anew after a change of the code."""

from pathlib import Path

import discourse as dc


def load(folder: Path, name: str = "ours", texts: str = "corpus.parquet") -> dc.SavedCorpus:
    """Open the corpus that was saved beside the texts."""
    place = folder / name
    if not place.is_dir():
        dc.save_corpus(folder / texts, place)
    return dc.open_corpus(place, renew=True)
