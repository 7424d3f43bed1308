"""Charts that anybody can open."""

from xml.etree import ElementTree

from tasks.simulate.plots import Chart, Line

CHART = Chart(
    title="Waits & rests",
    across="seconds",
    up="%",
    right=10,
    top=100,
    lines=[Line("one", [(0, 0), (5, 50), (99, 999)]), Line("two", [(0, 100)])],
)


def test_it_is_a_picture_with_every_line_and_word() -> None:
    root = ElementTree.fromstring(CHART.svg())
    words = {each.text for each in root.iter() if each.text and each.text.strip()}
    assert {"Waits & rests", "seconds", "%", "one", "two"} <= words


def test_nothing_is_drawn_outside_of_its_axes() -> None:
    assert "L570.0 44.0" in CHART.svg()
