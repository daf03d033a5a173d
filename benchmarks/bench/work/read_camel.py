"""The same with camel-tools: its tokens have no offsets, so each is looked for behind the last."""

from array import array

import pyarrow.parquet as pq
from camel_tools.tokenizers.word import simple_word_tokenize

from bench.measuring import Measurement, folder


def main() -> None:
    measured = Measurement()

    def read():
        texts = pq.read_table(folder() / "corpus.parquet", columns=["text"])["text"].to_pylist()
        tokens, starts = [], array("i")
        for text in texts:
            begin = 0
            for token in simple_word_tokenize(text):
                begin = text.index(token, begin)
                starts.append(begin)
                begin += len(token)
                tokens.append(token)
        return tokens, starts

    tokens, _ = measured.first("read and tokenise", read)
    measured.results = {"tokens": len(tokens), "distinct": len(set(tokens))}
    measured.show("camel-tools", "pyarrow")


if __name__ == "__main__":
    main()
