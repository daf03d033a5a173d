"""The corpus of conc: built from the CSV of the same texts with spaCy's blank Arabic model, which needs no download."""

import logging
import shutil
from pathlib import Path

import spacy
from conc.corpus import Corpus


def model(folder: Path) -> str:
    """Write the blank model beside the corpus, since conc loads a model by name or path."""
    logging.disable(logging.INFO)
    path = folder / "spacy-blank-ar"
    if not path.is_dir():
        spacy.blank("ar").to_disk(path)
    return str(path)


def build(folder: Path) -> Corpus:
    """Build conc's corpus into the folder, anew."""
    shutil.rmtree(folder / "conc", ignore_errors=True)
    corpus = Corpus(name="bench")
    return corpus.build_from_csv(
        source_path=str(folder / "corpus.csv"),
        save_path=str(folder / "conc"),
        text_column="text",
        metadata_columns=["doc_id"],
        model=model(folder),
    )


def load(folder: Path) -> Corpus:
    """Load the corpus that `build` left; build it where there is none."""
    if not list((folder / "conc").glob("*.corpus/corpus.json")):
        build(folder)
    (path,) = (folder / "conc").glob("*.corpus")
    model(folder)
    return Corpus().load(str(path))
