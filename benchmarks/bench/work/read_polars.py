"""The bare coded split of polars: pieces that cover the text, dictionary-encoded; no offsets, no sentences."""

import polars as pl

from bench.measuring import Measurement, folder

COVER = r"(?s)\s+|[^\s\p{P}\p{S}]+|."


def main() -> None:
    measured = Measurement()

    def read():
        texts = pl.read_parquet(folder() / "corpus.parquet", columns=["text"])
        return texts.select(pl.col("text").str.extract_all(COVER).explode().cast(pl.Categorical))["text"]

    pieces = measured.first("read and tokenise", read)
    distinct = pieces.unique().cast(pl.String).to_frame()
    words = distinct.filter(pl.col("text").str.strip_chars() != "")
    blank = pieces.cast(pl.String).str.contains(r"^\s").sum()
    measured.results = {"tokens": len(pieces) - blank, "distinct": len(words)}
    measured.show("polars")


if __name__ == "__main__":
    main()
