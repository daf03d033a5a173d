"""Near-duplicates: from the texts, and with tokens and boilerplate at hand."""

import discourse as dc
from bench.measuring import Measurement, folder, load


def main() -> None:
    measured = Measurement()
    documents, _ = dc.read_documents(folder() / "copies.parquet")
    none = dc.find_boilerplate(documents.head(0))  # boilerplate is left in: the peers leave it in too

    def from_texts():
        return dc.find_duplicates(documents, dc.tokenize(documents), spans=none)

    measured.first("from texts", from_texts)
    tokens = dc.tokenize(documents)
    clusters = measured.first("tokens at hand", lambda: dc.find_duplicates(documents, tokens, spans=none))
    spans = measured.first("boilerplate", lambda: dc.find_boilerplate(documents))
    measured.first("tokens and boilerplate at hand", lambda: dc.find_duplicates(documents, tokens, spans=spans))
    cluster = dict(zip(clusters["doc_id"], clusters["cluster"], strict=True))
    ids = documents["doc_id"].tolist()
    planted = load("planted.json")
    found = sum(cluster[ids[original]] == cluster[ids[copy]] for original, copy in planted)
    measured.results = {"planted": len(planted), "found": found}
    measured.show("arabic-discourse", "pandas", "numpy")


if __name__ == "__main__":
    main()
