"""INCEpTION: UIMA CAS JSON 0.4 and WebAnno TSV 3.3, single files or the archive of a project, read.

The layer and the feature name the variable, as ``Frames.frame``. Offsets are UTF-16 units, as Java counts. Layers of
document metadata (no offsets) are codes of the document. Sentences, tokens and the tool's own layers are no codes.
"""

from pathlib import PurePosixPath

from discourse.errors import SourceError
from discourse.exchange.codes import webanno
from discourse.exchange.codes.found import COMMENTS, Coded, Found, Source, names_of
from discourse.exchange.codes.packed import File, Json, read_json, to_text

__all__ = ["read", "recognise"]

_STRUCTURES = "%FEATURE_STRUCTURES"
_OWN = (
    "uima.",
    "de.tudarmstadt.ukp.dkpro.core.api.segmentation.",
    "de.tudarmstadt.ukp.dkpro.core.api.metadata.",
    "de.tudarmstadt.ukp.clarin.webanno.api.type.",
    "de.tudarmstadt.ukp.inception.api.type.",
)
_METADATA = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData"
_FOLDERS = ("annotation", "curation")
_PLAIN = ("begin", "end", "sofa", "self")


def recognise(file: File) -> bool:
    """Tell a CAS by its feature structures, TSV by its first line, an archive by its folders."""
    if file.members:
        return bool(_members(file))
    if file.begin.startswith(webanno.HEAD):
        return True
    return bool(file.json and file.json.one and _STRUCTURES in file.json.one)


def _members(file: File) -> list[tuple[str, str | None, str | None]]:
    """Return the annotated files of an archive, each with its document and user where its folders tell them."""
    out = []
    for name in file.members:
        parts = PurePosixPath(name).parts
        if parts[-1].lower().endswith((".json", ".tsv")):
            if len(parts) > 2 and parts[-3] in _FOLDERS:
                out.append((name, parts[-2], PurePosixPath(name).stem))
            elif len(parts) == 1:
                out.append((name, None, None))
    return out


def read(file: File, found: Found) -> None:
    """Read a file, or each annotated file of an archive."""
    if not file.members:
        _read_one(file.text, file.path.name, None, file.shown, "", found)
        return
    for name, document, user in _members(file):
        place = f"{name!r} in {file.shown}"
        text = to_text(file.read(name), place)
        if text.startswith(webanno.HEAD) or _STRUCTURES in text[:2_000_000]:
            _read_one(text, document or PurePosixPath(name).name, user, place, f"{name}, ", found)
        else:
            found.reject(name, "the file is neither CAS JSON nor WebAnno TSV")


def _read_one(text: str, name: str, user: str | None, place: str, prefix: str, found: Found) -> None:
    if text.startswith(webanno.HEAD):
        webanno.read(text, name, user, place, prefix, found)
        return
    cas = read_json(text, place).one
    if cas is None or not isinstance(cas.get(_STRUCTURES), list | dict):
        raise SourceError(f"{place} is no CAS of INCEpTION: it has no list of feature structures. Export it again.")
    problem = Json.problem(cas)
    if problem is not None:
        found.reject(prefix + "the whole file", problem)
        return
    given = cas[_STRUCTURES]
    pairs = given.items() if isinstance(given, dict) else enumerate(given, start=1)
    structures = {}
    for key, one in pairs:
        own = found.part(one, dict, f"{prefix}structure {key}")
        structures[str(key if isinstance(given, dict) else own.get("%ID"))] = own
    _Cas(structures, name, user, prefix, found).read()


class _Cas:
    """The feature structures of one document by their numbers."""

    def __init__(self, structures: dict[str, dict], name: str, user: str | None, prefix: str, found: Found) -> None:
        self.structures, self.name, self.user, self.prefix, self.found = structures, name, user, prefix, found

    def read(self) -> None:
        """Keep the codes of every layer."""
        sofas = {key: one for key, one in self.structures.items() if one.get("%TYPE") == "uima.cas.Sofa"}
        texts = {key: one["sofaString"] for key, one in sofas.items() if isinstance(one.get("sofaString"), str)}
        metadata = next((one for one in self.structures.values() if one.get("%TYPE") == _METADATA), {})
        names = names_of(metadata.get("documentTitle"), self.name)
        title, owner = metadata.get("documentTitle"), metadata.get("documentId")
        coder = self.user or (owner if isinstance(owner, str) and owner and owner != title else None)
        sources = {}
        for key, text in texts.items():
            source = Source(f"{self.prefix}text {key}", names, text, ("utf16",))
            sources[key] = self.found.add_source(source)
        if not sources:
            self.found.reject(f"{self.prefix}the whole file", "the file holds no text")
            return
        for key, one in self.structures.items():
            kind = str(one.get("%TYPE", ""))
            if kind and not kind.startswith(_OWN) and not kind.endswith("[]"):
                at = sources.get(str(one.get("@sofa")), next(iter(sources.values())))
                self._read_annotation(f"{self.prefix}annotation {key}", kind, one, at, coder)

    def _read_annotation(self, record: str, kind: str, one: dict, source: int, coder: str | None) -> None:
        if "@Dependent" in one or "@Governor" in one:
            self.found.reject(record, "a relation is no code", kind)
            return
        span = "begin" in one or "end" in one
        if not span and "@sofa" not in one:
            return  # the target of a link, or a part of another structure
        layer = kind.rpartition(".")[2]
        values: list[tuple[str, str]] = []
        for name, value in one.items():
            if name[:1] in ("@", "^"):
                values += [(name[1:], text) for text in self._listed(value)] if name[1:] != "sofa" else []
            elif name[:1] != "%" and name not in _PLAIN:
                text = _plain(value)
                values += [(name.lstrip("#"), text)] if text else []
        comment = "\n".join(text for name, text in values if name.lower() in COMMENTS) or None
        kept = [(name, text) for name, text in values if name.lower() not in COMMENTS]
        coded = [(f"{layer}.{name}", text) for name, text in kept] or [("layer", layer)]
        if span:
            start, end = one.get("begin"), one.get("end")
            self.found.add(
                *(Coded(source, record, coder, a, b, comment, start, end, span=True) for a, b in dict.fromkeys(coded))
            )
            return
        for variable in dict.fromkeys(name for name, _ in coded):
            chosen = list(dict.fromkeys(text for name, text in coded if name == variable))
            self.found.add_set(chosen, Coded(source, record, coder, variable, ""))
        if comment:
            self.found.add(Coded(source, record, coder, "comment", comment))

    def _listed(self, reference: object) -> list[str]:
        """Return the texts of a feature of several values; a link to another annotation has none."""
        held = self.structures.get(str(reference), {}) if isinstance(reference, str | int) else {}
        if held.get("%TYPE") not in ("uima.cas.StringArray", "uima.cas.String[]"):
            return []
        elements = held.get("%ELEMENTS")
        return [one for one in elements if isinstance(one, str) and one] if isinstance(elements, list) else []


def _plain(value: object) -> str | None:
    """Return a feature's value as text; null where it is empty or no plain value."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return f"{value:.15g}"
    return value if isinstance(value, str) and value else None
