"""Who codes now: one session a coder and file, told by process and machine; what a dead process left is taken over."""

import json
import os
import secrets
import socket
from pathlib import Path
from typing import Any, NamedTuple

from discourse.errors import SchemaError
from discourse.validity.handcoding.locks import keep, locked
from discourse.writing import is_gone

__all__ = ["Lease", "is_held", "let_go", "take"]


class Lease(NamedTuple):
    """The right of one session to write as one coder."""

    place: Path
    coder: str
    token: str


def take(path: Path, coder: str, *, since: str, take_over: bool = False) -> Lease:
    """Take the lease of a coder on a coding file.

    A session of the same process gives way, since a cell that is run again means it; a process of this machine that is
    gone has lost its lease. Of a process of another machine nothing is known.

    Raises
    ------
    SchemaError
        Another session of this coder holds it, and ``take_over`` is false.
    """
    lease = Lease(path.with_name(f".{path.name}.leases"), coder, secrets.token_hex(8))
    own = {"pid": os.getpid(), "host": socket.gethostname(), "born": _born(os.getpid()), "since": since}
    with locked(lease.place) as stream:
        told = _told(stream.read())
        other = told.get(coder)
        if other is not None and not take_over and not _gives_way(other, own):
            raise SchemaError(
                f"`coder` is {coder!r}, who is coding in {str(path.name)!r} already: process {other.get('pid')} on "
                f"{other.get('host')!r}, since {other.get('since')}. Go on there, or close it; if it is over, say "
                "take_over=True. A second coder has another name."
            )
        told[coder] = {**own, "token": lease.token}
        _put(stream, told)
    return lease


def is_held(lease: Lease) -> bool:
    """Tell whether a lease is still the one that counts."""
    with locked(lease.place) as stream:
        return _told(stream.read()).get(lease.coder, {}).get("token") == lease.token


def let_go(lease: Lease) -> None:
    """Give a lease back, where it is still held."""
    with locked(lease.place) as stream:
        told = _told(stream.read())
        if told.get(lease.coder, {}).get("token") == lease.token:
            del told[lease.coder]
            _put(stream, told)


def _told(raw: bytes) -> dict[str, dict[str, Any]]:
    """Return the leases of a file; what is damaged is none, as after a crash."""
    try:
        told = json.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError):
        return {}
    return {str(k): v for k, v in told.items() if isinstance(v, dict)} if isinstance(told, dict) else {}


def _put(stream: Any, told: dict[str, dict[str, Any]]) -> None:
    stream.seek(0)
    stream.truncate()
    stream.write(json.dumps(told, ensure_ascii=False).encode("utf-8"))
    keep(stream)


def _gives_way(other: dict[str, Any], own: dict[str, Any]) -> bool:
    pid = other.get("pid")
    if other.get("host") != own["host"]:
        return False
    if not isinstance(pid, int) or pid <= 0 or pid == own["pid"]:
        return True
    return is_gone(pid) or (other.get("born") or None) != (_born(pid) or None)


def _born(pid: int) -> str:
    """Return when a process began, where the system says it: a number is given to a new process when one is gone.

    Of one that is dead and not yet buried by its parent, ``dead``.
    """
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
        told = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace").rsplit(")", 1)[1].split()
        return "dead" if told[0] in "ZX" else f"{boot}:{told[19]}"
    except (OSError, IndexError):
        return ""
