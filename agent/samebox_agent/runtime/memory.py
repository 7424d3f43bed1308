"""What the core wants remembered, on the disk; and what the disk remembers at the start."""

import logging
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from samebox_shared.model.ids import DeviceId, PersonId
from samebox_shared.model.people import PersonCard, Role
from samebox_shared.protocol.messages import Event

from samebox_agent.core import commands as c
from samebox_agent.core import following, manners, remedies
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
from samebox_agent.core.remedy_list import RemedyKey
from samebox_agent.core.state import Me, Problem, SharedEntry, Snoozed, Trouble, Waiting
from samebox_agent.runtime import article_copy, own_names
from samebox_agent.storage import settings
from samebox_agent.storage.paths import Paths
from samebox_agent.storage.rescue import start_afresh
from samebox_agent.storage.store import Store, open_store
from samebox_agent.storage.trouble import StorageTrouble, TroubleKind

log = logging.getLogger(__name__)

MOST_HITS = 20
MOST_SHARED = 200
TYPING_PAUSE = 0.4
"""Seconds after the last key before typed text goes to the disk: one sync for many keys."""

Tell = Callable[[AgentEvent], None]
Later = Callable[[float, Callable[[], None]], object]


class Memory:
    """The store, in the core's terms. Belongs to the engine's thread."""

    def __init__(self, store: Store, later: Later, tell: Tell, trouble: Trouble | None) -> None:
        self.store = store
        self._later = later
        self._tell = tell
        self._trouble = trouble
        self._texts: dict[str, str] = {}
        self._flushing = False

    def started(
        self,
        *,
        show_window: bool,
        openable: frozenset[str],
        offered: frozenset[RemedyKey] = frozenset(),
    ) -> Started:
        """Everything the disk remembers; damage that shows only now is put aside too."""
        try:
            return self._started(show_window, openable, offered)
        except StorageTrouble as trouble:
            if trouble.kind is not TroubleKind.CORRUPT:
                raise
            self.store.close()
            self.store = _afresh(self.store.database.file, trouble)
            self._trouble = in_core_words(trouble)
            return self._started(show_window, openable, offered)

    def _started(
        self, show_window: bool, openable: frozenset[str], offered: frozenset[RemedyKey]
    ) -> Started:
        store = self.store
        get = store.settings.get
        agreed = get(settings.SHARING_SEEN)
        return Started(
            me=self._me(),
            server=get(settings.SERVER_ADDRESS),
            epoch=store.feed.position().epoch,
            reading=get(settings.READING),
            sharing=store.sharing.current_sharing() if agreed else None,
            sharing_agreed=agreed,
            appearance=_appearance(get(settings.APPEARANCE)),
            articles=article_copy.kept(store.articles),
            feed=tuple(store.feed.load()),
            outbox=tuple(
                Waiting(entry.txn_id, entry.act, entry.at, stored=True)
                for entry in store.outbox.waiting()
            ),
            snoozed=tuple(
                Snoozed(item.article_id, float("inf") if item.until is None else item.until)
                for item in store.suggestions.silenced()
            ),
            texts=tuple(store.texts.texts().items()),
            show_window=show_window,
            openable=openable,
            offered=offered,
            tried=remedies.read(get(settings.REMEDIES)),
            trying=following.read(get(settings.TRYING)),
            manners=manners.read(get(settings.MANNERS)),
            hosts=own_names.hosts(),
            users=own_names.users(),
            trouble=self._trouble,
        )

    def grow(self, events: Iterable[Event]) -> tuple[Event, ...]:
        """Store events of the feed, all in one transaction; those that were new.

        Raises FeedGap and StorageTrouble; then nothing was stored.
        """
        with self.store.database.transaction():
            return tuple(event for event in events if self.store.feed.apply(event))

    def carry_out(self, command: c.AnyCommand) -> None:
        """One command that concerns the disk; a disk that fails becomes an event."""
        try:
            self._carry_out(command)
        except StorageTrouble as trouble:
            log.warning("the disk failed: %s", trouble)
            named = in_core_words(trouble)
            if isinstance(command, c.SearchArticles) and trouble.kind is TroubleKind.CORRUPT:
                article_copy.mend(self.store.articles, self._tell)
            elif isinstance(command, c.KeepAct):
                self._tell(ActNotKept(command.txn_id, named))
            else:
                self._tell(StoreFailed(named))

    def _carry_out(self, command: c.AnyCommand) -> None:
        store = self.store
        match command:
            case c.KeepAct(txn_id=txn_id, act=act, at=at):
                store.outbox.add(txn_id, act, at)
                self._tell(ActKept(txn_id))
            case c.SettleAct(txn_id=txn_id):
                store.outbox.remove(txn_id)
            case c.RenewAct(txn_id=txn_id, at=at):
                store.outbox.renew(txn_id, at)
            case c.KeepText(place=place, text=text):
                self._keep_text(place, text)
            case c.SearchArticles(text=text):
                hits = store.articles.search(text, MOST_HITS)
                self._tell(SearchDone(text, tuple(hit.article.article_id for hit in hits)))
            case c.ForgetFeed(epoch=epoch):
                store.feed.forget(epoch)
            case c.ForgetArticles():
                store.articles.forget()
            case c.ReadSharedLog():
                self._tell(SharedLogRead(self._shared()))
            case _:
                self._keep(command)

    def _keep(self, command: c.AnyCommand) -> None:
        store = self.store
        match command:
            case c.KeepMe(me=me):
                self._keep_me(me)
            case c.KeepSharing(kind=kind, on=on):
                store.sharing.sharing(kind, on, time.time())
            case c.KeepSnooze(article_id=article_id, until=until):
                if until == float("inf"):
                    store.suggestions.never(article_id)
                else:
                    store.suggestions.snooze(article_id, until)
            case c.KeepSetting(name=name, value=value):
                self._keep_setting(name, value)
            case _:
                raise TypeError(f"not for the disk: {command!r}")

    def _keep_setting(self, name: c.Remembered, value: str) -> None:
        put = self.store.settings
        match name:
            case c.Remembered.SERVER:
                put.put(settings.SERVER_ADDRESS, value)
            case c.Remembered.SERVER_KEY:
                put.put(settings.SERVER_KEY, value)
            case c.Remembered.APPEARANCE:
                put.put(settings.APPEARANCE, value)
            case c.Remembered.REMEDIES:
                put.put(settings.REMEDIES, value)
            case c.Remembered.TRYING:
                put.put(settings.TRYING, value)
            case c.Remembered.MANNERS:
                put.put(settings.MANNERS, value)
            case c.Remembered.READING:
                put.put(settings.READING, value == "yes")
            case c.Remembered.SHARING_AGREED:
                put.put(settings.SHARING_SEEN, value == "yes")

    def _keep_text(self, place: str, text: str) -> None:
        """Text that became empty was sent or dropped: that is written at once."""
        self._texts[place] = text
        if not text:
            self.flush_texts()
        elif not self._flushing:
            self._flushing = True
            self._later(TYPING_PAUSE, self.flush_texts)

    def flush_texts(self) -> None:
        """Put what was typed on the disk; on a full disk it waits for the next key."""
        self._flushing = False
        texts, self._texts = self._texts, {}
        if not texts:
            return
        try:
            with self.store.database.transaction():
                for place, text in texts.items():
                    self.store.texts.save_text(place, text)
        except StorageTrouble as trouble:
            self._texts = {**texts, **self._texts}
            self._tell(StoreFailed(in_core_words(trouble)))

    def _keep_me(self, me: Me) -> None:
        put = self.store.settings
        with self.store.database.transaction():
            put.put(settings.DEVICE_ID, me.device_id)
            put.put(settings.PERSON_ID, me.person.person_id)
            put.put(settings.PERSON_NAME, me.person.name)
            put.put(settings.ORGANISATION, me.organisation)
            put.put(settings.ROLES, ",".join(me.roles))

    def _me(self) -> Me | None:
        get = self.store.settings.get
        device_id = get(settings.DEVICE_ID)
        if not device_id or not get(settings.SERVER_ADDRESS):
            return None
        roles = tuple(Role(role) for role in get(settings.ROLES).split(",") if role)
        card = PersonCard(
            person_id=PersonId(get(settings.PERSON_ID)),
            name=get(settings.PERSON_NAME),
            is_it=Role.IT in roles,
        )
        return Me(card, DeviceId(device_id), get(settings.ORGANISATION), roles)

    def _shared(self) -> tuple[SharedEntry, ...]:
        return tuple(
            SharedEntry(entry.at, f"{entry.what}, to {entry.to}", entry.payload.decode())
            for entry in self.store.ledger.entries(MOST_SHARED)
        )

    def record_shared(self, to: str, what: str, payload: bytes) -> None:
        """Facts are about to leave: the ledger first, then the socket (PR-3)."""
        self.store.ledger.record(time.time(), to, what, payload)

    def shrink(self) -> None:
        """Keep no pages of the file in memory; they are read again when they are needed."""
        self.store.database.execute("PRAGMA shrink_memory")

    def close(self) -> None:
        """Write what is pending and let go of the file."""
        self.flush_texts()
        self.store.close()


def open_memory(paths: Paths, later: Later, tell: Tell) -> Memory:
    """Open the store; a damaged one is put aside and a new one begun, and the person is told.

    Raises StorageTrouble when there is no way to keep anything at all.
    """
    try:
        return Memory(open_store(paths.database), later, tell, None)
    except StorageTrouble as trouble:
        if trouble.kind is not TroubleKind.CORRUPT:
            raise
        store = _afresh(paths.database, trouble)
        return Memory(store, later, tell, in_core_words(trouble))


def _afresh(file: Path, trouble: StorageTrouble) -> Store:
    store, aside = start_afresh(file)
    log.error("%s; put aside as %s", trouble, aside.name)
    return store


def in_core_words(trouble: StorageTrouble) -> Trouble:
    """The store's trouble in the core's terms."""
    if trouble.kind is TroubleKind.FULL:
        return Trouble(Problem.DISK_FULL)
    if trouble.kind is TroubleKind.CORRUPT:
        return Trouble(Problem.STORE_BROKEN)
    return Trouble(Problem.STORE_UNUSABLE, trouble.what)


def _appearance(value: str) -> Appearance:
    return Appearance(value) if value in set(Appearance) else Appearance.SYSTEM
