"""The words by which two outlets differ where they name the Taliban: the call for a corpus at hand, and its numbers.

    python benchmarks/outlets.py [NEWS.parquet] [--pattern PATTERN] [--outlet NAME --outlet NAME] [--most N]

NEWS is a table with doc_id, text, source and date; by default the third-party corpus that lies beside the project as
shared/data/news, or in the folder that DISCOURSE_SHARED names. It is not part of the project and its texts are not
shown: only words with their counts and ratios are printed. Where it is absent the script says so and ends with 0.
"""

import os
import sys
from pathlib import Path

import click
import pandas as pd

import discourse as dc

ROOT = Path(__file__).resolve().parents[1]
NEWS = Path(os.environ.get("DISCOURSE_SHARED", ROOT.parent / "shared")) / "data" / "news" / "arabic_news.parquet"


def select_documents(news: pd.DataFrame, pattern: str, outlets: tuple[str, str]) -> pd.DataFrame:
    """Return the documents of two outlets that hold the pattern."""
    own = news.loc[news["source"].astype(str).isin(outlets)].reset_index(drop=True)
    lines = dc.kwic(dc.tokenize(own), pattern, own, window=0)
    return own.loc[own["doc_id"].astype(str).isin(lines["doc_id"].astype(str))].reset_index(drop=True)


def compare_outlets(documents: pd.DataFrame, outlets: tuple[str, str], pattern: str) -> dict[str, pd.DataFrame]:
    """Return KEYNESS of two outlets and how the company of the pattern differs, with stories as units."""
    tokens = dc.tokenize(documents)
    spans = dc.find_boilerplate(documents)
    clusters = dc.find_duplicates(documents, tokens, spans=spans)
    body = dc.drop_spans(tokens, spans)
    named = documents.merge(clusters[["doc_id", "cluster"]].astype("str"), on="doc_id")
    sides = {"source": outlets[0]}, {"source": outlets[1]}
    return {
        "keyness": dc.keyness(body, named, between=outlets, by="source", cluster="cluster"),
        "collocates": dc.compare_collocates(body, pattern, named, between=sides, cluster="cluster"),
    }


def as_markdown(table: pd.DataFrame) -> str:
    """Return a table as Markdown."""
    rows = [
        [f"{one:.3g}" if isinstance(one, float) else str(one) for one in row] for row in table.itertuples(index=False)
    ]
    return "\n".join("| " + " | ".join(row) + " |" for row in [list(table.columns), ["---"] * table.shape[1], *rows])


@click.command(help=__doc__)
@click.argument("news", type=click.Path(path_type=Path), default=NEWS)
@click.option("--pattern", default="طالبان")
@click.option("--outlet", "outlets", multiple=True, default=("BBC Arabic", "CNN Arabic"))
@click.option("--most", default=12, type=click.IntRange(min=1))
def main(news: Path, pattern: str, outlets: tuple[str, ...], most: int) -> None:
    """Print what two outlets differ by."""
    if not news.exists():
        click.echo(f"skipped: {news.name} is not here; name a table with doc_id, text, source and date")
        return
    if len(outlets) != 2:
        raise click.UsageError("name two outlets: --outlet NAME --outlet NAME")
    pair = outlets[0], outlets[1]
    documents = select_documents(pd.read_parquet(news), pattern, pair)
    found = compare_outlets(documents, pair, pattern)
    keyness, company = found["keyness"], found["collocates"]
    first = keyness.iloc[0]
    for side in "ab":
        sizes = f"{first[f'n_docs_{side}']:,} documents, {first[f'n_units_{side}']:,} stories, "
        click.echo(f"{first[side]}: {sizes}{first[f'n_tokens_{side}']:,} words")
    click.echo(f"{len(keyness):,} terms; {int(keyness['p_rate'].lt(0.05).sum()):,} at a false discovery rate of 5%\n")
    shown = ["term", "n_a", "n_b", "log_ratio", "lower", "upper", "conservative", "p_rate"]
    for sign in (1, -1):
        own = keyness.loc[(sign * keyness["log_ratio"]).gt(0) & keyness["p_rate"].lt(0.05)]
        click.echo(as_markdown(own[shown].head(most)) + "\n")
    known = company["p_adjusted"].le(0.05)
    click.echo(f"collocates of the pattern: {len(company):,} terms, {int(known.sum()):,} that differ at 5%\n")
    shown = ["term", "n_first", "n_second", "difference", "lower", "upper", "p_adjusted"]
    click.echo(as_markdown(company.loc[known, shown].head(most)))


if __name__ == "__main__":
    sys.exit(main())
