"""The command `discourse`: from a corpus of Arabic news to tables, figures and a report."""

import importlib
from typing import Any

import click

from discourse.commands.running import Either, example

__all__ = ["main"]

# name of the command: module under discourse.commands that holds it
_COMMANDS = {
    "chart": "charting",
    "evidence": "evidencing",
    "read": "corpora",
    "save": "saving",
    "tokens": "corpora",
    "count": "measuring",
    "series": "measuring",
    "contrast": "changing",
    "frames": "measuring",
    "speech": "voices",
    "clauses": "voices",
    "positions": "voices",
    "statements": "voices",
    "duplicates": "corpora",
    "kwic": "concordances",
    "words": "wordlists",
    "ngrams": "wordlists",
    "collocates": "wordlists",
    "keyness": "comparing",
    "dispersion": "comparing",
    "shift": "comparing",
    "scale": "scaling",
    "plan": "planning",
    "check": "checks",
    "agreement": "checks",
    "corrections": "correcting",
    "codes": "coding",
    "archive": "archiving",
    "verify": "archiving",
}


class _Commands(click.Group):
    """Import a command when it is asked for, so that `--help` answers at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(f"discourse.commands.{_COMMANDS[cmd_name]}")
        return getattr(module, cmd_name)


@click.group(
    cls=_Commands,
    epilog=example("discourse chart seed:reports --out build"),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="arabic-discourse", prog_name="discourse")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.option(
    "--progress/--no-progress", cls=Either, default=None, help="Show progress; by default on a terminal only."
)
@click.pass_context
def main(context: click.Context, **options: Any) -> None:
    """Discourse analysis of Arabic news: tables in, tables out, an interval on every number.

    CORPUS is a Parquet, CSV or JSONL file (the last two also as .gz or .zst), a folder of .txt, a folder that
    `discourse save` wrote, or a built-in seed: seed:article, seed:reports.
    """
    context.obj = options


if __name__ == "__main__":
    main()
