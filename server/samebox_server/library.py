"""Takes article files into the store: the starter base at the first start, later whole folders."""

import logging
from collections.abc import Callable
from functools import partial

from samebox_server.starter import starter_files
from samebox_server.store import articles
from samebox_server.store.database import Database

_log = logging.getLogger(__name__)


class Library:
    """Published articles come in through here; a broken file never stops the others."""

    def __init__(self, database: Database, now: Callable[[], float]) -> None:
        self._database = database
        self._now = now

    async def take_in_starter(self) -> None:
        """Imports the starter base if there is no article at all."""
        if not await self._database.read(articles.is_empty):
            return
        files = starter_files()
        taken = [await self.take_in(name, text) for name, text in files.items()]
        _log.info("took in %d of %d starter articles", sum(c for _, c in taken), len(files))

    async def take_in(self, source: str, text: str) -> tuple[str, bool]:
        """What is wrong with this file (empty: nothing), and whether it changed anything."""
        # Reading articles loads a YAML, a Markdown and a CEL reader; an ordinary start does not.
        from samebox_server.core.articles import BrokenArticle, parse

        article = parse(text, source=source)
        if isinstance(article, BrokenArticle):
            fault = f"{article.source}, line {article.line}: {article.what}"
            _log.warning("a broken article was left out: %s", fault)
            return fault, False
        changed = await self._database.write(
            partial(articles.publish, published=article, source=text, now=self._now())
        )
        return "", changed
