"""The sentences of the report, in English and in Arabic; they stand in wording.yml."""

import re
from functools import cache
from importlib.resources import files

import yaml

from discourse.display.labels import LANGUAGES
from discourse.errors import check_choice

__all__ = ["wording"]

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@cache
def _sentences() -> dict[str, dict[str, str]]:
    return yaml.safe_load(files("discourse.display").joinpath("wording.yml").read_text(encoding="utf-8"))


def wording(name: str, language: str, **values: object) -> str:
    """Return a sentence of the report with its values filled in; whole numbers get thousands separators.

    Examples
    --------
    >>> wording("overall", "en", title="Frames")
    'Frames in all documents'
    """
    check_choice("language", language, LANGUAGES)
    shown = {key: f"{value:,}" if type(value) is int else str(value) for key, value in values.items()}
    if language == "ar":  # isolate days, which a right-to-left sentence would turn around
        shown = {key: f"\u2066{text}\u2069" if _DAY.fullmatch(text) else text for key, text in shown.items()}
    return _sentences()[name][language].format(**shown)
