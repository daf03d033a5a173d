"""The form for coding by hand in a notebook: what is behind it stands in discourse/validity/handcoding."""

import hashlib
import sys
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from discourse.display.cells import escape
from discourse.display.form_words import form_words, mark_label, variables_shown
from discourse.display.wording import fill_in
from discourse.validity.handcoding.desk import Desk

__all__ = ["CodingForm"]

_MIME = "application/vnd.jupyter.widget-view+json"
_WIDGETS: dict[str, Any] = {}  # the forms that are shown, by what they are of: one that is opened again replaces it


class CodingForm:
    """A form as a notebook shows it: live where somebody can code, else the state of the coding in a line.

    What is saved with a notebook holds no texts, no place on this machine and no number that changes, so that a
    notebook with a form can be run again and compared.

    Attributes
    ----------
    desk : Desk
        The coder's session, texts and marks; ``desk.answer`` takes what the form sends.
    language : {"en", "ar"}
        Language of the form.
    """

    def __init__(
        self, desk: Desk, *, language: str = "en", labels: Mapping[str, Mapping[str, object]] | None = None
    ) -> None:
        self.desk, self.language = desk, language
        self._labels = labels or {}

    def __repr__(self) -> str:
        return f"{self._say('form')}: {self._say('semicolon').join(self._state())}"

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        shown: dict[str, Any] = {"text/plain": repr(self), "text/html": self.to_html()}
        if _has_front_end():
            shown[_MIME] = {"version_major": 2, "version_minor": 0, "model_id": self._live()}
        return shown

    def to_html(self) -> str:
        """Return what is shown where nobody can code: who codes what, and how far it is."""
        side = "rtl" if self.language == "ar" else "ltr"
        items = "".join(f"<li>{escape(part)}</li>" for part in self._state())
        return (
            f'<div class="discourse-coding-state" lang="{self.language}" dir="{side}"><p><strong>'
            f"{escape(self._say('form'))}</strong></p><ul>{items}</ul><p>{escape(self._say('open_here'))}</p></div>"
        )

    def close(self) -> None:
        """End the session, so that another one of this coder can begin; what was saved stays."""
        widget = _WIDGETS.pop(self._name(), None)
        if widget is not None:
            widget.close()
        self.desk.session.close()

    def answer(self, message: object) -> dict[str, Any]:
        """Return what the form shows after a message; the first one asks for its words too."""
        told = self.desk.answer(message)
        for mark in told.get("view", {}).get("marks", []):
            mark["label"] = mark_label(mark, self.language)
        if isinstance(message, dict) and message.get("do") == "open":
            told["setup"] = self.setup()
        return told

    def setup(self) -> dict[str, Any]:
        """Return what the form needs to know once: words, variables with codes and keys, who codes what."""
        session = self.desk.session
        return {
            "language": self.language,
            "words": form_words(self.language),
            "variables": variables_shown(session.head, self._labels, self.language),
            "state": self._who(),
            "whose": self._whose(),
            "blind": session.blind,
            "adjudicates": session.adjudicates,
        }

    def _say(self, name: str, **values: object) -> str:
        return fill_in("coding", name, self.language, **values)

    def _named(self, name: str) -> str:
        """Return a name that keeps its own direction in an Arabic line, so that its signs stay on their sides."""
        return f"\u2068{name}\u2069" if self.language == "ar" and not name.isalnum() else name

    def _whose(self) -> str:
        holder, target = self.desk.session.head.whose
        name = "whose" if holder and target else "holder_only" if holder else "target_only" if target else ""
        return self._say(name, holder=holder, target=target) if name else ""

    def _who(self) -> list[str]:
        session = self.desk.session
        names = sorted({one.coder for own in session.others.values() for one in own})
        return [
            self._say("coder", coder=self._named(session.coder)),
            self._say("blind" if session.blind else "marked"),
            *([self._say("settles", coders=", ".join(map(self._named, names)))] if session.adjudicates else []),
            *([self._say("damaged", n=len(session.rejects))] if session.rejects else []),
        ]

    def _state(self) -> list[str]:
        session = self.desk.session
        named = [one["label"] for one in variables_shown(session.head, self._labels, self.language)]
        done = self._say("progress", n_coded=session.n_coded, n=len(session.units))
        asked = [self._whose()] if self._whose() else []
        return [done, *self._who(), *asked, self._say("variables", variables=", ".join(named)),
                self._say("file", file=session.path.name)]  # fmt: skip

    def _name(self) -> str:
        """Return a number that is the same in each run: of which coder, file and plan the form is."""
        session = self.desk.session
        told = f"{session.path.name}|{session.coder}|{session.head.plan}|{session.head.asked}"
        return hashlib.sha256(told.encode("utf-8")).hexdigest()[:32]

    def _live(self) -> str:
        """Show the form as a widget, in the place of an earlier one of the same coder and file."""
        name = self._name()
        earlier = _WIDGETS.pop(name, None)
        if earlier is not None:
            earlier.close()
        _WIDGETS[name] = _make_widget(self, name)
        return name


def _make_widget(form: CodingForm, name: str) -> Any:
    import anywidget

    folder = files("discourse.display")

    class CodingWidget(anywidget.AnyWidget):
        _esm = folder.joinpath("coding_form.js").read_text(encoding="utf-8")
        _css = folder.joinpath("coding_form.css").read_text(encoding="utf-8")

    def take(widget: Any, content: Any, _buffers: Any) -> None:
        asked = content.get("id") if isinstance(content, dict) else None
        try:
            told = form.answer(content)
        except Exception as error:
            widget.send({"id": asked, "error": f"{type(error).__name__}: {error}"})
            raise
        widget.send({"id": asked, **told})

    widget = CodingWidget(model_id=name)
    widget.on_msg(take)
    return widget


def _has_front_end() -> bool:
    """Tell whether a notebook asked for the cell: it names the cell, which a run without a reader does not."""
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    asked = getattr(getattr(shell, "kernel", None), "get_parent", dict)()
    return bool((asked.get("metadata") or {}).get("cellId")) or "google.colab" in sys.modules
