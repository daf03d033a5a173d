"""The corpus of conc: built from the CSV of the same texts with spaCy's blank Arabic model, which needs no download.

conc switches off the parts of a model beyond its tokeniser and fails where it has none; so the blank model gets
parts of those names that do nothing and are never run.
"""

import logging
import shutil
from pathlib import Path

import spacy
from conc.corpus import Corpus
from spacy.language import Language
from spacy.tokens import Doc

SWITCHED_OFF = ("parser", "ner", "lemmatizer", "tagger", "senter", "tok2vec", "attribute_ruler")


@Language.component("nothing")
def nothing(doc: Doc) -> Doc:
    """Leave a document as it is."""
    return doc


def model(folder: Path) -> str:
    """Write the blank model beside the corpus, since conc loads a model by name or path."""
    logging.disable(logging.INFO)
    path = folder / "spacy-blank-ar"
    if not path.is_dir():
        blank = spacy.blank("ar")
        for name in SWITCHED_OFF:
            blank.add_pipe("nothing", name=name)
        blank.to_disk(path)
    return str(path)


def build(folder: Path, name: str = "conc", texts: str = "corpus.csv") -> Corpus:
    """Build conc's corpus of a CSV into the folder, anew."""
    shutil.rmtree(folder / name, ignore_errors=True)
    corpus = Corpus(name="bench")
    return corpus.build_from_csv(
        source_path=str(folder / texts),
        save_path=str(folder / name),
        text_column="text",
        metadata_columns=["doc_id"],
        model=model(folder),
    )


def load(folder: Path, name: str = "conc", texts: str = "corpus.csv") -> Corpus:
    """Load the corpus that `build` left; build it where there is none."""
    if not list((folder / name).glob("*.corpus/corpus.json")):
        build(folder, name, texts)
    (path,) = (folder / name).glob("*.corpus")
    model(folder)
    return Corpus().load(str(path))
