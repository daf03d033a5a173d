"""What a coder is shown, on a sheet or a form: the drawn documents, in an order of their own, and nothing measured."""

from collections.abc import Collection, Sequence

import pandas as pd

from discourse.errors import SchemaError, first_three
from discourse.measures.checked import check_documents_once
from discourse.measures.draws import hash_names
from discourse.tables import need

__all__ = ["SHOWN", "check_names", "checked_whose", "shown_of", "units_in_order"]

SHOWN = ("title", "text")
_OWN = ("unit_id", "coder", "plan", "comment", "unsure", "remark")
_BLIND = frozenset(
    ["probability", "unit_probability", "stratum", "drawn", "score", "position", "grade", "present", "n_matches",
     "frames", "main_frame"]
)  # fmt: skip


def checked_whose(coder: object, holder: object, target: object) -> dict[str, str]:
    """Return holder and target as far as they are given, after a look at whether all three are text.

    Raises
    ------
    SchemaError
        One is no text.
    """
    given = {"holder": holder, "target": target}
    given = {name: value for name, value in given.items() if value is not None}
    for name, value in {"coder": coder, **given}.items():
        if not isinstance(value, str):
            raise SchemaError(f"`{name}` is {value!r}; it must be text, such as 'A'.")
    return {name: str(value) for name, value in given.items()}


def check_names(codebook: Collection[str], whose: Collection[str]) -> None:
    """Raise where a variable has the name of something else that stands on a sheet.

    Raises
    ------
    SchemaError
        It has.
    """
    taken = sorted(set(codebook) & {*_OWN, *SHOWN, *whose})
    if taken:
        raise SchemaError(f"`variables` names {first_three(taken)}, which the sheet has already. Rename the variable.")


def units_in_order(plan: pd.DataFrame, coder: str) -> list[str]:
    """Return the drawn documents of a checked PLAN in the random order of one coder.

    Examples
    --------
    >>> from discourse.validity.sampling import sample_for_coding
    >>> plan = sample_for_coding(pd.DataFrame({"doc_id": list("abcdef")}), n=6)
    >>> units_in_order(plan, "A") == units_in_order(plan, "B"), sorted(units_in_order(plan, "A")) == list("abcdef")
    (False, True)
    """
    drawn = plan[plan["drawn"]]
    order = hash_names([f"{seed}|row|{coder}|{doc}" for doc, seed in zip(drawn["doc_id"], drawn["seed"], strict=True)])
    return [str(doc) for doc in drawn["doc_id"].to_numpy()[order.argsort()]]


def shown_of(
    documents: pd.DataFrame, units: Sequence[str], shown: Sequence[str], taken: Collection[str]
) -> pd.DataFrame:
    """Return what a coder sees of each unit, a column of text each; title and text only where the documents have them.

    Raises
    ------
    SchemaError
        A document is missing or stands twice, a column is missing, or ``shown`` names what a coder must not see: what
        was measured, or what is ``taken`` since it is coded.
    """
    if isinstance(shown, str):
        raise SchemaError(f"`shown` is {shown!r}; it must be a list of columns. Write [{shown!r}].")
    shown = [name for name in shown if name in documents.columns or name not in SHOWN]
    need(documents, "documents", ["doc_id", *shown], table="DOCUMENTS")
    seen = sorted(set(shown) & (_BLIND | set(taken)))
    if seen:
        raise SchemaError(
            f"`shown` names {first_three(seen)}, which a coder must not see while coding. Show title, text, date or "
            "source."
        )
    check_documents_once(documents)
    texts = documents.assign(doc_id=documents["doc_id"].astype("str")).set_index("doc_id")
    lost = sorted(set(units) - set(texts.index))
    if lost:
        raise SchemaError(
            f"`documents` lacks {len(lost)} of the drawn documents. First: {first_three(lost)}. Pass the documents "
            "that the plan was drawn from."
        )
    own = texts.loc[list(units), shown].reset_index(drop=True)
    return pd.DataFrame({name: _as_text(own[name]) for name in shown}, index=own.index)


def _as_text(column: pd.Series) -> pd.Series:
    """Return values as a coder reads them: days as YYYY-MM-DD, nothing where there is none."""
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        column = column.dt.strftime("%Y-%m-%d")
    return column.astype(object).where(column.notna(), "").astype("str")
