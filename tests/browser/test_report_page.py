"""The report, opened as a reader opens it."""

import pandas as pd
import pytest

from discourse.chart import chart

HOSTILE = "<script>window.broken = 1</script><img src=x onerror='window.broken = 1'>"


@pytest.fixture(scope="module")
def pages(tmp_path_factory, browser):
    """Return the folder of a report in each language, made from six short reports with a hostile headline."""
    texts = [
        "قال المبعوث الروسي إن موسكو تجري حوارا مع حركة طالبان لمكافحة إرهاب داعش.",
        "نفت روسيا تسليح طالبان وقالت إن الاتهامات الأمريكية باطلة.",
        "رفعت المحكمة الروسية الحظر عن طالبان واعترفت موسكو بالحكومة في كابل.",
    ] * 2
    documents = pd.DataFrame(
        {
            "doc_id": [f"d{i}" for i in range(6)],
            "text": texts,
            "title": [HOSTILE, *["خبر"] * 5],
            "source": [HOSTILE, *["الصحيفة"] * 5],
            "date_precision": "day",
            "date": pd.date_range("2017-01-05", periods=6, freq="70D"),
        }
    )
    folder = tmp_path_factory.mktemp("report")
    for language in ("en", "ar"):
        chart(
            documents,
            folder / language,
            period="quarter",
            language=language,
            by="source",
            n_draws=50,
            formats=["png", "svg"],
        )
    return folder


def opened(browser, path, width=1280):
    page = browser.new_page(viewport={"width": width, "height": 900})
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on(
        "request", lambda request: None if request.url.startswith(("file:", "data:")) else problems.append(request.url)
    )
    page.goto(path.as_uri())
    return page, problems


@pytest.mark.parametrize("language", ["en", "ar"])
def test_report_opened_asks_for_nothing_and_reports_no_error(pages, browser, language):
    page, problems = opened(browser, pages / language / "index.html")
    assert problems == []
    assert page.evaluate("window.broken") is None
    page.close()


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl")])
def test_report_language_and_direction_are_those_asked_for(pages, browser, language, direction):
    page, _ = opened(browser, pages / language / "index.html")
    assert page.evaluate("document.documentElement.lang") == language
    assert page.evaluate("getComputedStyle(document.documentElement).direction") == direction
    page.close()


def test_report_arabic_cells_run_from_right_to_left(pages, browser):
    page, _ = opened(browser, pages / "ar" / "index.html")
    cells = page.evaluate(
        "[...document.querySelectorAll('td, th')].filter(c => /[\\u0600-\\u06ff]/.test(c.textContent) &&"
        " !/[A-Za-z]/.test(c.textContent)).map(c => getComputedStyle(c.querySelector('[dir]') || c).direction)"
    )
    assert cells
    assert set(cells) == {"rtl"}
    page.close()


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("width", [1280, 600, 390])
def test_report_figures_are_drawn_and_the_page_does_not_overflow(pages, browser, language, width):
    page, _ = opened(browser, pages / language / "index.html", width=width)
    figures = page.evaluate(
        "[...document.querySelectorAll('figure img, figure svg')]"
        ".map(f => [f.naturalWidth || f.getBoundingClientRect().width,"
        " f.getAttribute('alt') || f.getAttribute('aria-label') || ''])"
    )
    assert len(figures) >= 5
    assert all(drawn > 100 for drawn, _ in figures)
    assert all(text for _, text in figures)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_figure_hostile_outlet_is_shown_as_text(pages, browser):
    page, _ = opened(browser, pages / "en" / "figures" / "attention.svg")
    assert page.evaluate("window.broken") is None
    assert "window.broken" in page.evaluate("document.documentElement.outerHTML")
    assert page.evaluate("document.getElementsByTagName('script').length") == 0
    page.close()


@pytest.fixture(scope="module")
def found(tmp_path_factory, browser):
    """Return the folder of a report in each language whose corpus has a finding and a ledger."""
    texts = ["أدانت روسيا هجوم طالبان على كابول."] * 8 + ["أعلنت روسيا دعمها لطالبان."] * 8
    days = pd.date_range("2017-01-05", periods=16, freq="20D")
    rows = {"doc_id": [f"d{n:02}" for n in range(16)], "text": texts, "date": days, "title": "خبر", "source": "الصحيفة"}
    folder = tmp_path_factory.mktemp("found")
    for language in ("en", "ar"):
        table = pd.DataFrame({**rows, "date_precision": "day"})
        chart(table, folder / language, language=language, n_draws=20, copies="keep")
    return folder


@pytest.mark.parametrize("language", ["en", "ar"])
def test_report_first_screen_holds_title_finding_and_the_figure(found, browser, language):
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto((found / language / "index.html").as_uri())
    for place in ("h1", "p.finding", "header figure img"):
        box = page.locator(place).first.bounding_box()
        assert 0 <= box["y"] < 800, place
    assert page.locator("header figure img").bounding_box()["y"] < 300
    assert page.locator("nav").bounding_box()["y"] < 100, "the contents stand beside, not between"
    page.close()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_report_arabic_finding_shows_the_sign_before_the_number(found, browser, language):
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto((found / language / "index.html").as_uri())
    places = page.evaluate(
        "() => { const text = document.querySelector('p.finding').firstChild, at = text.data.indexOf('\u2212');"
        " const left = n => { const r = document.createRange(); r.setStart(text, n); r.setEnd(text, n + 1);"
        " return r.getBoundingClientRect().left; }; return [left(at), left(at + 1)]; }"
    )
    assert places[0] < places[1]
    page.close()


def test_report_ledger_is_folded_until_it_is_opened(found, browser):
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto((found / "en" / "index.html").as_uri())
    folded = page.locator("details", has_text="The dated facts under the axis")
    assert not folded.locator("table").is_visible()
    folded.locator("summary").click()
    assert folded.locator("table").is_visible()
    page.close()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_report_printed_leaves_the_contents_and_what_is_folded_out(found, browser, language):
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto((found / language / "index.html").as_uri())
    page.emulate_media(media="print")
    assert not page.locator("nav").is_visible()
    assert page.locator("section:not(:has(.ev)) > details > summary").first.is_visible()
    assert not page.locator(".ev").is_visible(), "figures of their own are printed in its place"
    heights = page.evaluate("[...document.querySelectorAll('details')].map(d => d.getBoundingClientRect().height)")
    assert heights and max(heights) < 80, "what is folded takes the room of its line"
    page.close()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_report_printed_tables_and_figures_stay_on_the_paper(found, browser, language):
    page = browser.new_page(viewport={"width": 700, "height": 1000})  # A4 between margins of one centimetre
    page.goto((found / language / "index.html").as_uri())
    page.emulate_media(media="print")
    sides = page.evaluate(
        "[...document.querySelectorAll('table, img')].map(e => e.getBoundingClientRect()).map(b => [b.left, b.right])"
    )
    assert len(sides) > 5
    assert [side for side in sides if side[0] < 0 or side[1] > 700] == []
    page.close()


def test_report_dark_words_and_links_stand_out_from_the_ground(found, browser):
    page = browser.new_page(viewport={"width": 1280, "height": 800}, color_scheme="dark")
    page.goto((found / "en" / "index.html").as_uri())
    light = (
        "e => getComputedStyle(document.querySelector(e)).color.match(/\\d+/g).slice(0, 3)"
        ".reduce((sum, part) => sum + +part, 0) / 3"
    )
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).map(Number)")
    assert max(ground) < 40
    assert all(page.evaluate(light, place) > 120 for place in ("p.finding", "figcaption", "nav a", "td"))
    page.close()
