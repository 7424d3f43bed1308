"""Which acts say something about a laptop or a person: every byte of them is written down first."""

import msgspec
from samebox_shared.protocol.acts import (
    AddDevice,
    AgreeToDraft,
    AnyAct,
    Ask,
    ProposeArticle,
    ReportOutcome,
    SetVolunteering,
    TellDeviceType,
)

from samebox_agent.runtime.memory import Memory

TOLD: dict[type[AnyAct], str] = {
    Ask: "A question",
    TellDeviceType: "The device type",
    SetVolunteering: "How you help",
    AddDevice: "A device added by hand",
    ReportOutcome: "What came of a fix",
    ProposeArticle: "A draft article",
    AgreeToDraft: "What you say of a draft",
}


def record(memory: Memory, server: str, act: AnyAct) -> None:
    """Into the ledger before it goes into the socket (PR-3). Raises StorageTrouble."""
    what = TOLD.get(type(act))
    if what is not None:
        memory.record_shared(server, what, msgspec.json.encode(act))
