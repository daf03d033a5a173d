"""From a line of a concordance to its sentence in the evidence page."""

import pandas as pd
import pytest

from discourse.display.concordances import concordance_page, link_concordance
from discourse.display.evidence.chapters import PAGE_TABLES, compose_evidence
from discourse.display.report import render_report
from discourse.language.tokens import tokenize
from discourse.reading.matching.concordance import kwic
from discourse.steps.making import make_tables
from discourse.study import load_study

N_DOCUMENTS = 120  # more than two parts of the page
FILLING = "رسم الولد قمرا صغيرا بلون فضي. " * 40
HERE = """() => {
    const all = (name) => [...document.querySelectorAll(name)].map((one) => one.textContent).join("");
    const first = document.querySelector(".ev-asked"), box = first && first.getBoundingClientRect();
    return { sentence: all(".ev-asked"), word: all(".ev-asked-word"), focused: document.activeElement === first,
             seen: Boolean(box) && box.top >= 0 && box.bottom <= innerHeight };
}"""


def corpus():
    """Return many reports; some sentences lie far down, behind a letter of two units, or twice alike."""
    texts = [
        f"{FILLING}🙂 قالت موسكو إن الحوار رقم {n} مع طالبان ضروري. {FILLING}نفت روسيا تسليح طالبان. انتهى."
        for n in range(N_DOCUMENTS)
    ]
    return pd.DataFrame(
        {
            "doc_id": [f"@1-2:d/{n}" for n in range(N_DOCUMENTS)],
            "text": texts,
            "title": "خبر عن طالبان",
            "source": "الصحيفة",
            "date": pd.date_range("2017-01-05", periods=N_DOCUMENTS, freq="7D"),
            "date_precision": "day",
        }
    )


@pytest.fixture(scope="module")
def made(browser, tmp_path_factory):
    """Return documents, tokens, lines and, by what they hold of the texts, the pages."""
    folder, documents = tmp_path_factory.mktemp("sentences"), corpus()
    study = load_study("russia-taliban", n_draws=20, period="year", copies="keep")
    tables = make_tables(documents, PAGE_TABLES, study=study)
    pages = {}
    for texts in ("all", "sentences", "none"):
        title, chapters = compose_evidence(tables, study, texts=texts)
        pages[texts] = folder / f"{texts}.html"
        pages[texts].write_text(render_report(title, chapters, language="en"), encoding="utf-8")
    tokens = tokenize(documents)
    return documents, tokens, kwic(tokens, "طالبان", documents), pages


def opened(browser, place, address):
    """Open an address beside a file."""
    page = browser.new_page(viewport={"width": 800, "height": 600})
    page.set_default_timeout(10_000)
    page.goto(f"{place.parent.as_uri()}/{address}")
    page.wait_for_selector("#ev[data-ready]")
    return page


@pytest.mark.parametrize("texts", ["all", "sentences"])
@pytest.mark.parametrize("row", [0, 1, 2 * 55, 2 * 119 + 1])
def test_line_opens_the_page_at_its_sentence_with_the_keyword_marked(made, browser, texts, row):
    documents, tokens, lines, pages = made
    linked = link_concordance(lines, pages[texts], tokens=tokens, beside=pages[texts].parent)
    line = linked.iloc[row]
    page = opened(browser, pages[texts], line["evidence"])
    page.wait_for_selector(".ev-asked:focus")
    found = page.evaluate(HERE)
    text = documents.set_index("doc_id")["text"].loc[str(line["doc_id"])]
    wanted = next(one for one in text.split(". ") if f"{line['pre'].split()[-1]} {line['keyword']}" in one)
    assert found["sentence"].rstrip(".") == wanted.rstrip(".")
    assert (found["word"], found["focused"], found["seen"]) == (line["keyword"], True, True)
    assert page.locator(".ev-meta bdi", has_text=str(line["doc_id"])).count() == 1
    page.close()


def test_line_of_a_concordance_page_is_a_link_that_opens_its_sentence(made, browser):
    _, tokens, lines, pages = made
    place = pages["all"].parent / "lines.html"
    shown = link_concordance(lines.tail(3), pages["all"], tokens=tokens, beside=place.parent)
    place.write_text(concordance_page(shown, title="طالبان"), encoding="utf-8")
    page = browser.new_page(viewport={"width": 800, "height": 600})
    page.goto(place.as_uri())
    page.locator("td.of a").nth(2).click()
    page.wait_for_selector(".ev-asked:focus")
    assert page.evaluate(HERE)["word"] == shown["keyword"].iloc[2]
    assert page.evaluate("history.length") == 3
    page.close()


def test_line_of_an_entry_in_the_page_leads_to_its_place_and_back(made, browser):
    page = opened(browser, made[3]["all"], "all.html#ev:/x%3Acue")
    page.locator("#ev-panel table a").first.click()
    page.wait_for_selector(".ev-lines .ev-kwic")
    link = page.locator(".ev-lines .ev-kwic").nth(30)
    node, layer = link.locator(".ev-node").inner_text(), link.get_attribute("data-layer")
    link.click()
    page.wait_for_selector(".ev-asked:focus")
    found = page.evaluate(HERE)
    assert (found["sentence"], found["seen"]) == (node, True)
    page.keyboard.press("Escape")
    page.wait_for_selector(".ev-lines .ev-kwic:focus")
    assert page.evaluate("document.activeElement.dataset.layer") == layer
    page.close()


@pytest.mark.parametrize(
    ("texts", "asked"), [("none", "0-5"), ("all", "0-999999"), ("all", "7-7"), ("sentences", "0-27")]
)
def test_sentence_that_the_page_does_not_hold_is_said_to_be_missing(made, browser, texts, asked):
    address = f"{texts}.html#ev:/d%40{asked}%3A%401-2%3Ad%2F3"
    page = opened(browser, made[3][texts], address)
    page.wait_for_selector(".ev-missing")
    assert page.locator(".ev-missing").inner_text() == (
        "This page does not hold the sentence that the address names: it is left out, or the text is another one."
    )
    assert page.locator(".ev-asked").count() == 0
    page.close()


def test_long_document_is_gone_to_once_the_sentence_is_drawn(made, browser, tmp_path):
    text = "نفت روسيا تسليح طالبان. " * 2000 + "قال لافروف إن طالبان قوة."
    documents = corpus().head(1).assign(text=[text])
    study = load_study("russia-taliban", n_draws=20, period="year", copies="keep")
    title, chapters = compose_evidence(make_tables(documents, PAGE_TABLES, study=study), study, texts="all")
    place = tmp_path / "long.html"
    place.write_text(render_report(title, chapters, language="en"), encoding="utf-8")
    tokens = tokenize(documents)
    lines = link_concordance(kwic(tokens, "طالبان", documents).tail(1), place, tokens=tokens, beside=tmp_path)
    page = opened(browser, place, lines["evidence"].iloc[0])
    page.wait_for_selector(".ev-asked:focus")
    page.wait_for_timeout(500)
    found = page.evaluate(HERE)
    assert found == {"sentence": "قال لافروف إن طالبان قوة.", "word": "طالبان", "focused": True, "seen": True}
    page.close()
