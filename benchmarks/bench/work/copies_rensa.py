"""The same with rensa: MinHash of runs of five words, candidates by bands, kept by estimated similarity."""

from rensa import RMinHash, RMinHashLSH

from bench.measuring import Measurement, load

SIZE, THRESHOLD, PERMUTATIONS, BANDS = 5, 0.7, 128, 32


def shingles(text: str) -> list[str]:
    words = text.split()
    return [" ".join(words[i : i + SIZE]) for i in range(max(len(words) - SIZE + 1, 1))]


def main() -> None:
    measured = Measurement()
    texts = load("copies.json")

    def find() -> list[set[int]]:
        hashes = RMinHash.from_token_sets([shingles(text) for text in texts], PERMUTATIONS, 42)
        index = RMinHashLSH(THRESHOLD, PERMUTATIONS, BANDS)
        index.insert_many(hashes)
        return [
            {other for other in near if other != own and hashes[own].jaccard(hashes[other]) >= THRESHOLD}
            for own, near in enumerate(index.query_all(hashes))
        ]

    near = measured.first("from texts", find)
    planted = load("planted.json")
    measured.results = {"planted": len(planted), "found": sum(copy in near[original] for original, copy in planted)}
    measured.show("rensa")


if __name__ == "__main__":
    main()
