"""Coding by hand and settling codes, on a form in a notebook."""

from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from os import PathLike

import pandas as pd

from discourse.display.coding_form import CodingForm
from discourse.display.wording import LANGUAGES
from discourse.errors import ResourceError, check_choice
from discourse.validity.handcoding.opening import SETS, Asked, open_adjudication, open_coding
from discourse.validity.units import SHOWN

__all__ = ["adjudicate", "code"]


def _check(language: str) -> None:
    check_choice("language", language, LANGUAGES)
    if find_spec("anywidget") is None:
        raise ResourceError(
            "The form needs the package anywidget. Install it with: pip install 'arabic-discourse[jupyter]'"
        )


def _labels_of(variables: object) -> dict[str, Mapping[str, object]]:
    """Return the labels of codes, where a codebook has them: {"sure": {"0": "no", "1": "yes"}}."""
    if not isinstance(variables, Mapping):
        return {}
    told = {str(name): codes for name, codes in variables.items() if isinstance(codes, Mapping)}
    return {name: {str(code): label for code, label in codes.items()} for name, codes in told.items()}


def code(
    plan: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    path: str | PathLike[str],
    coder: str,
    variables: Mapping[str, Sequence[str]] | None = None,
    sets: Sequence[str] = SETS,
    shown: Sequence[str] = SHOWN,
    holder: str | None = None,
    target: str | None = None,
    marks: object = None,
    against: object = None,
    adjudicate: Sequence[str] | None = None,
    language: str = "en",
    take_over: bool = False,
) -> CodingForm:
    """Code the drawn documents by hand on a form in a notebook: PLAN and DOCUMENTS lead to a coding file.

    Each item is added to the file when it is saved, and is on the disk before the next one is shown; what was saved
    stays when the kernel stops. The same call with the same file goes on at the first item that is not coded. An item
    that is coded anew adds a line; the last one counts, the earlier stay as history. ``read_coding`` gives CODES.

    Parameters
    ----------
    plan : DataFrame
        PLAN of ``sample_for_coding``. Each coder gets the drawn documents in an order of their own, that of
        ``write_coding_sheet``.
    documents : DataFrame
        DOCUMENTS that hold the drawn ones.
    path : path
        The coding file; ends in ``.jsonl``. It is made where it is missing, and never written over. Two coders may
        share one or use two.
    coder : str
        Who codes.
    variables : mapping of str to sequence of str, optional
        The codebook: each variable and its codes; an empty sequence takes any text; a mapping of codes to labels shows
        the labels. By default ``position`` with -2 to 2 and none.
    sets : sequence of str
        Variables of which an item may have several codes; they are joined by ``;``.
    shown : sequence of str
        Document variables that the coder sees, such as ``date`` and ``source`` beside title and text.
    holder, target : str, optional
        Whose position is coded, and toward whom, in words that the coder reads.
    marks : DataFrame or list of DataFrame, optional
        MATCHES (with start_char and end_char), POSITIONS or QUOTATIONS whose places are shown in the text. Each line
        of the file then says that the coder was not blind. A mark can be called wrong; this is added to a file of
        corrections beside ``path``, which ends in ``.corrections.csv``.
    against : DataFrame, path or list of paths, optional
        CODES or coding files of other coders. Their codes of an item are shown once one's own are saved, and the form
        jumps to items that differ.
    adjudicate : sequence of str, optional
        Names of coders whose codes are shown from the start, to be settled by ``coder``: as ``adjudicate`` does with
        the codes of ``against``, or of ``path``.
    language : {"en", "ar"}
        Language of the form.
    take_over : bool
        Whether to go on though another session of this coder did not end: on another machine, say, or another kernel.

    Returns
    -------
    CodingForm
        What a cell shows as its last expression.

    Raises
    ------
    SchemaError
        The plan was changed, a document is missing, ``variables`` is no codebook, ``shown`` names what a coder must not
        see, the file belongs to another plan or codebook, or another session of this coder is open.
    SourceError
        The file is no coding file, or the place cannot be written.
    ResourceError
        anywidget is not installed.

    Examples
    --------
    >>> import tempfile
    >>> from discourse.validity.sampling import sample_for_coding
    >>> documents = pd.DataFrame({"doc_id": ["a", "b"], "text": ["رحبت موسكو بالاتفاق", "نفت كابل"]})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     code(sample_for_coding(documents, n=2), documents, path=f"{folder}/codes.jsonl", coder="A")
    Coding form: 0 of 2 coded; coder A; blind; asked: position; file: codes.jsonl
    """
    _check(language)
    asked = Asked(variables, sets, shown, holder, target, marks)._asdict() | {"take_over": take_over}
    if adjudicate is None:
        desk = open_coding(plan, documents, path=path, coder=coder, against=against, **asked)
    else:
        codes = path if against is None else against
        desk = open_adjudication(codes, documents, path=path, coder=coder, coders=adjudicate, plan=plan, **asked)
    return CodingForm(desk, language=language, labels=_labels_of(variables))


def adjudicate(
    codes: object,
    documents: pd.DataFrame,
    *,
    path: str | PathLike[str] | None = None,
    coder: str = "settled",
    coders: Sequence[str] | None = None,
    plan: pd.DataFrame | None = None,
    variables: Mapping[str, Sequence[str]] | None = None,
    sets: Sequence[str] = SETS,
    shown: Sequence[str] = SHOWN,
    holder: str | None = None,
    target: str | None = None,
    marks: object = None,
    agreed: bool = True,
    language: str = "en",
    take_over: bool = False,
) -> CodingForm:
    """Settle what coders see otherwise, with their codes beside each other; what is settled is kept as a third coder.

    Items on which coders differ come first. Where all of two or more coders agree on every variable, their code is
    taken at once, unless ``agreed`` is false; so that the third coder has a code of each item when all are settled.

    Parameters
    ----------
    codes : path, list of paths, or DataFrame
        Coding files, or CODES, as ``read_coding_sheet`` returns them.
    documents : DataFrame
        DOCUMENTS that hold the coded ones.
    path : path, optional
        The coding file that takes what is settled; by default the first of ``codes``. CODES need one.
    coder : str
        The name of the third coder.
    coders : sequence of str, optional
        Whose codes are settled; by default all but those of ``coder``.
    plan : DataFrame, optional
        PLAN, so that the file of CODES is of this plan; coding files know theirs.
    variables, sets, holder, target
        As in ``code``, for CODES; coding files know theirs (labels of codes are taken from ``variables``).
    shown, marks, language, take_over
        As in ``code``.
    agreed : bool
        Whether codes on which all agree are taken without being shown.

    Returns
    -------
    CodingForm
        What a cell shows as its last expression.

    Raises
    ------
    SchemaError
        There is no code of others, ``path`` is missing for CODES, or as for ``code``.
    SourceError
        A file is no coding file, or the place cannot be written.
    ResourceError
        anywidget is not installed.
    """
    _check(language)
    desk = open_adjudication(
        codes, documents, path=path, coder=coder, coders=coders, plan=plan, agreed=agreed, take_over=take_over,
        **Asked(variables, sets, shown, holder, target, marks)._asdict(),
    )  # fmt: skip
    return CodingForm(desk, language=language, labels=_labels_of(variables))
