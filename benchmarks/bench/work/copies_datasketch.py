"""The same with datasketch: MinHash of runs of five words, candidates by bands, kept by estimated similarity."""

from datasketch import MinHash, MinHashLSH

from bench.measuring import Measurement, load

SIZE, THRESHOLD, PERMUTATIONS = 5, 0.7, 128


def shingles(text: str) -> list[bytes]:
    words = text.encode().split()
    return [b" ".join(words[i : i + SIZE]) for i in range(max(len(words) - SIZE + 1, 1))]


def main() -> None:
    measured = Measurement()
    texts = load("copies.json")

    def find() -> list[set[int]]:
        hashes = MinHash.bulk([shingles(text) for text in texts], num_perm=PERMUTATIONS)
        index = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
        with index.insertion_session() as session:
            for own, hashed in enumerate(hashes):
                session.insert(own, hashed)
        return [
            {other for other in index.query(hashed) if other != own and hashed.jaccard(hashes[other]) >= THRESHOLD}
            for own, hashed in enumerate(hashes)
        ]

    near = measured.first("from texts", find)
    planted = load("planted.json")
    measured.results = {"planted": len(planted), "found": sum(copy in near[original] for original, copy in planted)}
    measured.show("datasketch", "numpy")


if __name__ == "__main__":
    main()
