"""Tables of a notebook, where they are wider than the screen."""

import pandas as pd
import pytest

from discourse.display.tables import Table

WORDS = pd.DataFrame(
    {
        "source": ["الخليج"],
        "pre": ["قال المبعوث الروسي إن موسكو تجري حوارا مع " * 2],
        "keyword": ["طالبان"],
        "post": ["في كابل " * 9],
    }
)
FITS = """() => {
  const table = document.querySelector("table.discourse"), [first] = table.rows[0].cells
  const page = document.documentElement.clientWidth, own = first.getBoundingClientRect()
  return [own.left >= 0 && own.right <= page + 0.5, document.documentElement.scrollWidth <= page]
}"""


@pytest.mark.parametrize("width", [1280, 390])
def test_table_right_to_left_opens_at_its_first_column(browser, width):
    page = browser.new_page(viewport={"width": width, "height": 400})
    page.set_content(f"<!doctype html><body>{Table(WORDS).to_html()}")
    assert page.evaluate(FITS) == [True, True]
    page.close()
