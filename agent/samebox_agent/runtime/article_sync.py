"""Fetches changed articles: each page is checked in a worker before anything of it is used.

A copy of something else (another scope, an older epoch) is replaced only when all of the new one
is here; until then the old one serves.
"""

import asyncio
import logging
from collections.abc import Callable

from samebox_shared.model.articles import ArticlePage
from samebox_shared.protocol.bundles import Asked

from samebox_agent.core.events import AgentEvent, ArticlesArrived, ArticlesMissed, StoreFailed
from samebox_agent.net.bundles import Opened, open_bundle
from samebox_agent.net.failures import Failure, NotSamebox, NotSigned
from samebox_agent.net.http import Http
from samebox_agent.runtime import article_copy
from samebox_agent.runtime.memory import Memory, in_core_words
from samebox_agent.storage import settings
from samebox_agent.storage.articles import Origin
from samebox_agent.storage.trouble import StorageTrouble, TroubleKind

log = logging.getLogger(__name__)


class ArticleSync:
    """One fetch at a time. Belongs to the engine's thread."""

    def __init__(self, memory: Memory, tell: Callable[[AgentEvent], None]) -> None:
        self._memory = memory
        self._tell = tell

    async def run(self, http: Http, token: str) -> None:
        """Fetch until there is no more; the core hears of what goes wrong and asks again."""
        try:
            key = await self._key(http)
            failure = key if not isinstance(key, str) else await self._fetch(http, token, key)
        except StorageTrouble as trouble:
            self._disk_failed(trouble)
            return
        if failure is not None:
            log.warning("articles did not come: %s", failure)
            self._tell(ArticlesMissed(is_refused=isinstance(failure, NotSigned)))

    def _disk_failed(self, trouble: StorageTrouble) -> None:
        if trouble.kind is TroubleKind.CORRUPT:
            article_copy.mend(self._memory.store.articles, self._tell)
            return
        self._tell(StoreFailed(in_core_words(trouble)))
        self._tell(ArticlesMissed())

    async def _key(self, http: Http) -> str | Failure:
        """The key from when this laptop joined. One that joined before there was a key takes the
        server's word for it, once."""
        kept = self._memory.store.settings
        if key := kept.get(settings.SERVER_KEY):
            return key
        about = await http.about()
        if isinstance(about, Failure):
            return about
        if about.server_key is None:
            return NotSigned("the server has no key; it is older than this laptop's Samebox")
        log.warning("taking over the server's key %s", about.server_key.key_id)
        kept.put(settings.SERVER_KEY, about.server_key.public)
        return about.server_key.public

    async def _fetch(self, http: Http, token: str, key: str) -> Failure | None:
        """Why it ended early, or None. The core hears once of all that was stored."""
        taken = _Taken(self._memory)
        try:
            while True:
                opened = await self._page(http, token, key, taken.asked)
                if isinstance(opened, Failure):
                    return opened
                taken.take(opened)
                if not opened.page.more:
                    return None
        finally:
            if taken.pages:
                self._tell(taken.arrived())

    async def _page(self, http: Http, token: str, key: str, asked: Asked) -> Opened | Failure:
        bundle = await http.articles(token, asked)
        if not isinstance(bundle, bytes):
            return bundle
        opened = await asyncio.to_thread(open_bundle, bundle, key, asked)
        if isinstance(opened, Opened) and opened.head.epoch != self._epoch():
            return NotSamebox("the server is of another epoch than its greeting")
        return opened

    def _epoch(self) -> str:
        return self._memory.store.feed.position().epoch


class _Taken:
    """What was fetched in one go: applied page by page, or held back until it is a whole copy."""

    def __init__(self, memory: Memory) -> None:
        self._articles = memory.store.articles
        self.asked = self._articles.position()
        self.pages: list[ArticlePage] = []
        self._held: list[ArticlePage] = []
        self._left_out = 0
        self._anew = False
        self._origin = Origin()

    def take(self, opened: Opened) -> None:
        """Stored when this returns, or held back."""
        begins_anew = opened.head.start == 0 and self.asked.after > 0
        if begins_anew:
            self._held, self._left_out, self._anew = [], 0, True
        self._left_out += opened.left_out
        if opened.left_out:
            log.warning("%d articles are for a newer version", opened.left_out)
        self._origin = Origin(opened.head.scope, opened.head.epoch, not self._left_out)
        self.asked = Asked(after=opened.page.head, scope=opened.head.scope, epoch=opened.head.epoch)
        if not self._anew:
            self._articles.apply_page(opened.page, self._origin)
            self.pages.append(opened.page)
            return
        self._held.append(opened.page)
        if not opened.page.more:
            self._articles.replace(self._held, self._origin)
            self.pages = self._held

    def arrived(self) -> ArticlesArrived:
        """All that was stored, as one page."""
        changes = tuple(change for page in self.pages for change in page.changes)
        page = ArticlePage(changes=changes, head=self.pages[-1].head)
        return ArticlesArrived(page, self._origin.scope, self._origin.epoch, anew=self._anew)
