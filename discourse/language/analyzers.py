"""camel-tools' analyzers by name: a frequency model of its own data, a database by its path, the Buckwalter tables."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from discourse.errors import ResourceError
from discourse.language.arabic.buckwalter import write_buckwalter_database, write_catalogue

__all__ = ["load_analyzer"]

COMMAND = "camel_data -i disambig-mle-calima-msa-r13"
_NO_LOGPROB = -99.0  # what camel-tools takes where a database gives an analysis no frequency


class _Ranked:
    """All analyses of each word by a camel-tools analyzer, the likeliest first.

    Equal to camel-tools' MLE disambiguator without a model. That one's module imports editdistance, which has no wheel
    for Python 3.13 and later, to compare with a model's analyses; without a model there is nothing to compare.
    """

    def __init__(self, analyzer: Any):
        self._analyzer = analyzer
        self._common = _import_camel("camel_tools.disambig.common")
        self._strip = _import_camel("camel_tools.utils.dediac").dediac_ar

    def disambiguate(self, sentence: list[str]) -> list[Any]:
        return [self._common.DisambiguatedWord(word, self._rank(self._strip(word))) for word in sentence]

    def _rank(self, word: str) -> list[Any]:
        analyses = self._analyzer.analyze(word)
        if not analyses:
            return []
        shares = [10 ** (_NO_LOGPROB if (p := a.get("pos_lex_logprob")) is None else p) for a in analyses]
        likeliest = max(shares)
        return sorted(
            self._common.ScoredAnalysis(
                share / likeliest,
                analysis,
                analysis["diac"],
                analysis.get("pos_lex_logprob", _NO_LOGPROB),
                analysis.get("lex_logprob", _NO_LOGPROB),
            )
            for share, analysis in zip(shares, analyses, strict=True)
        )


def load_analyzer(analyzer: object) -> Any:
    """Return a camel-tools disambiguator for what the caller names.

    Parameters
    ----------
    analyzer : str, Path or object
        As ``annotate_morphology`` takes it; an object with a method ``disambiguate`` is returned as it is.

    Returns
    -------
    object
        Its ``disambiguate`` takes a list of words and returns the scored analyses of each.

    Raises
    ------
    ResourceError
        camel-tools, its data, the file or the tables are not installed; the message names what installs them.
    """
    if hasattr(analyzer, "disambiguate"):
        return analyzer
    if analyzer == "buckwalter":
        return _buckwalter()
    if _is_path(analyzer):
        if not Path(str(analyzer)).is_file():
            raise ResourceError(f"`analyzer` is {str(analyzer)!r}: there is no such database file.")
        with _catalogue():
            return _from_database(Path(str(analyzer)))
    mle = _import_camel("camel_tools.disambig.mle")
    datasets = mle.CATALOGUE.components["DisambigMLE"].datasets if "DisambigMLE" in mle.CATALOGUE.components else {}
    known = sorted(datasets)
    if analyzer not in known:
        raise ResourceError(f"camel-tools has no MLE model {analyzer!r} (known here: {known}); run: {COMMAND}")
    if not (Path(datasets[analyzer].path) / "model.json").is_file():
        raise ResourceError(f"camel-tools' MLE model {analyzer!r} is not installed; run: {COMMAND}")
    return mle.MLEDisambiguator.pretrained(analyzer, cache_size=0)


def _is_path(analyzer: object) -> bool:
    return isinstance(analyzer, Path) or (
        isinstance(analyzer, str) and (os.sep in analyzer or Path(analyzer).suffix == ".db")
    )


def _from_database(path: Path) -> _Ranked:
    database = _import_camel("camel_tools.morphology.database").MorphologyDB(str(path), "a")
    backoff = "NOAN_PROP" if "NOAN" in database.stem_hash else "NONE"
    return _Ranked(_import_camel("camel_tools.morphology.analyzer").Analyzer(database, backoff))


def _buckwalter() -> _Ranked:
    """Build the Buckwalter database in a temporary folder."""
    with tempfile.TemporaryDirectory(prefix="discourse-buckwalter-") as folder, _catalogue():
        return _from_database(write_buckwalter_database(Path(folder) / "morphology.db"))


def _data_folder() -> Path:
    given = os.environ.get("CAMELTOOLS_DATA")
    if given:
        return Path(given).expanduser()
    windows = Path.home() / "AppData/Roaming/camel_tools"
    return windows if os.name == "nt" else Path.home() / ".camel_tools"


@contextmanager
def _catalogue() -> Iterator[None]:
    """Give camel-tools an empty catalogue where it has none: it would fetch one when it is imported."""
    if (_data_folder() / "catalogue.json").is_file():
        yield
        return
    previous = os.environ.get("CAMELTOOLS_DATA")
    with tempfile.TemporaryDirectory(prefix="discourse-catalogue-") as folder:
        os.environ["CAMELTOOLS_DATA"] = str(Path(folder))
        write_catalogue(folder)
        try:
            yield
        finally:
            if previous is None:
                del os.environ["CAMELTOOLS_DATA"]
            else:
                os.environ["CAMELTOOLS_DATA"] = previous


def _import_camel(module: str) -> Any:
    """Import a camel-tools module that reads the catalogue, only where there is one: it would fetch it otherwise."""
    if find_spec("camel_tools") is None:
        raise ResourceError("camel-tools is not installed; run: pip install 'arabic-discourse[morphology]'")
    if not (_data_folder() / "catalogue.json").is_file():
        raise ResourceError(f"camel-tools' morphology data is not installed; run: {COMMAND}")
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if error.name != "editdistance":
            raise
        raise ResourceError(
            "camel-tools' frequency models need editdistance, which is not installed; run: pip install editdistance "
            "(on Python 3.13 and later it has no wheel and needs a C++ compiler)"
        ) from error
