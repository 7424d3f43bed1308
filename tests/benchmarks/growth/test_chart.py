"""The picture is well formed and its scale is round."""

import xml.etree.ElementTree as ElementTree

from benchmarks.growth.chart import HEIGHT, WIDTH, Line, Panel, draw

SVG = "{http://www.w3.org/2000/svg}"


def test_each_point_lies_inside_its_panel() -> None:
    rising = Panel("Rising & falling", (Line("p50", ((1_000, 1.0), (100_000, 7.0))),))
    picture = ElementTree.fromstring(draw([rising, rising], "devices"))
    circles = picture.findall(f".//{SVG}circle")
    assert len(circles) == 4
    for circle in circles:
        assert 0 < float(circle.attrib["cx"]) < WIDTH
        assert 0 < float(circle.attrib["cy"]) < HEIGHT
    assert float(circles[0].attrib["cy"]) > float(circles[1].attrib["cy"])


def test_the_scale_ends_in_a_round_number() -> None:
    tops = [Panel("", (Line("", ((1.0, y),)),)).top for y in (0.7, 1.0, 2.2, 310.0)]
    assert tops == [1.0, 1.0, 2.5, 500.0]


def test_one_point_and_none_are_drawn_too() -> None:
    alone = Panel("One", (Line("", ((10.0, 0.0),)),))
    assert "<circle" in draw([alone], "devices")
    assert "<circle" not in draw([Panel("None", (Line("", ()),))], "devices")
