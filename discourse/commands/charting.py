"""`discourse chart`: the main job, from a corpus to figures, tables and a report."""

from pathlib import Path
from typing import Any

import click

from discourse.commands.corpus import corpus_arguments
from discourse.commands.running import example, guarded

__all__ = ["chart"]


@click.command(epilog=example("discourse chart seed:reports --out build --period year"))
@corpus_arguments
@click.option("--out", required=True, metavar="DIR", type=click.Path(path_type=Path), help="Folder to write into.")
@guarded
def chart(corpus: str, columns: dict[str, Any], out: Path) -> None:
    """Chart a corpus: figures, tables and a report in one folder."""
    raise NotImplementedError
