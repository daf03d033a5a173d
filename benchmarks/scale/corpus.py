"""A made corpus of any size, written a million tokens at a time: of the same words, whatever its size."""

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from bench.generated import DAYS, FIRST_DAY, SEED, _lengths, _rare_words, _texts
from bench.prepare import LETTERS

import discourse as dc

__all__ = ["TARGET", "write_corpus"]

AT_A_TIME = 1_000_000
ABOUT = 0.03  # documents that may name the target: their words are all those of the coded reports
TARGET = "taliban"


def write_corpus(path: Path, n_tokens: int) -> None:
    """Write about ``n_tokens`` tokens as Parquet, some 2,600 documents a row group, and move the file into place."""
    every, others = vocabularies()
    unfinished, writer, n_documents = path.with_suffix(".unfinished"), None, 0
    for number in range(max(n_tokens // AT_A_TIME, 1)):
        random = np.random.default_rng([SEED, number])
        lengths = _lengths(min(AT_A_TIME, n_tokens), random)
        cut = int(len(lengths) * ABOUT)
        texts = [*_texts(every, lengths[:cut], random), *_texts(others, lengths[cut:], random)]
        random.shuffle(texts)
        rows = pd.DataFrame(
            {
                "doc_id": [f"made-{n_documents + place:09d}" for place in range(len(texts))],
                "source": [f"outlet {letter}" for letter in random.choice(list("abcdef"), len(texts))],
                "date": (FIRST_DAY + random.integers(0, DAYS, len(texts))).astype("datetime64[D]").astype(str),
                "title": [" ".join(text.split()[:6]) for text in texts],
                "text": texts,
            }
        )
        n_documents += len(texts)
        table = pa.Table.from_pandas(rows, preserve_index=False)
        writer = writer or pq.ParquetWriter(unfinished, table.schema)
        writer.write_table(table)
    if writer is not None:
        writer.close()
        unfinished.rename(path)


def vocabularies() -> tuple[list[str], list[str]]:
    """Return the words of the reports by frequency and random ones behind them; and the same without the target's."""
    tokens = dc.tokenize(dc.load_seed("reports"))
    counted = tokens["token"].value_counts()
    words = [word for word in sorted(counted.index, key=lambda word: (-counted[word], word)) if LETTERS.fullmatch(word)]
    named = dc.find_matches(tokens, dc.load_lexicon("actors"))
    named = named.loc[named["category"].eq(TARGET)]
    places = tokens.set_index([tokens["doc_id"].astype(str), "position"])["token"].astype(str)
    of_target = {
        places[doc_id, place]
        for doc_id, start, end in zip(named["doc_id"].astype(str), named["start"], named["end"], strict=True)
        for place in range(start, end)
    }
    rare = _rare_words(np.random.default_rng(SEED))
    return [*words, *rare], [*(word for word in words if word not in of_target), *rare]
