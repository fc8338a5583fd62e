"""The report in a real browser: its widths, its colours, and the switch to business hours."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from reports import write_page

from contact_center.reporting import pictures
from contact_center.reporting.words import LANGUAGES, Words

WIDTHS = (390, 820, 1400)
# What stands on the page now, of the tiles and tables that the switch changes.
SHOWN = """
    const seen = element => element.checkVisibility();
    const texts = selector =>
        [...document.querySelectorAll(selector)].filter(seen).map(element => element.textContent);
    return {
        level: texts("#tile-Q6 strong"), answer: texts("#tile-Q8 strong"),
        response: texts("#tile-S8 strong"), sessions: texts("#tile-S1 strong"),
        waits: texts("[aria-labelledby=section-waits] figure").length,
        title: texts("#section-waits span"),
    }
"""


@pytest.mark.browser
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_in_a_browser(browser, pages: dict[str, Path], language: str, width: int) -> None:
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
        "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500,
    })
    browser.get(pages[language].as_uri())
    assert browser.get_log("browser") == []
    sizes = browser.execute_script("""
        return [...document.querySelectorAll("figure svg")].map(
            svg => [svg.getBoundingClientRect().height, svg.querySelectorAll("path, rect").length]
        )
    """)
    assert len(sizes) == pages[language].read_text().count("<figure")
    # What the switch shows instead is hidden.
    shown = [(height, count) for height, count in sizes if height]
    assert len(sizes) - len(shown) == 2
    assert all(height > 60 and count > 5 for height, count in shown)
    # The page itself never scrolls to the side; its tables and pictures do.
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width
    assert browser.execute_script("return document.documentElement.lang") == language


@pytest.mark.browser
@pytest.mark.parametrize("width", WIDTHS)
def test_long_names_stay_on_the_page(browser, page_of_long_names: Path, width: int) -> None:
    load(browser, page_of_long_names, width)
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width
    assert browser.execute_script("""
        const cells = [...document.querySelectorAll("td:first-child")];
        return Math.max(...cells.map(cell => cell.getBoundingClientRect().width))
    """) < width


@pytest.mark.browser
def test_every_column_is_on_paper(browser, pages, page_of_long_names: Path) -> None:
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    for page in (*pages.values(), page_of_long_names):
        # What A4 has between its margins, and a bar to scroll with, which paper hasn't.
        load(browser, page, 680 + 15)
        assert browser.execute_script("""
            document.querySelectorAll("details").forEach(one => { one.open = true; });
            return [...document.querySelectorAll(".scroll")]
                .filter(one => one.scrollWidth > one.clientWidth + 1)
                .map(one => one.ariaLabel)
        """) == []
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast(browser, odd_warehouse: Path, tmp_path: Path, scheme: str) -> None:
    """WCAG 2.1, 1.4.3 and 1.4.11: text 4.5 to 1 against its ground, what is drawn 3 to 1. Of days
    with as many before them, so that figures have become better and worse."""
    page = write_page(odd_warehouse, tmp_path / "compared.html", "--from", "2026-04-01")
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {
        "features": [{"name": "prefers-color-scheme", "value": scheme}],
    })
    browser.get(page.as_uri())
    colours = browser.execute_script("""
        const of = (selector, property) =>
            getComputedStyle(document.querySelector(selector))[property];
        return {
            page: of("body", "backgroundColor"), card: of(".tiles li", "backgroundColor"),
            ink: of("body", "color"), quiet: of(".quiet", "color"), link: of("nav a", "color"),
            better: of(".better", "color"), worse: of(".worse", "color"),
            drawn: of("svg text", "fill"),
        }
    """)
    for name in ("ink", "quiet", "link", "better", "worse", "drawn"):
        for ground in ("page", "card"):
            assert contrast(colours[name], colours[ground]) >= 4.5, (name, ground)
    for colour in pictures.COLOURS:
        channels = [int(colour[at:at + 2], 16) for at in (1, 3, 5)]
        assert contrast(f"rgb{tuple(channels)}", colours["page"]) >= 3, colour


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted(map(luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def load(browser, page: Path, width: int = 820) -> None:
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
        "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500,
    })
    browser.get(page.as_uri())


@pytest.mark.browser
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_switch_to_business_hours(browser, pages, query, language: str, width: int) -> None:
    """By keyboard alone: the first stop of the page is the switch, and a space turns it."""
    from selenium.webdriver import ActionChains, Keys

    load(browser, pages[language], width)
    before = browser.execute_script(SHOWN)
    ActionChains(browser).send_keys(Keys.TAB).perform()
    assert browser.switch_to.active_element.get_attribute("id") == "in-hours"
    outline = "return getComputedStyle(document.activeElement).outlineStyle"
    assert browser.execute_script(outline) == "solid"
    ActionChains(browser).send_keys(Keys.SPACE).perform()
    during = browser.execute_script(SHOWN)
    ActionChains(browser).send_keys(Keys.SPACE).perform()
    after = browser.execute_script(SHOWN)

    words = Words(language)
    [(answer, in_hours)] = query("""
        select avg(queue_seconds), avg(business_queue_seconds)
        from fct_queue_legs where result = 'answered' and queued_date PERIOD
    """)
    assert before["answer"] == [words.duration(answer)]
    assert during["answer"] == [words.duration(in_hours)] != before["answer"]
    for shown in ("level", "response", "title"):
        assert len(before[shown]) == len(during[shown]) - (shown == "title") > 0, shown
        assert before[shown] != during[shown], shown
    assert during["sessions"] == before["sessions"]
    assert before["waits"] == during["waits"] == 1
    assert after == before
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width
    assert browser.get_log("browser") == []


@pytest.mark.browser
@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_calendar_there_is_nothing_to_switch(
    browser, without_calendar: dict[str, Path], language: str
) -> None:
    load(browser, without_calendar[language])
    disabled, described, reason = browser.execute_script("""
        const input = document.getElementById("in-hours");
        const note = document.getElementById("hours-note");
        return [input.disabled, input.getAttribute("aria-describedby"), note.textContent.trim()]
    """)
    assert disabled and described == "hours-note"
    assert reason == Words(language)("hours_without_calendar")
    shown = browser.execute_script(SHOWN)
    assert len(shown["level"]) == len(shown["answer"]) == shown["waits"] == 1


@pytest.mark.browser
def test_a_title_is_not_hidden_under_the_switch(browser, pages: dict[str, Path]) -> None:
    load(browser, pages["en"])
    browser.get(pages["en"].as_uri() + "#section-bots")
    bar, title = browser.execute_script("""
        const of = selector => document.querySelector(selector).getBoundingClientRect();
        return [of(".switch").bottom, of("#section-bots").top]
    """)
    assert 0 < bar <= title
