"""What says something about a laptop or a person is in the shared log, byte by byte (PR-3)."""

from pathlib import Path

import msgspec
import pytest
from samebox_agent.runtime import shared_log
from samebox_agent.runtime.memory import open_memory
from samebox_agent.storage.paths import choose_paths
from samebox_shared.model.devices import DeviceType
from samebox_shared.model.ids import DeviceId
from samebox_shared.model.people import Volunteering
from samebox_shared.protocol.acts import (
    AddDevice,
    AgreeToDraft,
    AnyAct,
    Ask,
    DeclineOffer,
    ProposeArticle,
    SetVolunteering,
    TellDeviceType,
)

from tests.support.builders import OFFER, QUESTION, SESSION, an_article


@pytest.mark.parametrize(
    ("act", "what"),
    [
        (Ask(question_id=QUESTION, text="Help", device_type=DeviceType()), "A question"),
        (TellDeviceType(device_type=DeviceType()), "The device type"),
        (SetVolunteering(volunteering=Volunteering(place="B")), "How you help"),
        (
            AddDevice(device_id=DeviceId("d2"), device_type=DeviceType(model="S24")),
            "A device added by hand",
        ),
        (ProposeArticle(session_id=SESSION, draft=an_article()), "A draft article"),
        (AgreeToDraft(session_id=SESSION, agreed=False, why="x"), "What you say of a draft"),
    ],
)
def test_it_is_written_down_before_it_leaves(tmp_path: Path, act: AnyAct, what: str) -> None:
    memory = open_memory(choose_paths(tmp_path), lambda *_: None, lambda _: None)
    shared_log.record(memory, "https://help.example.com", act)
    shared_log.record(memory, "https://help.example.com", DeclineOffer(offer_id=OFFER))
    (entry,) = memory.store.ledger.entries(9)
    assert (entry.what, entry.payload) == (what, msgspec.json.encode(act))
    memory.close()
