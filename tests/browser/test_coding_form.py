"""The coding form in JupyterLab: ten items by keyboard alone, the kernel killed between them, and codes settled."""

import json
import os
import signal

import pandas as pd
import pytest

import discourse as dc
from discourse.exchange.workbook import read_workbook, write_workbook
from discourse.validity.handcoding.opening import open_coding
from discourse.validity.units import units_in_order

pytest.importorskip("anywidget", reason="anywidget is not installed (extra 'jupyter')")
TOKEN = "discourse-test"
HOSTILE = "<script>window.hit = 1</script><img src=x onerror='window.hit = 1'><b onclick='window.hit = 1'>"
BOOK = {"position": ["-2", "-1", "0", "1", "2", "none"], "frames": ["drugs", "arming", "economy", "none"]}
DOCUMENTS = pd.DataFrame(
    {
        "doc_id": [f"d{number}" for number in range(12)],
        "title": [f"عنوان {number} {HOSTILE}" for number in range(12)],
        "text": [f"رحبت موسكو بالاتفاق {number}. {HOSTILE}" for number in range(12)],
        "source": f"الحياة {HOSTILE}",
    }
)
PLAN = dc.sample_for_coding(DOCUMENTS, n=10)
UNITS = units_in_order(PLAN, "A")
# what is typed for each item, in the order of the form, and what it means
TYPED = [
    ("-21", "-2", "drugs"), ("-112", "-1", "drugs;arming"), ("03", "0", "economy"), ("14", "1", "none"),
    ("24", "2", "none"), ("n4", "none", "none"), ("-2123", "-2", "drugs;arming;economy"), ("141", "1", "drugs"),
    ("02", "0", "arming"), ("1131", "1", "economy"),
]  # fmt: skip
SETUP = """
import pandas as pd
import discourse as dc
documents = pd.read_parquet("documents.parquet")
plan = dc.check_plan(pd.read_csv("plan.csv"))
book = {"position": ["-2", "-1", "0", "1", "2", "none"], "frames": ["drugs", "arming", "economy", "none"]}
"""
CODE = 'dc.code(plan, documents, path="codes.jsonl", coder="A", variables=book, shown=["title", "source", "text"])'
OTHER = """
a, _ = dc.read_coding("coded.jsonl")
b = a.assign(coder="B", value=a["value"].mask(a["unit_id"].isin(["{}", "{}"]) & a["variable"].eq("position"), "2"))
codes = pd.concat([a, b], ignore_index=True)
"""
SETTLE = 'dc.adjudicate(codes, documents, path="settled.jsonl", plan=plan, variables=book, language="ar")'


def notebook(place, cells):
    made = [
        {"cell_type": "code", "id": f"c{n}", "metadata": {}, "execution_count": None, "outputs": [], "source": text}
        for n, text in enumerate(cells)
    ]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    place.write_text(json.dumps({"cells": made, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}), "utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Notebooks, texts and plan, where JupyterLab runs."""
    folder = tmp_path_factory.mktemp("coding")
    DOCUMENTS.to_parquet(folder / "documents.parquet")
    PLAN.to_csv(folder / "plan.csv", index=False)
    notebook(folder / "code.ipynb", [SETUP, CODE])
    notebook(folder / "settle.ipynb", [SETUP, OTHER.format(UNITS[3], UNITS[8]), SETTLE])
    return folder


@pytest.fixture
def coded_by_a(folder):
    """The ten codes, as the form saves them."""
    desk = open_coding(PLAN, DOCUMENTS, path=folder / "coded.jsonl", coder="A", variables=BOOK)
    for unit, (_, position, frames) in zip(UNITS, TYPED, strict=True):
        desk.session.save(unit, {"position": position, "frames": frames})
    desk.session.close()


@pytest.fixture(scope="module")
def lab(tmp_path_factory, folder, start_lab):
    with start_lab(tmp_path_factory.mktemp("lab"), folder) as address:
        yield address


def opened(lab, browser, name):
    page = browser.new_page(viewport={"width": 1280, "height": 1000})
    page.goto(f"{lab}/lab/tree/{name}?token={TOKEN}&reset", timeout=60_000)
    page.wait_for_selector("text=/Python 3.*Idle/", timeout=60_000)
    run_all(page)
    return page


def run_all(page):
    page.click("text=Run >> nth=0")
    page.click(".lm-Menu-itemLabel >> text=/^Run All Cells/ >> nth=0")


def to_the_form(page, n_coded):
    page.wait_for_selector(f".discourse-coding[data-coded='{n_coded}'] fieldset", timeout=60_000)
    page.focus(".discourse-coding fieldset input >> nth=0")


def coded(page, n_coded):
    page.wait_for_selector(f".discourse-coding[data-coded='{n_coded}']", timeout=20_000)


def expected(coder="A"):
    rows = []
    for unit, (_, position, frames) in zip(UNITS, TYPED, strict=True):
        rows += [(unit, coder, "frames", frames), (unit, coder, "position", position)]
    return sorted(rows)


def rows_of(codes):
    return [tuple(row) for row in codes[["unit_id", "coder", "variable", "value"]].to_numpy().tolist()]


def test_coding_form_ten_items_by_keyboard_survive_a_killed_kernel(lab, browser, folder, tmp_path):
    page = opened(lab, browser, "code.ipynb")
    to_the_form(page, 0)
    for done, (typed, _, _) in enumerate(TYPED[:5], 1):
        page.keyboard.type(typed)
        if done == 2:
            page.keyboard.type("u")
            page.keyboard.type("cثم قال")
            page.keyboard.press("Control+Enter")
        else:
            page.keyboard.press("Enter")
        coded(page, done)
    page.keyboard.type("dd")  # in JupyterLab: delete the cell
    assert page.locator(".jp-CodeCell").count() == 2
    page.keyboard.press("Control+s")  # and this one is left to it
    page.wait_for_function("() => !document.querySelector('.jp-mod-dirty')", timeout=20_000)
    page.wait_for_timeout(300)
    saved = json.loads((folder / "code.ipynb").read_text("utf-8"))["cells"][1]["outputs"][0]["data"]
    assert saved["text/plain"] == [
        "Coding form: 0 of 10 coded; coder A; blind; asked: position, frames; file: codes.jsonl"
    ]
    page.keyboard.type("-2")  # chosen, not saved
    (lease,) = json.loads((folder / ".codes.jsonl.leases").read_text("utf-8")).values()
    os.kill(lease["pid"], signal.SIGKILL)
    before = (folder / "codes.jsonl").read_bytes()
    page.wait_for_selector("text=/Kernel Restarting/", timeout=60_000)
    page.click(".jp-Dialog button:has-text('Ok')")
    page.wait_for_selector("text=/Python 3.*Idle/", timeout=60_000)
    run_all(page)
    page.wait_for_selector(f".discourse-coding[data-unit='{UNITS[5]}']", timeout=60_000)
    to_the_form(page, 5)
    for done, (typed, _, _) in enumerate(TYPED[5:], 6):
        page.keyboard.type(typed)
        page.keyboard.press("Enter")
        coded(page, done)
    assert page.inner_text(".discourse-coding .status") == "Saved. All are coded: 10."
    assert page.evaluate("window.hit") is None
    assert page.locator(".discourse-coding :is(script, img, b)").count() == 0
    assert HOSTILE in page.inner_text(".discourse-coding article")
    page.close()
    assert (folder / "codes.jsonl").read_bytes().startswith(before)
    codes, rejects = dc.read_coding(folder / "codes.jsonl", PLAN)
    assert rows_of(codes) == expected()
    assert len(rejects) == 0
    noted = codes[codes["unit_id"] == UNITS[1]]
    assert noted["comment"].tolist() == ["ثم قال"] * 2
    assert codes.loc[codes["unsure"], "unit_id"].unique().tolist() == [UNITS[1]]
    assert codes["blind"].all()
    for ending in (".csv", ".xlsx"):
        sheet = filled_sheet(tmp_path / f"sheet{ending}")
        by_sheet, none = dc.read_coding_sheet(sheet, PLAN, variables=BOOK, documents=DOCUMENTS)
        pd.testing.assert_frame_equal(by_sheet.drop(columns="time"), codes.drop(columns="time"))
        assert len(none) == 0


def filled_sheet(place):
    """The same ten codes on a sheet."""
    dc.write_coding_sheet(PLAN, DOCUMENTS, place, variables=BOOK, coder="A")
    sheet = read_workbook(place) if place.suffix == ".xlsx" else pd.read_csv(place, dtype=str, keep_default_na=False)
    assert sheet["unit_id"].tolist() == UNITS
    sheet["position"] = [position for _, position, _ in TYPED]
    sheet["frames"] = [frames for _, _, frames in TYPED]
    sheet["comment"] = ["", "ثم قال", *[""] * 8]
    sheet["unsure"] = ["", "yes", *[""] * 8]
    if place.suffix == ".xlsx":
        write_workbook(sheet, place)
    else:
        sheet.to_csv(place, index=False)
    return place


@pytest.mark.usefixtures("coded_by_a")
def test_coding_form_two_items_settled_by_keyboard(lab, browser, folder):
    page = opened(lab, browser, "settle.ipynb")
    to_the_form(page, 8)  # eight agree
    first, second = sorted([UNITS[3], UNITS[8]])
    page.wait_for_selector(f".discourse-coding[data-unit='{first}'] .others tr.apart", timeout=20_000)
    assert page.locator(".discourse-coding .others tr.apart").count() == 1
    page.keyboard.press("Shift+Digit2")  # the codes of B
    page.keyboard.press("Enter")
    coded(page, 9)
    page.wait_for_selector(f".discourse-coding[data-unit='{second}']", timeout=20_000)
    page.keyboard.type("-1")
    page.keyboard.press("Enter")
    coded(page, 10)
    assert page.get_attribute(".discourse-coding", "dir") == "rtl"
    page.close()
    settled, rejects = dc.read_coding(folder / "settled.jsonl", PLAN)
    want = {(unit, variable): value for unit, _, variable, value in expected()}
    want |= {(first, "position"): "2", (second, "position"): "-1"}
    assert dict(zip(zip(settled["unit_id"], settled["variable"], strict=True), settled["value"], strict=True)) == want
    assert set(settled["coder"]) == {"settled"}
    assert len(rejects) == 0
