"""After damage: a new file with what the person wrote, and the old one beside it."""

import subprocess
import sys
from pathlib import Path

import pytest
from samebox_agent.storage.rescue import start_afresh
from samebox_agent.storage.settings import SERVER_ADDRESS
from samebox_agent.storage.store import open_store
from samebox_agent.storage.trouble import StorageTrouble, TroubleKind
from samebox_shared.model.articles import Article, ArticleChange, ArticlePage
from samebox_shared.model.facts import FactKind
from samebox_shared.model.ids import ArticleId, TxnId
from samebox_shared.protocol.acts import SetHelping

ACT = SetHelping(helping=True)


def fill(file: Path) -> None:
    store = open_store(file)
    store.settings.put(SERVER_ADDRESS, "https://help.example.com")
    store.sharing.sharing(FactKind.BATTERY, True, 1.0)
    store.texts.save_text("help", "half a sentence")
    store.outbox.add(TxnId("t"), ACT, 1.0)
    store.ledger.record(1.0, "x", "y", b"z")
    store.suggestions.never(ArticleId("disk"))
    changes = tuple(
        ArticleChange(
            change=number,
            article_id=ArticleId(str(number)),
            article=Article(article_id=ArticleId(str(number)), version=1, title="T", summary="S"),
        )
        for number in range(500)
    )
    store.articles.apply_page(ArticlePage(changes=changes, head=500))
    store.close()


def damage(file: Path, first_page: int) -> None:
    content = bytearray(file.read_bytes())
    content[first_page * 4096 :] = b"\xff" * (len(content) - first_page * 4096)
    file.write_bytes(content)


def test_what_the_person_wrote_is_rescued(file: Path) -> None:
    fill(file)
    damage(file, 24)
    broken = file.read_bytes()
    store = open_store(file)
    with pytest.raises(StorageTrouble) as caught:
        store.articles.all()
    assert caught.value.kind is TroubleKind.CORRUPT
    store.close()

    store, aside = start_afresh(file)
    assert store.settings.get(SERVER_ADDRESS) == "https://help.example.com"
    assert store.sharing.current_sharing() == {FactKind.BATTERY}
    assert store.texts.texts() == {"help": "half a sentence"}
    assert [entry.act for entry in store.outbox.waiting()] == [ACT]
    assert [entry.payload for entry in store.ledger.entries(5)] == [b"z"]
    assert len(store.suggestions.silenced()) == 1
    assert (store.articles.head(), store.articles.all()) == (0, ())
    assert store.feed.position() == ("", 0)
    store.close()
    assert aside.read_bytes() == broken


def test_a_file_that_cannot_be_read_at_all_gives_an_empty_store(file: Path) -> None:
    file.write_bytes(b"noise" * 5000)
    store, aside = start_afresh(file)
    assert store.texts.texts() == {}
    store.close()
    assert aside.read_bytes() == b"noise" * 5000


def test_what_stood_only_in_the_log_of_a_killed_process_is_rescued(file: Path) -> None:
    program = (
        "import os, pathlib, sys\n"
        "from samebox_agent.storage.store import open_store\n"
        "store = open_store(pathlib.Path(sys.argv[1]))\n"
        "store.texts.save_text('help', 'just typed')\n"
        "os.kill(os.getpid(), 9)\n"
    )
    subprocess.run([sys.executable, "-c", program, str(file)], check=False)
    store, _ = start_afresh(file)
    assert store.texts.texts() == {"help": "just typed"}
    store.close()


def test_acts_that_make_no_sense_are_not_taken_over(file: Path) -> None:
    fill(file)
    store = open_store(file)
    store.database.execute("UPDATE outbox SET act = ?", (b"{",))
    store.close()
    store, _ = start_afresh(file)
    assert store.outbox.waiting() == ()
    assert store.texts.texts() == {"help": "half a sentence"}
    store.close()
