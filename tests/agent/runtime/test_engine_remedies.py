"""A remedy through the whole program: two clicks on a page, and a real bin is empty."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from samebox_agent.collectors.recorded import RecordedMachine, load
from samebox_agent.core import intents
from samebox_agent.core.remedy_intents import AskRemedy, DoRemedy
from samebox_agent.core.remedy_list import RemedyKey
from samebox_agent.presenters.views import ArticleView, Banner, Screens
from samebox_agent.runtime.engine import Engine, Options
from samebox_agent.runtime.memory import open_memory
from samebox_agent.storage.paths import Paths, choose_paths
from samebox_shared.model.articles import Step

from tests.agent.runtime.test_engine import MACHINE, PATIENCE, Seen
from tests.support.builders import DISK, a_page, an_article
from tests.support.fakes import Later, Told

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the bin of Linux")
ARTICLE = an_article(steps=(Step(text="Let Samebox empty the bin.", remedy="empty_bin"),))


@pytest.fixture
def secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file in the bin of a home folder that is only this test's."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    files = tmp_path / "home/.local/share/Trash/files"
    files.mkdir(parents=True)
    (files / "secret.txt").write_bytes(b"x" * 4_096)
    return files / "secret.txt"


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """A laptop that has the article."""
    paths = choose_paths(tmp_path / "samebox")
    memory = open_memory(paths, Later(), Told())
    memory.store.articles.apply_page(a_page(ARTICLE))
    memory.close()
    return paths


class Clicks:
    """A person before the page of the article."""

    def __init__(self, paths: Paths, machine: RecordedMachine | None) -> None:
        self._seen = Seen()
        self.engine = Engine(Options(paths, machine, show_window=True), self._seen.outputs())

    def on(self, intent: intents.Intent, title: str) -> Banner:
        """Click, and wait until the step says so."""
        self.engine.submit(intent)
        shown = self._seen.until(lambda screens: said(screens) == title)
        page = shown.main.page
        assert isinstance(page, ArticleView)
        assert page.steps[0].remedy is not None
        return page.steps[0].remedy.banner

    def open(self) -> None:
        self.engine.submit(intents.OpenArticle(DISK))
        self._seen.until(lambda screens: isinstance(screens.main.page, ArticleView))


def said(screens: Screens) -> str:
    page = screens.main.page
    if not isinstance(page, ArticleView) or page.steps[0].remedy is None:
        return ""
    return page.steps[0].remedy.banner.title


@pytest.fixture
def clicks(request: pytest.FixtureRequest, paths: Paths, secret: Path) -> Iterator[Clicks]:
    clicks = Clicks(paths, request.param)
    clicks.engine.start()
    clicks.open()
    yield clicks
    clicks.engine.stop(PATIENCE)


@pytest.mark.parametrize("clicks", [None], indirect=True)
def test_a_bin_is_emptied_when_the_person_said_so_and_not_before(
    clicks: Clicks, secret: Path, paths: Paths
) -> None:
    banner = clicks.on(AskRemedy(DISK, RemedyKey.EMPTY_BIN), "Empty the bin?")
    assert "Found: 1 item, 4.1 kB." in banner.detail
    assert secret.exists()
    banner = clicks.on(DoRemedy(1), "The bin is empty")
    assert banner.detail == "Deleted: 1 item, 4.1 kB."
    assert not secret.exists()
    clicks.engine.stop(PATIENCE)
    log = paths.log.read_text(encoding="utf-8")
    assert "remedy empty_bin: the bin was emptied; 1 items, 4096 bytes" in log
    assert "secret" not in log
    memory = open_memory(paths, Later(), Told())
    (tried,) = memory.started(show_window=False, openable=frozenset()).tried
    memory.close()
    assert (tried.key, tried.done) == (RemedyKey.EMPTY_BIN, True)


@pytest.mark.parametrize("clicks", [load(MACHINE)], indirect=True, ids=["recorded"])
def test_a_recorded_machine_says_that_it_does_nothing(clicks: Clicks, secret: Path) -> None:
    clicks.on(AskRemedy(DISK, RemedyKey.EMPTY_BIN), "This is a recorded laptop")
    assert secret.exists()
