"""Which entries of the other lexicons carry their categories in the digests: the tables of their cards.

    python benchmarks/validity/lexicon_sensitivity.py [--top 2]

Every entry that fires in seeds/reports is left out in turn (``leave_one_out``); printed per category, as Markdown, are
the entries whose loss takes most documents.
"""

import argparse

from discourse.language.tokens import tokenize
from discourse.lexicons.loader import load_lexicon
from discourse.measures.sensitivity import leave_one_out
from discourse.sources.seeds import load_seed


def main() -> None:
    """Print one table per lexicon."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--top", type=int, default=2)
    options = parser.parse_args()
    tokens = tokenize(load_seed("reports"))
    for name in ("actors", "scopes", "speech", "temporal"):
        table = leave_one_out(load_lexicon(name), tokens)
        table = table.sort_values(["category", "n_docs_lost"], ascending=[True, False], kind="stable")
        table = table[table["n_docs_lost"] > 0].groupby("category", observed=True).head(options.top)
        print(f"\n## {name}\n")
        print("| category | entry left out | matches | documents lost | share of the category's documents |")
        print("|---|---|---|---|---|")
        for row in table.itertuples():
            pattern = str(row.pattern).replace("|", "\\|")
            share = f"{row.share_docs_lost:.2f}"
            print(f"| {row.category} | `{pattern}` | {row.n_matches} | {row.n_docs_lost} | {share} |")


if __name__ == "__main__":
    main()
