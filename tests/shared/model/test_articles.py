"""Articles on the wire: older laptops and newer servers still understand each other."""

import msgspec
from samebox_shared.model.articles import Step


def test_a_step_without_a_remedy_travels_as_before() -> None:
    step = Step(text="Look.", settings="storage")
    assert msgspec.json.encode(step) == b'{"text":"Look.","settings":"storage"}'
    assert msgspec.json.decode(msgspec.json.encode(step), type=Step) == step


def test_a_remedy_travels_by_its_key_also_one_that_this_side_does_not_know() -> None:
    for key in ("empty_bin", "of-the-future"):
        step = Step(text="Let Samebox do it.", remedy=key)
        assert msgspec.json.decode(msgspec.json.encode(step), type=Step) == step


def test_an_older_laptop_reads_a_step_with_a_remedy_as_words() -> None:
    class OldStep(msgspec.Struct, frozen=True, kw_only=True):
        text: str
        settings: str = ""

    wire = msgspec.json.encode(Step(text="Let Samebox do it.", remedy="empty_bin"))
    assert msgspec.json.decode(wire, type=OldStep) == OldStep(text="Let Samebox do it.")
