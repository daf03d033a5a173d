"""The evidence page, used as a reader uses it: by keyboard, without the net, in two languages."""

import csv
import io
import json
import os
from importlib.resources import files
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from discourse.display.evidence.chapters import PAGE_TABLES, compose_evidence
from discourse.display.report import render_report
from discourse.language.tokens import tokenize
from discourse.lexicons.loader import load_lexicon
from discourse.measures.series import count_by_period, position_by_period
from discourse.reading.matching.matches import find_matches
from discourse.sources.events import read_events
from discourse.sources.seeds import load_seed
from discourse.steps.making import make_tables
from discourse.study import load_study
from discourse.validity.corrected_tables import apply_corrections
from discourse.validity.corrections import read_corrections

HOME = files("discourse.display.evidence")
STARTED = """
  window.violations = [];
  document.addEventListener("securitypolicyviolation", (event) => window.violations.push(event.violatedDirective));
"""


def made_tables(documents, **options):
    """Return the tables of a page and the study that they answer."""
    study = load_study("russia-taliban", n_draws=20, **options)
    return make_tables(documents, PAGE_TABLES, study=study), study


def written_page(tables, study, place, *, texts="all", language="en"):
    """Write the page of these tables and return its path."""
    title, chapters = compose_evidence(tables, load_study(study, language=language), texts=texts)
    place.write_text(render_report(title, chapters, language=language), encoding="utf-8")
    return place


def seed_tables():
    """Return the tables of the coded reports."""
    return made_tables(load_seed("reports"))


def few_documents(**changes):
    """Return six short reports that take sides; columns may be changed."""
    texts = [
        "قال المبعوث الروسي إن موسكو تجري حوارا مع حركة طالبان لمكافحة إرهاب داعش.",
        "نفت روسيا تسليح طالبان وقالت إن الاتهامات الأمريكية باطلة. 🙂 رفضت موسكو دعم طالبان.",
        "رفعت المحكمة الروسية الحظر عن طالبان واعترفت موسكو بالحكومة في كابل.",
    ] * 2
    columns = {
        "doc_id": [f"d{n}" for n in range(6)],
        "text": texts,
        "title": ["🙂 موسكو تدعم طالبان", *["خبر"] * 5],
        "source": ["الصحيفة", "الجريدة"] * 3,
        "url": "https://example.org/a",
        "date_precision": "day",
        "date": pd.date_range("2017-01-05", periods=6, freq="70D"),
    }
    return pd.DataFrame({**columns, **changes})


def opened(browser, path, *, at="", width=1280, **options):
    """Open a page; return it with what went wrong: errors, and every request that is none of the file itself."""
    context = browser.new_context(viewport={"width": width, "height": 900}, accept_downloads=True, **options)
    page = context.new_page()
    page.set_default_timeout(10_000)
    problems: list[str] = []
    page.add_init_script(STARTED)
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on(
        "request",
        lambda asked: problems.append(asked.url) if not asked.url.startswith(("file:", "data:", "blob:")) else None,
    )
    page.goto(path.as_uri() + at)
    page.wait_for_selector("#ev[data-ready]")
    return page, problems


def sources(*names):
    """Return scripts of the page as one text."""
    return "\n".join(HOME.joinpath(f"{name}.js").read_text(encoding="utf-8") for name in names)


def settled(page, ending):
    """Wait until the page shows the state whose address ends so."""
    page.wait_for_selector(f'#ev[data-ready$="{ending}"]')


CELLS = """
  HEAD = plainPart("head");
  CORE = prepare(await openPart("core"));
"""


@pytest.fixture(scope="module")
def seeds(browser):
    """Return the tables of the coded reports and their study."""
    return seed_tables()


@pytest.fixture(scope="module")
def pages(seeds, tmp_path_factory):
    """Return the evidence page of the coded reports, by language."""
    folder = tmp_path_factory.mktemp("evidence")
    return {language: written_page(*seeds, folder / f"{language}.html", language=language) for language in ("en", "ar")}


@pytest.fixture(scope="module")
def few(browser, tmp_path_factory):
    """Return tables and study of six reports, and their page with all texts."""
    tables, study = made_tables(few_documents(), period="quarter", copies="keep")
    return tables, study, written_page(tables, study, tmp_path_factory.mktemp("few") / "few.html")


def computed(page, figure, filters):
    """Return the cells of a figure as the page computes them from its own data."""
    code = sources("stats", "words", "data")
    asked = f"computeLines(CORE, {json.dumps(figure)}, {{...NO_FILTER, ...{json.dumps(filters)}}})"
    return page.evaluate(
        f"(async () => {{ {code} {CELLS} return (await {asked}).map((one) => ({{...one, days: CORE.periods}})); }})()"
    )


def held(lines, expected, keys):
    """Hold cells of the page against SERIES; return how many were compared."""
    wanted = {
        (*(str(row[key]) for key in keys), row["period"].strftime("%Y-%m-%d")): row
        for row in expected.to_dict("records")
    }
    n = 0
    for line in lines:
        for point in line["points"]:
            row = wanted[(*line["key"].split("/", 1)[: len(keys)], line["days"][point["period"]])]
            assert point["nDocs"] == row["n_docs"] and point["nWith"] == row["n_docs_with"]
            assert point["nUnits"] == row["n_units"]
            for name in ("estimate", "lower", "upper"):
                if np.isnan(row[name]):
                    assert point[name] is None
                elif name == "estimate":
                    assert point[name] == row[name]
                else:
                    assert point[name] == pytest.approx(row[name], rel=1e-9, abs=1e-12)
            n += 1
    return n


def test_page_cells_computed_from_its_data_equal_those_of_python(pages, seeds, browser):
    tables, _ = seeds
    page, _ = opened(browser, pages["en"])
    lines = computed(page, {"kind": "positions"}, {"holder": "russia"})
    n = held(lines, tables["position_series"], ["basis", "category"])
    for measure in ("share", "per_1000"):
        series = tables["series"].loc[lambda table, measure=measure: table["measure"].eq(measure)]
        n += held(computed(page, {"kind": "counts", "lexicon": "frames", "measure": measure}, {}), series, ["category"])
    n += held(
        computed(page, {"kind": "counts", "lexicon": "naming", "measure": "share"}, {}), tables["naming"], ["category"]
    )
    assert n == sum(len(tables[name]) for name in ("position_series", "series", "naming"))
    shown = page.evaluate("JSON.parse(document.querySelector('[data-part=head]').textContent).series")
    assert sum(len(one["period"]) for one in shown) == n
    page.context.close()


def test_page_filtered_cells_equal_series_of_the_documents_that_are_left(pages, seeds, browser):
    tables, _ = seeds
    page, _ = opened(browser, pages["en"])
    countries, periods = page.evaluate(
        f"(async () => {{ {sources('stats', 'words', 'data')} {CELLS} return [CORE.countries, CORE.periods]; }})()"
    )
    units = tables["units"]
    country, first, last = "EG", 15, 24
    years = pd.to_datetime(units["date"]).dt.year
    kept = units.loc[units["country"].eq(country) & years.between(*(int(periods[n][:4]) for n in (first, last)))]
    filters = {"country": countries.index(country), "from": first, "to": last, "holder": "russia"}
    own = tables["counts"].loc[tables["counts"]["doc_id"].astype(str).isin(kept["doc_id"])].drop(columns="lexicon")
    n = 0
    for measure in ("share", "per_1000"):
        lines = computed(page, {"kind": "counts", "lexicon": "frames", "measure": measure}, filters)
        expected = count_by_period(own, kept, freq="YS", measure=measure)
        inside = [
            {
                **line,
                "points": [
                    one
                    for one in line["points"]
                    if line["days"][one["period"]] in set(expected["period"].dt.strftime("%Y-%m-%d"))
                ],
            }
            for line in lines
        ]
        n += held(inside, expected, ["category"])
    positions = tables["document_positions"].loc[
        lambda table: table["holder"].eq("russia") & table["doc_id"].isin(kept["doc_id"])
    ]
    lines = [
        line
        for line in computed(page, {"kind": "positions"}, filters)
        if line["panel"] == "lexicon" and line["name"] == "russia"
    ]
    expected = position_by_period(positions, kept, freq="YS").assign(basis="lexicon")
    days = set(expected["period"].dt.strftime("%Y-%m-%d"))
    lines = [
        {**line, "points": [one for one in line["points"] if line["days"][one["period"]] in days]} for line in lines
    ]
    n += held(lines, expected, ["basis", "category"])
    assert n > 100
    page.context.close()


def test_every_point_leads_to_its_sentences_and_back_by_keyboard_alone(pages, browser):
    page, problems = opened(browser, pages["en"])
    page.locator("#ev-by-to").focus()
    layers = page.evaluate(
        "[...document.querySelectorAll('#ev-drawing .ev-point:not(.ev-event)')].map((one) => one.dataset.layer)"
    )
    assert len(layers) > 40 and len(set(layers)) == len(layers)
    page.keyboard.press("Tab")
    at = "document.activeElement.dataset.layer"
    seen = []
    for _ in range(10):  # lines, until the ledger begins
        page.keyboard.press("Home")
        if page.evaluate(at).startswith("e:"):
            break
        while True:
            layer = page.evaluate(at)
            seen.append(layer)
            walk_to_a_sentence_and_back(page, layer)
            page.keyboard.press("ArrowRight")
            if page.evaluate(at) == layer:
                break
        page.keyboard.press("ArrowDown")
    assert sorted(seen) == sorted(layers)
    assert problems == []
    page.context.close()


def walk_to_a_sentence_and_back(page, layer):
    """Open a point, its first document and a mark in it; come back to the point."""
    page.keyboard.press("Enter")
    page.wait_for_selector("#ev-panel:not([hidden]) .ev-list a")
    assert page.evaluate("document.activeElement.tagName") == "H3"
    page.keyboard.press("Tab")
    document = page.evaluate("document.activeElement.dataset.layer")
    assert document.startswith("d:")
    page.keyboard.press("Enter")
    page.wait_for_selector("#ev-panel .ev-text mark[role=button]")
    assert page.evaluate("document.activeElement.tagName") == "H3"
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.ev-text mark[role=button]')"):
            break
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.className") == "ev-note"
    assert page.locator(".ev-note a, .ev-note button").count() > 1
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.tagName") == "MARK"
    page.keyboard.press("Escape")
    page.wait_for_selector(".ev-list a")
    assert page.evaluate("document.activeElement.dataset.layer") == document
    page.keyboard.press("Escape")
    page.wait_for_selector("#ev-panel[hidden]", state="attached")
    assert page.evaluate("document.activeElement.dataset.layer") == layer


def test_page_walked_through_asks_for_nothing_and_violates_no_rule(pages, browser):
    page, problems = opened(browser, pages["ar"], offline=True)
    page.locator("#ev-by-figure").select_option("frames-share")
    settled(page, "figure=frames-share")
    for address in ("x:entry", "x:rule", "x:cue", "x:quotation", "l:entry:5", "l:rule:contact", "e:90", "a:", "d:a003"):
        page.evaluate(f"location.hash = '#ev:/' + encodeURIComponent({json.dumps(address)})")
        settled(page, json.dumps(address)[1:-1].replace(":", "%3A"))
        assert page.locator("#ev-panel h3").inner_text().strip()
    assert page.evaluate("window.violations") == []
    assert problems == []
    page.context.close()


def test_address_opened_by_itself_shows_the_state_and_back_leads_up(pages, browser):
    page, _ = opened(
        browser, pages["en"], at="#ev:country=EG&from=2015-01-01/p%3Alexicon%2Frussia%402017-01-01/d%3Aa003"
    )
    assert page.locator("#ev-by-country").evaluate("(one) => one.selectedOptions[0].textContent") == "Egypt"
    assert page.locator("#ev-notes").inner_text().count("Filtered") == 1
    assert page.locator(".ev-text mark").count() > 3
    page.keyboard.press("Escape")
    page.wait_for_selector("#ev-panel .ev-list")
    assert page.evaluate("location.hash").endswith("2017-01-01")
    page.keyboard.press("Escape")
    page.wait_for_selector("#ev-panel[hidden]", state="attached")
    page.go_back()
    page.wait_for_selector("#ev-panel:not([hidden])")
    page.context.close()


def test_address_of_what_the_page_does_not_have_says_so(pages, browser):
    for at, said in (
        ("d%3Anone", "no such document"),
        ("e%3A9999", "no such event"),
        ("p%3Ax%402000-01-01", "no such point"),
    ):
        page, problems = opened(browser, pages["en"], at=f"#ev:figure=x&holder=y&source=z/{at}")
        assert said in page.locator("#ev-panel h3").inner_text()
        assert problems == []
        page.context.close()


def test_address_of_no_kind_or_page_is_held_on_an_open_page(pages, browser):
    page, problems = opened(browser, pages["en"])
    for at in ("x%3Afoo", "l%3Afoo%3Abar", "l%3Aentry%3A99999", "l%3Aentry%3Alength", "l%3Acue%3Anone", "z%3A"):
        page.evaluate(f"location.hash = '#ev:/{at}'")
        settled(page, at)
        assert page.locator("#ev-panel h3").inner_text() == "This page has no such thing."
    pages_of_all = -(-len(load_seed("reports")) // 50)
    assert pages_of_all > 1
    for at, held in (("a9%3A", pages_of_all), ("a-5%3A", 1)):
        page.evaluate(f"location.hash = '#ev:/{at}'")
        settled(page, at)
        assert page.locator(".ev-pager span").inner_text() == f"page {held} of {pages_of_all}"
        assert page.locator(".ev-list li").count() > 0
    assert problems == []
    page.context.close()


def test_filters_that_leave_no_document_say_so(few, browser):
    page, problems = opened(browser, few[2], at="#ev:from=2017-10-01&to=2017-10-01")
    none = "The filters leave no document."
    assert none not in page.locator("#ev-notes").inner_text()
    page.goto(few[2].as_uri() + "#ev:from=2017-10-01&to=2017-01-01")
    settled(page, "to=2017-01-01")
    assert page.locator("#ev-notes").inner_text().startswith(none)
    assert problems == []
    page.context.close()


def test_long_document_is_drawn_in_steps_and_whole(few, browser, tmp_path):
    tables, study, _ = few
    words = " ".join(f"w{n}" for n in range(9000))
    place = tables["units"]["doc_id"].eq("d2")
    units = tables["units"].assign(text=tables["units"]["text"].where(~place, words))
    starts = [one for one in range(len(words)) if one == 0 or words[one - 1] == " "]
    row = tables["lexicon_matches"].loc[lambda table: table["doc_id"].eq("d2")].head(1)
    matches = row.loc[row.index.repeat(len(starts))].reset_index(drop=True).assign(place="text", start_char=starts)
    matches = matches.assign(end_char=[one + 2 for one in starts])
    empty = {name: tables[name].head(0) for name in ("position_sentences", "quotations")}
    tables = {**tables, **empty, "units": units, "lexicon_matches": matches}
    page, problems = opened(browser, written_page(tables, study, tmp_path / "long.html"), at="#ev:/d%3Ad2")
    page.locator(".ev-text mark").nth(8999).wait_for(state="attached")
    blocks = page.locator(".ev-text > div").evaluate_all("(all) => all.map((one) => one.textContent)")
    assert "".join(blocks) == words and 5 < len(blocks) < 40
    assert problems == []
    page.context.close()


def test_points_of_one_report_are_told_in_the_singular(few, browser):
    page, _ = opened(browser, few[2])
    told = page.locator("#ev-drawing .ev-point").evaluate_all("(all) => all.map((one) => one.ariaLabel)")
    assert any("n 1 report," in one for one in told) and not any("n 1 reports" in one for one in told)
    page.context.close()


def test_marks_stand_where_python_found_them(few, browser):
    tables, _, path = few
    page, _ = opened(browser, path, at="#ev:/d%3Ad1")
    text = few_documents()["text"][1]
    found = tables["lexicon_matches"].loc[lambda table: table["doc_id"].eq("d1") & table["place"].eq("text")]
    marked = [one.replace("\n", " ") for one in page.locator(".ev-text mark").all_inner_texts()]
    for row in found.itertuples():
        assert text[row.start_char : row.end_char] in "".join(marked)
    behind = found.loc[found["start_char"].gt(text.index("🙂"))]
    assert len(behind) and all(text[row.start_char : row.end_char] in "".join(marked) for row in behind.itertuples())
    assert page.locator(".ev-text").inner_text().replace("\n", "").count("🙂") == 1
    page.context.close()


def test_document_tells_how_its_position_came_about(few, browser):
    tables, _, path = few
    row = (
        tables["document_positions"].loc[lambda table: table["doc_id"].eq("d2") & table["holder"].eq("russia")].iloc[0]
    )
    page, _ = opened(browser, path, at="#ev:/d%3Ad2")
    told = page.locator(".ev-result").first.inner_text()
    assert f"sentences for: {row['n_for']}, against: {row['n_against']}" in told
    assert f"evidence: {row['grade']}" in told and f"+{row['position']}" in told
    cells = page.locator("#ev-panel table").first.inner_text()
    for rule in tables["position_sentences"].loc[lambda table: table["doc_id"].eq("d2")]["rules"]:
        assert all(one in cells for one in rule.split("|"))
    page.context.close()


def test_document_leads_to_the_points_that_it_counts_in(few, browser):
    page, _ = opened(browser, few[2], at="#ev:/d%3Ad2")
    page.locator("#ev-panel section li a", has_text="Lexicon measure").first.click()
    page.wait_for_selector("#ev-panel .ev-list")
    assert "d:d2" in page.locator(".ev-list a").evaluate_all("(all) => all.map((one) => one.dataset.layer)")
    page.context.close()


def test_event_shows_the_documents_of_the_days_around_it(few, browser, tmp_path):
    tables, study, _ = few
    ledger = read_events(
        pd.DataFrame({"date": ["2017-03-20"], "event": ["Talks"], "act_type": ["meeting"], "position": [1.0]})
    )
    path = written_page({**tables, "events": ledger}, study, tmp_path / "event.html")
    page, _ = opened(browser, path)
    page.locator(".ev-event").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#ev-days")
    listed = ".ev-list a"
    assert page.locator(listed).evaluate_all("(all) => all.map((one) => one.dataset.layer)") == ["d:d1"]  # 16 March
    page.locator("#ev-days").select_option("3")
    settled(page, "e%3A0")
    page.wait_for_selector(listed, state="detached")
    page.locator("#ev-days").select_option("90")
    page.wait_for_selector(listed)
    assert page.locator(listed).count() == 3
    page.context.close()


def test_entry_leads_to_its_lines_with_the_node_in_one_column(pages, browser):
    page, _ = opened(browser, pages["ar"], at="#ev:/x%3Aentry")
    page.locator("#ev-panel td a, #ev-panel th a").first.click()
    page.wait_for_selector(".ev-lines li")
    middles = page.locator(".ev-node").evaluate_all(
        "(all) => all.map((one) => one.getBoundingClientRect()).map((box) => Math.round(box.left + box.width / 2))"
    )
    assert len(middles) > 20 and max(middles) - min(middles) <= 2
    sides = page.locator(".ev-lines li").first.evaluate(
        "(one) => ['.ev-pre', '.ev-node', '.ev-post']"
        ".map((name) => one.querySelector(name).getBoundingClientRect().left)"
    )
    assert sides == sorted(sides, reverse=True), "what comes before the node stands to its right"
    page.context.close()


def test_lines_of_an_entry_begin_and_end_with_whole_words(pages, seeds, browser):
    page, _ = opened(browser, pages["en"], at="#ev:/l%3Arule%3Acontact")
    sides = page.locator(".ev-lines .ev-kwic").evaluate_all(
        "(all) => all.map((one) => ['.ev-pre', '.ev-post'].map((name) => one.querySelector(name).textContent))"
    )
    words = {word for text in (*seeds[0]["units"]["text"], *seeds[0]["units"]["title"]) for word in str(text).split()}
    outer = [one.split()[at] for pair in sides for one, at in zip(pair, (0, -1), strict=True) if len(one.split()) > 2]
    assert len(outer) > 20 and set(outer) <= words
    page.context.close()


def fill_form(form, corrected, why):
    """Fill the fields of an open form."""
    form.locator("select").select_option(corrected)
    form.locator("[id$=coder]").fill("Nour")
    form.locator("[id$=why]").fill(why)


def correct(page, button, corrected, why):
    """Fill the form behind a button that says what is wrong."""
    button.click()
    fill_form(page.locator(".ev-form"), corrected, why)
    page.locator(".ev-form [type=submit]").click()
    page.wait_for_selector(".ev-form", state="detached")


def test_corrections_are_kept_and_saved_as_a_table(few, browser):
    tables, _, path = few
    page, problems = opened(browser, path, at="#ev:/d%3Ad0")
    correct(page, page.locator(".ev-result .ev-wrong").first, "-1", '=HYPERLINK("x"), no')
    page.locator(".ev-text mark.ev-is-match").first.click()
    correct(page, page.locator(".ev-note .ev-wrong").first, "none", "another word")
    page.reload()
    page.wait_for_selector("#ev-corrections summary")
    assert "Corrections (2)" in page.locator("#ev-corrections summary").inner_text()
    page.locator("#ev-corrections summary").click()
    with page.expect_download() as saved:
        page.locator(".ev-download").click()
    text = Path(saved.value.path()).read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert (
        text.splitlines()[0]
        == "doc_id,what,start_char,end_char,holder,target,category,entry,measured,corrected,coder,why,date"
    )
    first, second = rows
    measured = (
        tables["document_positions"]
        .loc[lambda table: table["doc_id"].eq("d0") & table["holder"].eq("russia"), "position"]
        .iloc[0]
    )
    assert (first["doc_id"], first["what"], first["holder"], first["target"]) == ("d0", "position", "russia", "taliban")
    assert (first["measured"], first["corrected"], first["coder"]) == (str(measured), "-1", "Nour")
    assert first["why"] == '\'=HYPERLINK("x"), no'
    match = tables["lexicon_matches"].loc[lambda table: table["doc_id"].eq("d0") & table["role"].eq("match")].iloc[0]
    assert (second["what"], int(second["start_char"]), int(second["end_char"])) == (
        "match",
        match["start_char"],
        match["end_char"],
    )
    assert (second["category"], second["entry"], second["corrected"]) == (match["category"], match["pattern"], "none")
    assert pd.to_datetime(first["date"], format="%Y-%m-%dT%H:%M:%S").year > 2000
    assert page.evaluate("window.violations") == [] and problems == []
    page.locator("#ev-corrections li button").first.click()
    assert "Corrections (1)" in page.locator("#ev-corrections summary").inner_text()
    page.context.close()


def test_corrections_saved_from_the_page_are_read_back_and_change_what_they_name(few, browser, tmp_path):
    tables, _, path = few
    page, _ = opened(browser, path, at="#ev:/d%3Ad0")
    correct(page, page.locator(".ev-result .ev-wrong").first, "-1", "a refusal")
    page.locator(".ev-text mark.ev-is-match").first.click()
    correct(page, page.locator(".ev-note .ev-wrong").first, "none", "another word")
    page.locator("#ev-corrections summary").click()
    with page.expect_download() as saved:
        page.locator(".ev-download").click()
    saved.value.save_as(tmp_path / "said.csv")
    page.context.close()
    documents = tables["units"]
    said, rejects = read_corrections(tmp_path / "said.csv", documents)
    assert len(rejects) == 0
    assert said.sort_values("what")["why"].tolist() == ["another word", "a refusal"]
    found = tables["document_positions"]
    corrected, outcomes = apply_corrections(found, said, sentences=tables["position_sentences"])
    assert outcomes.set_index("what")["outcome"].to_dict() == {"match": "other table", "position": "changed"}
    own = corrected["doc_id"].eq("d0") & corrected["holder"].eq("russia")
    assert corrected.loc[own, "position"].tolist() == [-1]
    assert corrected["corrected"].tolist() == own.tolist()
    tokens = tokenize(documents)
    matches = find_matches(tokens, load_lexicon("frames"))
    left, outcomes = apply_corrections(matches, said, tokens=tokens)
    assert outcomes.set_index("what")["outcome"].to_dict() == {"match": "changed", "position": "other table"}
    assert len(left) == len(matches) - 1


def test_two_tabs_of_a_page_keep_the_corrections_of_both(few, browser):
    first, _ = opened(browser, few[2], at="#ev:/d%3Ad0")
    second = first.context.new_page()
    second.goto(few[2].as_uri() + "#ev:/d%3Ad1")
    second.wait_for_selector("#ev[data-ready]")
    for page, why in ((first, "one"), (second, "two"), (first, "three")):
        correct(page, page.locator(".ev-result .ev-wrong").first, "-2", why)
    for page in (first, second):
        page.locator("#ev-corrections li").nth(2).wait_for(state="attached")
    second.locator("#ev-corrections summary").click()
    second.locator("#ev-corrections li button").first.click()
    first.locator("#ev-corrections li").nth(2).wait_for(state="detached")
    assert [one["why"] for one in first.evaluate("JSON.parse(localStorage.getItem(localStorage.key(0)))")] == [
        "two",
        "three",
    ]
    first.context.close()


def test_correction_asks_for_an_answer_and_has_none_chosen(few, browser):
    page, _ = opened(browser, few[2], at="#ev:/d%3Ad0")
    page.locator(".ev-result .ev-wrong").first.click()
    form = page.locator(".ev-form")
    assert form.locator("select").input_value() == ""
    fill_form(form, "", "no answer")
    form.locator("[type=submit]").click()
    assert form.count() == 1 and form.evaluate("(one) => one.checkValidity()") is False
    page.context.close()


def test_correction_of_a_quotation_offers_known_actors_by_name(few, browser):
    page, _ = opened(browser, few[2], at="#ev:/d%3Ad0")
    page.locator(".ev-text .ev-said-badge").first.click()
    page.locator(".ev-note .ev-wrong").click()
    offered = page.locator(".ev-form option").evaluate_all("(all) => all.map((one) => [one.value, one.textContent])")
    known = load_study("russia-taliban").actors.categories
    quoted = few[0]["quotations"].loc[lambda table: table["doc_id"].eq("d0"), "actor"].iloc[0]
    assert {value for value, _ in offered} == {"", "none", *known} - {quoted}
    assert dict(offered)["none"] == "nobody named" and page.locator(".ev-form input[id$=corrected]").count() == 0
    page.context.close()


def test_correction_being_typed_stays_when_a_filter_changes(few, browser):
    page, _ = opened(browser, few[2], at="#ev:/d%3Ad0")
    page.locator(".ev-text mark.ev-is-match").first.click()
    page.locator(".ev-note .ev-wrong").click()
    fill_form(page.locator(".ev-form"), "none", "typed at length")
    page.locator("#ev-by-from").select_option(index=2)
    page.wait_for_selector("#ev[data-ready*='from=']")
    assert page.locator(".ev-form [id$=why]").input_value() == "typed at length"
    assert "from=" in page.locator("#ev-panel a[data-layer]").first.get_attribute("href")
    page.context.close()


CLOSED_STORE = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('closed'); } });"
LEAVING = "(() => { const e = new Event('beforeunload', { cancelable: true }); return !window.dispatchEvent(e); })()"


def test_page_without_a_store_asks_before_corrections_are_lost(few, browser):
    page, _ = opened(browser, few[2], at="#ev:/d%3Ad0")
    page.add_init_script(CLOSED_STORE)
    page.reload()
    page.wait_for_selector("#ev-panel .ev-result")
    assert page.evaluate(LEAVING) is False
    page.locator(".ev-result .ev-wrong").first.click()
    fill_form(page.locator(".ev-form"), "-2", "typed")
    assert page.evaluate(LEAVING) is True, "what is typed and not saved"
    page.locator(".ev-form [type=submit]").click()
    page.wait_for_selector(".ev-form", state="detached")
    assert "Corrections (1)" in page.locator("#ev-corrections summary").inner_text()
    assert page.evaluate(LEAVING) is True
    page.locator("#ev-corrections summary").click()
    with page.expect_download():
        page.locator(".ev-download").click()
    assert page.evaluate(LEAVING) is False
    page.context.close()


@pytest.mark.parametrize("texts", ["none", "sentences"])
def test_texts_left_out_are_not_in_the_page_and_it_says_so(few, browser, tmp_path, texts):
    tables, study, _ = few
    idle = " ولم يحدث شيء آخر في ذلك اليوم الطويل."
    tables = {**tables, "units": tables["units"].assign(text=tables["units"]["text"] + idle)}
    page, problems = opened(browser, written_page(tables, study, tmp_path / "x.html", texts=texts), at="#ev:/d%3Ad2")
    shown = page.locator(".ev-text").all_inner_texts()
    assert page.locator(".ev-meta", has_text=f"--texts {texts}").count() == 1
    if texts == "none":
        assert shown == [] and "--texts none" in page.locator("#ev-panel").inner_text()
        assert page.locator(".ev-result").count() > 0
    else:
        assert "اعترفت موسكو" in shown[0] and idle.strip() not in shown[0]
        assert page.locator(".ev-gap").count() == 1
    data = page.evaluate(
        f"(async () => {{ {sources('stats', 'words', 'data')} return JSON.stringify(await openPart('texts0')); }})()"
    )
    assert "الطويل" not in data and ("اعترفت موسكو" in data) == (texts == "sentences")
    assert problems == []
    page.context.close()


def test_corpus_without_dates_is_one_point_and_says_so(browser, tmp_path):
    tables, study = made_tables(few_documents(date=pd.NaT))
    page, problems = opened(browser, written_page(tables, study, tmp_path / "undated.html"))
    assert "No document has a date" in page.locator("#ev-notes").inner_text()
    assert page.locator(".ev-point:not(.ev-event)").count() >= 1
    page.locator("#ev-by-figure").select_option("frames-share")
    page.wait_for_selector('#ev[data-ready*="frames-share"]')
    page.locator(".ev-point").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#ev-panel h3")
    assert "all documents" in page.locator("#ev-panel h3").inner_text()
    page.evaluate("location.hash = '#ev:/a%3A'")
    page.wait_for_selector(".ev-list a")
    assert page.locator(".ev-list a").count() == 6
    assert problems == []
    page.context.close()


def test_corpus_of_one_document_without_a_position_is_shown(browser, tmp_path):
    documents = few_documents().head(1).assign(text="خبر عن الطقس.", title=None)
    page, problems = opened(browser, written_page(*made_tables(documents), tmp_path / "one.html"), at="#ev:/d%3Ad0")
    assert "does not name the Taliban" in page.locator("#ev-panel").inner_text().replace(
        "name Taliban", "name the Taliban"
    )
    assert problems == []
    page.context.close()


PAYLOADS = [
    "</script><script>window.broken=1</script>",
    "<!--<script>",
    "--><img src=x onerror=window.broken=1>",
    "<img src=x onerror='window.broken = 1'>",
    "javascript:window.broken=1",
    "JaVaScRiPt:window.broken=1",
    "data:text/html,<script>window.broken=1</script>",
    '"><svg onload=window.broken=1>',
    "'-window.broken=1-'",
    "${window.broken=1}",
    "`${window.broken=1}`",
    "{n}{word}\\u003cscript>",
    "line\u2028window.broken=1",
    "para\u2029window.broken=1",
    "\u202etxet\u202c",
    "\u2066\u2067\u2068",
    "]]><x>",
    "&lt;script&gt;&quot;",
    "__proto__",
    "constructor",
]


def payloads(n_rows, *, parts=1):
    """Return a payload for each row; several, joined as cues are, where parts are asked for."""
    return ["|".join(PAYLOADS[(n + part) % len(PAYLOADS)] for part in range(parts)) for n in range(n_rows)]


def hostile_tables():
    """Return tables whose every text field holds payloads, and their study."""
    texts, n = few_documents()["text"].tolist(), len(PAYLOADS)
    same = dict.fromkeys(("title", "source", "url", "country"), PAYLOADS)
    columns = {
        "doc_id": [f"{payload}{place}" for place, payload in enumerate(PAYLOADS)],
        "text": [f"{texts[place % 3]} {payload}" for place, payload in enumerate(PAYLOADS)],
        "date": pd.date_range("2017-01-05", periods=n, freq="40D"),
        "date_precision": "day",
    }
    tables, study = made_tables(pd.DataFrame({**columns, **same}), period="quarter")
    events = {"date": "2018-01-01", "act_type": "meeting", "position": 1.0}
    events |= dict.fromkeys(("event", "source_url", "actor"), PAYLOADS)
    matches, sentences, quotes = (tables[name] for name in ("lexicon_matches", "position_sentences", "quotations"))
    counts, series = tables["counts"].copy(), tables["series"].copy()
    for table in (counts, series, matches):
        names = dict(zip(sorted(set(tables["counts"]["category"])), PAYLOADS, strict=False))
        table["category"] = table["category"].astype(str).map(names)
    rules = [payloads(1, parts=str(one).count("|") + 1)[0] for one in sentences["rules"]]
    speech = {name: payloads(len(quotes)) for name in ("speaker", "rule", "chain", "actor")}
    return {
        **tables,
        "counts": counts,
        "series": series,
        "events": read_events(pd.DataFrame(events)),
        "lexicon_matches": matches.assign(pattern=payloads(len(matches))),
        "position_sentences": sentences.assign(rules=rules),
        "quotations": quotes.assign(**speech),
    }, study


def test_hostile_payloads_in_every_field_stay_inert(browser, tmp_path):
    tables, study = hostile_tables()
    page, problems = opened(browser, written_page(tables, study, tmp_path / "hostile.html"))
    for n, payload in enumerate(PAYLOADS):
        page.evaluate("(layer) => { location.hash = '#ev:/' + encodeURIComponent(layer); }", f"d:{payload}{n}")
        page.wait_for_selector("#ev-panel .ev-text")
        page.locator("#ev-panel bdi", has_text=f"{n}").first.wait_for()
        for mark in page.locator(".ev-text mark[role=button]").all()[:1]:
            mark.click()
    for layer in ("x:entry", "x:rule", "x:quotation", "l:entry:0", "e:3", "a:", *(f"l:rule:{one}" for one in PAYLOADS)):
        page.evaluate("(layer) => { location.hash = '#ev:/' + encodeURIComponent(layer); }", layer)
        page.wait_for_timeout(30)
    page.locator("#ev-table summary").click()
    assert page.evaluate("window.broken") is None
    assert page.evaluate("document.querySelectorAll('#ev script, #ev img, #ev svg[onload], #ev [onerror]').length") == 0
    links = page.locator("#ev a").evaluate_all("(all) => all.map((one) => one.getAttribute('href'))")
    assert all(link.startswith(("#ev:", "http://", "https://")) for link in links)
    assert page.evaluate("window.violations") == [] and problems == []
    page.context.close()


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("width", [1280, 800, 390])
def test_page_does_not_overflow_in_any_view(pages, browser, language, width):
    page, _ = opened(browser, pages[language], width=width)
    for address in (
        "/",
        "figure=frames-share/",
        "figure=frames-per_1000/a%3A",
        "/d%3Aa003",
        "/x%3Aentry",
        "/l%3Arule%3Acontact",
        "/e%3A90",
    ):
        page.evaluate(f"location.hash = '#ev:{address}'")
        page.wait_for_timeout(120)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        drawn = page.locator(".ev-svg").evaluate("(one) => one.getBoundingClientRect().width")
        assert drawn <= width and drawn == page.locator("#ev-drawing").evaluate("(one) => one.clientWidth")
    page.context.close()


def test_time_runs_from_left_to_right_in_arabic_too(pages, browser):
    page, _ = opened(browser, pages["ar"])
    places = page.locator("#ev-drawing .ev-l0[data-layer]").evaluate_all(
        "(all) => all.map((one) => [one.dataset.layer, one.getBoundingClientRect().left])"
    )
    own = [left for layer, left in sorted(places) if layer.startswith("p:lexicon/")]
    assert len(own) > 10 and own == sorted(own)
    page.context.close()


def test_printed_page_holds_the_figure_and_its_table(pages, browser):
    page, _ = opened(browser, pages["en"])
    assert not page.locator("#ev-table table").is_visible()
    page.emulate_media(media="print")
    page.locator("#ev-table table").wait_for()
    assert page.locator(".ev-svg").is_visible()
    assert not page.locator("#ev-controls").is_visible() and not page.locator("#ev-links").is_visible()
    page.evaluate("location.hash = '#ev:/d%3Aa003'")
    settled(page, "a003")
    assert page.locator("#ev-panel .ev-text").is_visible() and not page.locator(".ev-back").is_visible()
    assert page.locator("#ev-figure").evaluate("(one) => getComputedStyle(one).breakInside") == "avoid"
    page.context.close()


def axe_script(project):
    """Return the script of axe-core, where it is installed."""
    place = Path(
        os.environ.get("DISCOURSE_AXE") or project / "build" / "npm" / "node_modules" / "axe-core" / "axe.min.js"
    )
    if not place.is_file():
        pytest.skip("axe-core is not there: npm install --prefix build/npm --no-save axe-core, or set DISCOURSE_AXE")
    return place.read_text(encoding="utf-8")


STATES = [
    "/",
    "/d%3Aa003",
    "figure=frames-share/p%3Adiplomacy%402021-01-01",
    "/x%3Aentry",
    "/l%3Arule%3Acontact",
    "/e%3A90",
]


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_fault(pages, browser, project, language, scheme):
    axe = axe_script(project)
    page, _ = opened(browser, pages[language], color_scheme=scheme)
    page.evaluate(axe)
    page.locator("#ev-table summary").click()
    for address in STATES if scheme == "light" else STATES[:2]:
        page.evaluate(f"location.hash = '#ev:{address}'")
        page.wait_for_timeout(250)
        if "d%3A" in address:
            page.locator(".ev-text mark[role=button]").first.click()
            page.locator(".ev-note .ev-wrong").first.click()
        found = page.evaluate("axe.run('#ev', { resultTypes: ['violations'] })")["violations"]
        serious = [
            (one["id"], one["nodes"][0]["html"][:200]) for one in found if one["impact"] in ("serious", "critical")
        ]
        assert serious == [], address
    page.context.close()
