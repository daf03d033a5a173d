"""Rows of codes held against the plan: what is a code, and what is none and why, of a sheet as of a form."""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence

import pandas as pd

from discourse.validity.coding import NO_ANSWER, plain_ids, tidy_codes

__all__ = ["CODED", "REJECTS", "hold_rows"]

REJECTS = ("path", "record", "unit_id", "variable", "value", "reason")
CODED = ("unit_id", "coder", "variable", "value", "comment", "unsure", "blind", "time")


def hold_rows(
    long: pd.DataFrame,
    codebook: Mapping[str, Sequence[str]],
    digest: str,
    drawn: Sequence[str],
    *,
    known: Collection[str],
    documents: pd.DataFrame | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return CODES, and the rows that are none with their reasons; each row stands in one of the two.

    ``long`` has CODED with path, record, of_plan, title and text; ``digest`` is that of the plan, ``drawn`` its drawn
    documents and ``known`` all of them. A drawn document without a row has a row of the second table.
    """
    tidy, _ = tidy_codes(long)
    drawn = sorted(drawn)
    reasons = _reasons(tidy, codebook, digest, set(drawn), set(known), documents)
    bad = reasons.ne("")
    rejects = tidy.loc[bad, ["path", "record", "unit_id", "variable", "value"]].assign(reason=reasons[bad])
    codes = tidy.loc[~bad, list(CODED)].sort_values(["unit_id", "coder", "variable"], ignore_index=True)
    codes["comment"] = codes["comment"].fillna("").astype("str")
    codes = codes.astype({"unsure": bool, "blind": bool}).assign(
        time=pd.to_datetime(codes["time"]).astype("datetime64[us]")
    )
    return codes, pd.concat([rejects, _missing(tidy, drawn, codebook)], ignore_index=True)[list(REJECTS)]


def _reasons(
    tidy: pd.DataFrame,
    codebook: Mapping[str, Sequence[str]],
    digest: str,
    drawn: Collection[str],
    known: Collection[str],
    documents: pd.DataFrame | None,
) -> pd.Series:
    """Return why a row is no code; empty where it is one."""
    texts, titles = _texts(documents, "text"), _texts(documents, "title")
    by_text = {text: doc for doc, text in texts.items() if doc in drawn and text}
    key = ["unit_id", "coder", "variable"]
    given = tidy["value"].notna()
    repeated = given & tidy[given].duplicated(key, keep=False).reindex(tidy.index, fill_value=False)
    apart = tidy[given].groupby(key)["value"].nunique().gt(1)
    different = pd.MultiIndex.from_frame(tidy[key]).isin(apart.index[apart])
    copies = given & tidy[given].duplicated(key, keep="first").reindex(tidy.index, fill_value=False)
    out = []
    columns = ["unit_id", "variable", "value", "of_plan", "title", "text"]
    for place, (unit, variable, code, of_plan, title, text) in enumerate(
        tidy[columns].itertuples(index=False, name=None)
    ):
        allowed = codebook.get(str(variable))
        value = str(code) if isinstance(code, str) else None
        named = str(unit) if isinstance(unit, str) else None
        if named not in known:
            meant = by_text.get(_squeezed(text))
            said = f"the plan has no document {named!r}" if named else "the row has no unit_id"
            out.append(said + (f"; its text is that of {meant!r}: the id was changed" if meant else ""))
        elif of_plan not in ("", digest):
            out.append(f"the row belongs to another plan ({of_plan})")
        elif named not in drawn:
            out.append("the document was not drawn: a code beside the sample has no probability")
        elif _differ(text, texts.get(str(named))) or _differ(title, titles.get(str(named))):
            meant = by_text.get(_squeezed(text))
            said = f", but of {meant!r}" if meant else ""
            out.append(f"title and text of the row are not those of {named!r}{said}: a column was sorted alone")
        elif allowed is None:
            out.append(f"the codebook has no variable {str(variable)!r}")
        elif value is None:
            out.append("no code; write none where there is nothing to code")
        elif repeated[place] and different[place]:
            out.append("coded twice by one coder with different codes")
        elif copies[place]:
            out.append("coded twice by one coder with the same code; the first is kept")
        elif allowed and not _allowed(value, allowed):
            out.append(f"the code is none of {', '.join(allowed)}")
        else:
            out.append("")
    return pd.Series(out, index=tidy.index, dtype="str")


def _allowed(value: str, allowed: Sequence[str]) -> bool:
    codes = {one.casefold() for one in allowed}
    return all(part.strip().casefold() in codes for part in value.split(";")) or (
        value.casefold() in NO_ANSWER and bool(codes & set(NO_ANSWER))
    )


def _texts(documents: pd.DataFrame | None, column: str) -> dict[str, str]:
    """Return the title or text of each document, its letters and digits alone."""
    if documents is None or column not in documents:
        return {}
    ids, texts = plain_ids(documents["doc_id"]), documents[column].fillna("")
    return {str(doc): _squeezed(text) for doc, text in zip(ids, texts, strict=True)}


def _differ(shown: str, own: str | None) -> bool:
    """Tell whether a row shows another text than its document has, where both have one."""
    told = _squeezed(shown)
    return bool(told) and bool(own) and told != own


def _squeezed(text: object) -> str:
    """Return letters and digits alone: programs change spaces, quotes and marks on the way."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFC", str(text)))


def _missing(tidy: pd.DataFrame, drawn: Sequence[str], codebook: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """Return a row for each drawn document that has no row at all of a coder."""
    rows = []
    for coder, own in tidy.groupby("coder", sort=True):
        there = set(own["unit_id"].dropna())
        path = str(own["path"].iloc[0])
        for doc in (one for one in drawn if one not in there):
            rows += [(path, "", doc, name, None, f"no row of {coder} for this drawn document") for name in codebook]
    return pd.DataFrame(rows, columns=list(REJECTS))
