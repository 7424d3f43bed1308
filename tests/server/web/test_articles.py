"""What a laptop gets of the knowledge base, from a real server."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

import httpx
import msgspec
from nacl.signing import VerifyKey
from samebox_shared.model.articles import ArticlePage, Audience
from samebox_shared.protocol import bundles
from samebox_shared.protocol.bundles import Asked, BundleHead
from samebox_shared.protocol.http import About

from tests.server.running import Person, RunningServer, join, running, set_up

ARTICLE = """---
id: {name}
title: {title}
language: en
audience: it
topic: network
symptoms:
- The {name} is broken
risk: 0
version: 1
---

Words.

## Steps

1. Look.
"""


def publish(server: RunningServer, name: str, title: str, audience: str = "audience: it") -> None:
    text = ARTICLE.format(name=name, title=title).replace("audience: it", audience)
    local = msgspec.json.decode((server.data / "local.json").read_bytes())
    answer = httpx.post(
        f"{local['url']}/api/local/articles/import",
        json={"files": [{"source": name, "text": text.replace("\n\ntopic", "\ntopic")}]},
        headers={"authorization": f"Bearer {local['key']}"},
    )
    (verdict,) = answer.json()["verdicts"]
    assert verdict["intake"] in ("new", "changed"), verdict


def fetch(person: Person, asked: Asked) -> tuple[BundleHead, ArticlePage]:
    """One bundle, with its signature checked against the key of the join."""
    query = urlencode(msgspec.structs.asdict(asked))
    answer = person.server.get(f"/api/articles?{query}", person.token)
    assert answer.status_code == 200, answer.text
    assert person.joined.server_key is not None
    signature, told = bundles.parted(answer.content)
    VerifyKey(bytes.fromhex(person.joined.server_key.public)).verify(
        bundles.signed(told), signature
    )
    head, page = bundles.opened(told)
    return head, msgspec.json.decode(page, type=ArticlePage)


def copy_of(head: BundleHead, page: ArticlePage) -> Asked:
    return Asked(after=page.head, scope=head.scope, epoch=head.epoch)


def names(page: ArticlePage) -> set[str]:
    return {each.article_id for each in page.changes if each.article is not None}


def ada_of(owner: Person) -> Person:
    return join(owner.server, owner.invite("Ada"))


def test_the_first_page_begins_at_nothing_and_the_next_goes_on(owner: Person) -> None:
    ada = ada_of(owner)
    head, page = fetch(ada, Asked())
    assert (head.asked, head.start, head.packed) == (Asked(), 0, True)
    assert len(page.changes) > 100
    head, page = fetch(ada, copy_of(head, page))
    assert (head.start, page.changes) == (page.head, ())


def test_another_scope_or_epoch_begins_anew(owner: Person) -> None:
    ada = ada_of(owner)
    head, page = fetch(ada, Asked())
    mine = copy_of(head, page)
    for other in (
        msgspec.structs.replace(mine, scope="other"),
        msgspec.structs.replace(mine, epoch="other"),
    ):
        again, whole = fetch(ada, other)
        assert (again.asked, again.start, names(whole)) == (other, 0, names(page))


def test_what_is_for_it_reaches_only_it(owner: Person) -> None:
    ada = ada_of(owner)
    publish(owner.server, "vault", "The vault")
    at_it, for_it = fetch(owner, Asked())
    at_ada, for_ada = fetch(ada, Asked())
    assert at_it.scope != at_ada.scope
    assert names(for_it) - names(for_ada) == {"vault"}
    vault = next(each.article for each in for_it.changes if each.article_id == "vault")
    assert vault is not None
    assert vault.audience is Audience.IT
    old = owner.server.get("/api/articles?after=0", ada.token)
    assert names(msgspec.json.decode(old.content, type=ArticlePage)) == names(for_ada)


def test_the_key_is_told_by_about_too(owner: Person) -> None:
    about = msgspec.json.decode(owner.server.get("/api/about").content, type=About)
    assert about.server_key is not None
    assert about.server_key == owner.joined.server_key


def test_a_copy_with_an_endless_name_is_refused(owner: Person) -> None:
    answer = owner.server.get(f"/api/articles?scope={'x' * 65}", owner.token)
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed")
    assert owner.server.get("/api/articles?scope=", "x" * 43).status_code == 401


def test_a_server_from_a_backup_keeps_its_key_and_begins_anew(tmp_path: Path) -> None:
    with running(tmp_path / "data") as server:
        ada = ada_of(set_up(server))
        server.stop()
        shutil.copytree(server.data, tmp_path / "backup")
        server.start()
        publish(server, "lost", "Lost with the restore", "")
        head, page = fetch(ada, Asked())
        server.stop()
        shutil.rmtree(server.data)
        shutil.copytree(tmp_path / "backup", server.data)
        with closing(sqlite3.connect(server.data / "samebox.sqlite3")) as database, database:
            database.execute("UPDATE setting SET value = 'restored' WHERE name = 'epoch'")
        server.start()
        again, whole = fetch(ada, copy_of(head, page))
        assert (again.start, again.epoch) == (0, "restored")
        assert names(page) - names(whole) == {"lost"}
