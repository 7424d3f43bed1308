"""What the core wants remembered, on the disk; and what the disk remembers at the start."""

import logging
import time
from collections.abc import Callable, Iterable

from samebox_shared.model.articles import ArticleChange, ArticlePage
from samebox_shared.model.ids import DeviceId, PersonId, TxnId
from samebox_shared.model.people import PersonCard, Role
from samebox_shared.protocol.messages import Event

from samebox_agent.core import commands as c
from samebox_agent.core.events import (
    ActKept,
    ActNotKept,
    AgentEvent,
    SearchDone,
    SharedLogRead,
    Started,
    StoreFailed,
)
from samebox_agent.core.intents import Appearance
from samebox_agent.core.state import Me, Problem, SharedEntry, Snoozed, Trouble, Waiting
from samebox_agent.storage import settings
from samebox_agent.storage.paths import Paths
from samebox_agent.storage.store import Store, open_store
from samebox_agent.storage.trouble import StorageTrouble, TroubleKind

log = logging.getLogger(__name__)

MOST_HITS = 20
MOST_SHARED = 200
