"""The files that a command writes: never over what it reads, nor over one another, nor over what is not its own.

Beside each table stands its record, TABLE.json: which command wrote it, with which version, and the digest of its
bytes. By the record a later run of the same command tells its own table from a file of the user's, or from a table
that somebody has edited since. The record is written before the table is moved into place, with the digests of the
new and of the old one, so that the table of a run that is killed is known as well.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import click

__all__ = ["overwrite_option", "overwrites", "written_outputs"]

overwrite_option = click.option(
    "--overwrite", is_flag=True, help="Replace files though an earlier run of this command did not write them."
)

_META = "discourse.overwrite"
_READ = (
    "corpus",
    "archived",
    "paths",
    "codes",
    "plan",
    "file",
    "also",
    "study",
    "events",
    "evidence",
    "actors",
    "lexicon",
    "lexicons",
)
_WRITTEN = (
    "out",
    "sentences",
    "dna",
    "joined",
    "points",
    "rejects",
    "spans",
    "figure",
    "add_to",
    "polarities",
    "means",
)


class _Output(NamedTuple):
    """An option that names a file to write, the file, and its state before the command began."""

    option: str
    place: Path
    before: tuple[int, int, int] | None


def overwrites() -> bool:
    """Tell whether the command that runs was given --overwrite."""
    return bool(click.get_current_context().meta.get(_META))


@contextmanager
def written_outputs(command: str, options: dict[str, Any], *, overwrite: bool) -> Iterator[None]:
    """Check the outputs before a command begins, and record those that it wrote.

    Raises
    ------
    click.UsageError
        An output is an input or another output, or a file stands there that an earlier run of ``command`` did not
        write and ``overwrite`` is false.
    """
    from discourse.provenance import digest as _digest
    from discourse.recording import write_record
    from discourse.writing import noted_moves

    click.get_current_context().meta[_META] = overwrite
    columns = options.get("columns")  # of the corpus, as `corpus_arguments` gives them; `read` has pairs of its own
    given = {**options, **({"rejects": columns.get("rejects")} if isinstance(columns, dict) else {})}
    outputs = [
        _Output(f"--{name.replace('_', '-')}", place, _state(place))
        for name in _WRITTEN
        for place in _places(given.get(name))
    ]
    _refuse_inputs(outputs, given, command)
    _refuse_repeats(outputs)
    ours = [output for output in outputs if output.before is not None and _wrote(command, output.place)]
    if not overwrite:
        _refuse_others([output for output in outputs if output.before is not None and output not in ours], command)
    earlier = {output: _earlier_record(output.place) for output in outputs if not output.place.is_dir()}
    digests = {output.place: _digest(output.place) if output in ours else None for output in earlier}

    def note(temporary: Path, place: Path) -> None:
        if (whole := place.resolve()) in digests:
            write_record(whole, command, _digest(temporary), before=digests[whole])

    try:
        with noted_moves(note):
            yield
    finally:
        for output, record in earlier.items():
            after = _state(output.place)
            if after is not None and after != output.before:
                _record(command, output.place)
                if output in ours:
                    click.echo(f"Replaced {output.place.name}, which an earlier run wrote.", err=True)
            else:
                _take_back(output.place, record)


def _refuse_inputs(outputs: list[_Output], given: dict[str, Any], command: str) -> None:
    read = [(name, place) for name in _READ for place in _places(given.get(name)) if place.exists()]
    for option, place, _ in outputs:
        for name, source in read:
            inside = place.is_dir() and any(source.is_relative_to(place / entry) for entry in ("figures", "tables"))
            if inside or (place.is_file() and place.samefile(source)):
                what = "the corpus itself" if name == "corpus" else "which is read"
                raise click.UsageError(f"{option} would write over {str(source)!r}, {what}; name another file.")
            within = name == "paths" and source.is_dir() and place.is_file() and not _wrote(command, place)
            if within and place.resolve().is_relative_to(source.resolve()):
                where = f"which lies in {str(source)!r} that is read"
                raise click.UsageError(f"{option} would write over {str(place)!r}, {where}; name another file.")


def _refuse_repeats(outputs: list[_Output]) -> None:
    seen: dict[str, str] = {}
    for option, place, _ in outputs:
        key = os.path.normcase(place).casefold()  # on some disks a.csv and A.csv are one file
        if key in seen:
            raise click.UsageError(f"{seen[key]} and {option} are the same file, {str(place)!r}; name two.")
        seen[key] = option
    for option, place, before in outputs:
        twin = next((o for o, p, b in outputs if o != option and b and before and p.samefile(place)), None)
        if twin is not None:
            raise click.UsageError(f"{option} and {twin} are the same file, {str(place)!r}; name two.")


def _refuse_others(outputs: list[_Output], command: str) -> None:
    from discourse.recording import record_of

    for option, place, _ in outputs:
        if record_of(place).get("command") == command:
            why = "has been changed since `discourse` wrote it"
        else:
            why = f"was not written by `discourse {command}`"
        raise click.UsageError(
            f"{option} is {str(place)!r}, which {why}; name another file, or say --overwrite to replace it."
        )


def _places(value: Any) -> list[Path]:
    values = value if isinstance(value, tuple | list) else [value]
    return [Path(one).resolve() for one in values if isinstance(one, str | Path) and str(one)]


def _state(place: Path) -> tuple[int, int, int] | None:
    """Return what tells one state of a file from another; null where there is no file."""
    try:
        found = place.stat()
    except OSError:
        return None
    return (found.st_ino, found.st_mtime_ns, found.st_size) if place.is_file() else None


def _wrote(command: str, place: Path) -> bool:
    from discourse.provenance import digest
    from discourse.recording import record_of

    recorded = record_of(place)
    return recorded.get("command") == command and digest(place) in (recorded["sha256"], recorded.get("before"))


def _earlier_record(place: Path) -> str | None:
    """Return the record of a file as it stands, null where there is none; a file of another kind there is refused."""
    from discourse.recording import record_of, record_path

    beside = record_path(place)
    earlier = beside.read_text(encoding="utf-8", errors="replace") if beside.is_file() else None
    if earlier is not None and not record_of(place):
        raise click.UsageError(
            f"{str(beside)!r} stands where the record of {place.name!r} belongs, and is none; name another file."
        )
    return earlier


def _record(command: str, place: Path) -> None:
    from discourse.provenance import digest
    from discourse.recording import write_record

    write_record(place, command, digest(place))


def _take_back(place: Path, earlier: str | None) -> None:
    """Bring back the record of a file that was not written after all."""
    from discourse.recording import record_path
    from discourse.writing import write_text

    beside = record_path(place)
    if earlier is not None and beside.is_file() and beside.read_text(encoding="utf-8", errors="replace") == earlier:
        return
    if earlier is None:
        beside.unlink(missing_ok=True)
    else:
        write_text(earlier, beside)
