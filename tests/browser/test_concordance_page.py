"""The page of a concordance, opened as a reader opens it."""

import pandas as pd
import pytest

from discourse.display.concordances import concordance_page

HOSTILE = "<img src=x onerror='window.broken = 1'>"
LONG = "والمسؤولين والدبلوماسيين والمستشارين والعسكريين والمراقبين والباحثين والصحفيين والمراسلين "


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    lines = pd.DataFrame(
        {
            "doc_id": [f"document-{n}" for n in range(4)],
            "pre": ["مع ", LONG, "", "x" * 60],
            "keyword": ["طالبان", "لطالبان", "حركة طالبان الأفغانية المتشددة", "طالبان"],
            "post": [" في كابل", "", LONG, f" {HOSTILE}"],
            "title": [HOSTILE, "خبر", LONG * 2, "خبر"],
            "sentence": 3,
            "evidence": "e.html#ev:/d%3Aa",
        }
    )
    place = tmp_path_factory.mktemp("concordance") / "lines.html"
    place.write_text(concordance_page(lines, title="طالبان", notes=["4 hits"], language="ar"), encoding="utf-8")
    return place


@pytest.mark.parametrize("width", [390, 800, 1280])
def test_page_of_a_concordance_is_read_without_clipping_and_the_keyword_in_one_column(browser, place, width):
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(place.as_uri())
    seen = page.evaluate(
        """() => {
            const cells = (of) => [...document.querySelectorAll(of)];
            const boxes = (of) => cells(of).map((one) => one.getBoundingClientRect());
            const [pre, node, post] = ["td.pre", "td.node", "td.post"].map(boxes);
            return {
                wide: document.documentElement.scrollWidth > innerWidth,
                clipped: cells("td").filter((one) => one.scrollWidth > one.clientWidth + 1).length,
                middles: new Set(node.map((box) => Math.round(box.left + box.right))).size,
                ordered: node.every((box, n) => pre[n].left >= box.right - 1 && post[n].right <= box.left + 1),
                aligned: cells("td.pre").every((one) => getComputedStyle(one).textAlign === "end"),
                broken: window.broken || 0,
            };
        }"""
    )
    page.close()
    assert seen == {"wide": False, "clipped": 0, "middles": 1, "ordered": True, "aligned": True, "broken": 0}
