"""The metadata of an archive: an RO-Crate (Research Object Crate, version 1.2), one entity for each file."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

__all__ = ["PROFILE", "crate_metadata"]

PROFILE = "https://w3id.org/ro/crate/1.2"
_SELF = "ro-crate-metadata.json"
_PROGRAM, _RUN, _LICENCE = "#discourse", "#run", "#licence"
_TYPES = {
    ".csv": "text/csv", ".html": "text/html", ".json": "application/json", ".md": "text/markdown", ".pdf":
    "application/pdf", ".png": "image/png", ".svg": "image/svg+xml", ".txt": "text/plain", ".yml": "application/yaml",
}  # fmt: skip
_ADDRESS = re.compile(r"https?://\S+")
_ORCID = re.compile(r"(?P<name>.*?)\s*<?(?P<orcid>https://orcid\.org/\d{4}-\d{4}-\d{4}-\d{3}[\dX])>?")


def crate_metadata(
    files: Mapping[str, bytes],
    *,
    name: str,
    description: str,
    published: str,
    licence: str,
    authors: Sequence[str],
    version: str,
    described: Mapping[str, str],
    inputs: Sequence[str],
) -> bytes:
    """Return ``ro-crate-metadata.json``: the dataset, each of its files with size, type and SHA-256, and the run.

    Parameters
    ----------
    files : mapping of str to bytes
        Content by path within the archive.
    name, description : str
        What the archive is called, and what it is.
    published : str
        Day of publication, YYYY-MM-DD.
    licence : str
        An address, or the terms in words.
    authors : sequence of str
        Names; one may end in an ORCID, ``Name <https://orcid.org/0000-0000-0000-0000>``.
    version : str
        Version of the library.
    described : mapping of str to str
        What a file or a folder is, by its path (a folder ends in ``/``).
    inputs : sequence of str
        Paths of what the run read; the others are its results.

    Returns
    -------
    bytes
        JSON-LD in UTF-8; equal arguments give equal bytes.

    References
    ----------
    RO-Crate Metadata Specification 1.2. https://w3id.org/ro/crate/1.2
    """
    people = [_person(author, number) for number, author in enumerate(authors, 1)]
    terms = _terms(licence)
    entities = [_file(path, files[path], described) for path in sorted(files)]
    parts = [{"@id": entity["@id"]} for entity in entities]
    read = {quote(path) for path in inputs}
    root: dict[str, Any] = {
        "@id": "./", "@type": "Dataset", "name": name, "description": description, "datePublished": published,
        "license": {"@id": terms["@id"]}, "hasPart": parts, "mentions": {"@id": _RUN},
    }  # fmt: skip
    if people:
        named = [{"@id": person["@id"]} for person in people]
        root["author"] = named if len(named) > 1 else named[0]
    run: dict[str, Any] = {
        "@id": _RUN, "@type": "CreateAction", "name": "The run that made the tables and figures",
        "instrument": {"@id": _PROGRAM}, "object": [part for part in parts if part["@id"] in read],
        "result": [part for part in parts if part["@id"] not in read],
    }  # fmt: skip
    program = {  # a SoftwareApplication would need an address, and the library has none of its own
        "@id": _PROGRAM, "@type": "CreativeWork", "name": "arabic-discourse", "version": version,
        "description": "A toolkit for discourse analysis of Arabic news, in Python",
    }  # fmt: skip
    about = {
        "@id": _SELF, "@type": "CreativeWork", "about": {"@id": "./"}, "conformsTo": {"@id": PROFILE},
    }  # fmt: skip
    graph = [about, root, *entities, *people, terms, program, run]
    content = {"@context": f"{PROFILE}/context", "@graph": graph}
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def _file(path: str, content: bytes, described: Mapping[str, str]) -> dict[str, Any]:
    told = described.get(path) or described.get(path.partition("/")[0] + "/", "")
    entity = {
        "@id": quote(path), "@type": "File", "name": PurePosixPath(path).name,
        "encodingFormat": _TYPES.get(PurePosixPath(path).suffix.lower(), "application/octet-stream"),
        "contentSize": str(len(content)), "sha256": hashlib.sha256(content).hexdigest(),
    }  # fmt: skip
    return entity | ({"description": told} if told else {})


def _person(author: str, number: int) -> dict[str, str]:
    found = _ORCID.fullmatch(author.strip())
    if found:
        return {"@id": found["orcid"], "@type": "Person", "name": found["name"] or found["orcid"]}
    return {"@id": f"#author-{number}", "@type": "Person", "name": author.strip()}


def _terms(licence: str) -> dict[str, str]:
    if _ADDRESS.fullmatch(licence.strip()):
        place = licence.strip()
        return {"@id": place, "@type": "CreativeWork", "name": place, "description": f"The terms at {place}"}
    return {"@id": _LICENCE, "@type": "CreativeWork", "name": "Terms of use", "description": licence.strip()}
