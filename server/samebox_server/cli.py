"""`samebox-server`: serve, migrate, and what an administrator does at the server's console.

`invite`, `setup-link`, `leaver` and `articles` (import, export) speak to the running server through
the key in its data folder, because only the server may write to its database.
"""

import argparse
import asyncio
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from samebox_server import __version__
from samebox_server.console import FAILED, OK, Failed, ask
from samebox_server.settings import BadSetting, Settings, read

Command = Callable[[Settings, argparse.Namespace], int]
if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; the exit code."""
    given = _parser().parse_args(arguments)
    try:
        settings = read(os.environ, vars(given))
        return int(given.command(settings, given))
    except (BadSetting, Failed) as error:
        return _fail(error)


def _serve(settings: Settings, given: argparse.Namespace) -> int:
    from samebox_server.logs import start_logging
    from samebox_server.serving import CannotListen, serve
    from samebox_server.store.engine import DataInUse, NoDatabase

    start_logging(settings.log_level, settings.log_format)
    try:
        return serve(settings, sys.stdout if given.announce else None)
    except (CannotListen, DataInUse, NoDatabase) as error:
        return _fail(error)


def _migrate(settings: Settings, _: argparse.Namespace) -> int:
    from samebox_server.store.database import open_database
    from samebox_server.store.engine import DataInUse, NoDatabase

    async def migrate() -> None:
        async with open_database(settings.data, settings.database_url):
            where = "at database_url" if settings.database_url else f"in {settings.data}"
            print(f"The database {where} is up to date.")

    try:
        asyncio.run(migrate())
    except (DataInUse, NoDatabase) as error:
        return _fail(error)
    return OK


def _invite(settings: Settings, given: argparse.Namespace) -> int:
    answer = ask(settings, "invites", {"name": given.name, "roles": given.role})
    print(answer["link"])
    return OK


def _setup_link(settings: Settings, _: argparse.Namespace) -> int:
    print(ask(settings, "setup-links", {})["link"])
    return OK


def _leaver(settings: Settings, given: argparse.Namespace) -> int:
    people = ask(settings, "leavers", {"who": given.who})["people"]
    if len(people) != 1:
        several = f"{len(people)} people have it. Say which, by id: {', '.join(people)}."
        found = several if people else "Nobody who is here has it."
        raise Failed(f"No one was signed out by the name {given.who!r}. {found}")
    print(f"{given.who} has left: every device is signed out.")
    return OK


def _import_articles(settings: Settings, given: argparse.Namespace) -> int:
    from samebox_server.article_commands import import_articles

    return import_articles(settings, given)


def _export_articles(settings: Settings, given: argparse.Namespace) -> int:
    from samebox_server.article_commands import export_articles

    return export_articles(settings, given)


def _convert_articles(_: Settings, given: argparse.Namespace) -> int:
    from samebox_server.convert_command import convert_export

    return convert_export(given)


def _fail(error: Exception) -> int:
    print(error, file=sys.stderr)
    return FAILED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="samebox-server", description="Routes questions to people with the same laptop."
    )
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    serve = _command(commands, "serve", "run the server", _serve)
    serve.add_argument("--host", help="address to listen on")
    serve.add_argument("--port", type=int, help="port to listen on; 0 takes a free one")
    serve.add_argument("--public-url", help="address people reach the server by")
    serve.add_argument(
        "--announce", action="store_true", help="say the address as one line of JSON"
    )
    _command(commands, "migrate", "bring the database up to date and stop", _migrate)
    invite = _command(commands, "invite", "print a single-use invite", _invite)
    invite.add_argument("--name", required=True, help="the name of the person")
    invite.add_argument("--role", action="append", default=[], choices=["it", "moderator"])
    leaver = _command(commands, "leaver", "sign somebody out for good", _leaver)
    leaver.add_argument("who", help="their name, or their id if others have that name, too")
    _command(commands, "setup-link", "print a fresh link for the owner", _setup_link)
    _add_articles(commands)
    return parser


def _add_articles(commands: "Subparsers") -> None:
    articles = commands.add_parser("articles", help="the knowledge base")
    inner = articles.add_subparsers(required=True, metavar="COMMAND")
    importing = _command(inner, "import", "publish every article of a folder", _import_articles)
    importing.add_argument("folder", type=Path)
    importing.add_argument("--dry-run", action="store_true", help="only say what would change")
    exporting = _command(inner, "export", "write every published article", _export_articles)
    exporting.add_argument("folder", type=Path)
    exporting.add_argument(
        "--prune", action="store_true", help="remove the files of articles that are gone"
    )
    exporting.add_argument(
        "--overwrite", action="store_true", help="also over changes that were never imported"
    )
    sentence = "make article files of another help desk's export, for review"
    converting = _command(inner, "convert", sentence, _convert_articles)
    converting.add_argument("kind", choices=["zendesk"], help="whose export it is")
    converting.add_argument("file", type=Path)
    converting.add_argument("--to", type=Path, required=True, metavar="FOLDER")
    converting.add_argument("--with-drafts", action="store_true", help="also those not published")
    converting.add_argument(
        "--with-restricted", action="store_true", help="also those only some people could read"
    )


def _command(
    commands: "Subparsers", name: str, sentence: str, run: Command
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=sentence)
    parser.add_argument("--data", type=Path, help="folder with the database")
    parser.set_defaults(command=run)
    return parser
