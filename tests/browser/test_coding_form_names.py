"""The coding form in a page without a notebook: names of coders and codes as they are read."""

import pandas as pd
import pytest

import discourse as dc
from discourse.display import coding_form

SCRIPT = coding_form.files("discourse.display").joinpath("coding_form.js")
DOCUMENTS = pd.DataFrame({"doc_id": ["d0", "d1"], "text": ["رحبت موسكو", "نفت كابل"]})
BOOK = {"position": ["-1", "0", "1", "none"], "frames": ["drugs", "arming", "none"]}
PAGE = """
async (script) => {
  const made = await import(URL.createObjectURL(new Blob([script], { type: "text/javascript" })));
  let heard = () => {};
  const model = {
    on: (_, take) => { heard = take; },
    off: () => {},
    send: async (message) => heard({ id: message.id, ...(await window.answer(message)) }),
  };
  made.default.render({ model, el: document.body });
}
"""


def test_coding_form_isolates_names_and_shows_none_in_sets(browser, tmp_path):
    pytest.importorskip("anywidget", reason="anywidget is not installed (extra 'jupyter')")
    plan = dc.sample_for_coding(DOCUMENTS, n=2)
    codes = pd.DataFrame(
        [("d0", coder, "position", value) for coder, value in (("A <b>", "1"), ("B", "0"))],
        columns=["unit_id", "coder", "variable", "value"],
    )
    form = dc.adjudicate(
        codes, DOCUMENTS, path=tmp_path / "settled.jsonl", coder="S <b>", plan=plan, variables=BOOK, language="ar"
    )
    page = browser.new_page()
    page.expose_function("answer", form.answer)
    page.goto("about:blank")
    page.evaluate(PAGE, SCRIPT.read_text("utf-8"))
    page.wait_for_selector("fieldset")
    shown = page.inner_text("body")
    assert "\u2068S <b>\u2069" in shown
    assert "\u2068A <b>\u2069، B" in shown or "\u2068A <b>\u2069, B" in shown
    assert page.locator("button", has_text="\u2068A <b>\u2069").count() == 1
    for variable in BOOK:
        label = page.locator(f"fieldset[data-variable={variable}] label", has=page.locator("input[value=none]"))
        assert label.locator(".name").inner_text() == "none"
        assert label.locator(".label").inner_text() == "لا شيء يُرمَّز"
    page.close()
    form.close()
