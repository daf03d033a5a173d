"""Read a corpus and cut it into tokens with offsets."""

import discourse as dc
from bench.measuring import Measurement, folder


def main() -> None:
    measured = Measurement()

    def read():
        documents, _ = dc.read_documents(folder() / "corpus.parquet")
        return dc.tokenize(documents)

    tokens = measured.first("read and tokenise", read)
    measured.results = {"tokens": len(tokens), "distinct": len(tokens["token"].cat.categories)}
    measured.show("arabic-discourse", "pandas", "pyarrow", "numpy")


if __name__ == "__main__":
    main()
