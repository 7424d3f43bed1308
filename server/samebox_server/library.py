"""Takes article files into the store: the starter base at the first start, later whole folders."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from functools import partial

from samebox_server.core.intake import ArticleFile, GivenFile, Intake, Verdict
from samebox_server.starter import starter_files
from samebox_server.store import articles
from samebox_server.store.database import Database

# Reading articles loads a YAML, a Markdown and a CEL reader; an ordinary start does not, so what
# reads them is imported where it is used.

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
        files = [ArticleFile(source=name, text=text) for name, text in starter_files().items()]
        taken = await self.take_in(files)
        new = sum(verdict.intake is Intake.NEW for verdict in taken)
        _log.info("took in %d of %d starter articles", new, len(files))

    async def take_in(self, files: Sequence[ArticleFile], *, is_dry: bool = False) -> list[Verdict]:
        """What became of each file, in their order; with `is_dry`, what would."""
        from samebox_server.core.article_files import doubt, read_file
        from samebox_server.store.article_files import Offered, take_in

        broken: dict[int, Verdict] = {}
        offered: dict[int, Offered] = {}
        for place, file in enumerate(files):
            read = read_file(file.source, file.text)
            if isinstance(read, Verdict):
                broken[place] = read
            else:
                why_not = doubt(file.source, file.text, read)
                offered[place] = Offered(file=file, article=read, doubt=why_not)
            await asyncio.sleep(0)  # whoever is connected does not wait for a whole folder
        unit = partial(take_in, offered=tuple(offered.values()), now=self._now(), is_dry=is_dry)
        taken = await (self._database.read(unit) if is_dry else self._database.write(unit))
        verdicts = broken | dict(zip(offered, taken, strict=True))
        for verdict in verdicts.values():
            if verdict.intake is Intake.LEFT_OUT:
                _log.warning("an article was left out: %s", verdict.words)
        return [verdicts[place] for place in range(len(files))]

    async def give_out(self, after: str) -> list[GivenFile]:
        """The next articles that are or were published, in the order of ids; none is the end."""
        from samebox_server.core.articles import render
        from samebox_server.store.article_files import page

        return [
            GivenFile(
                article_id=each.article_id,
                text=render(each.article) if each.article else "",
                fingerprints=each.fingerprints,
            )
            for each in await self._database.read(partial(page, after=after))
        ]
