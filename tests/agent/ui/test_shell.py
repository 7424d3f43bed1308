"""The shell keeps the windows: opens, raises, closes and recolours them as the screens say."""

import sys
import threading

from msgspec.structs import replace
from PySide6.QtCore import Qt, QThread
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot
from samebox_agent.core.intents import Appearance, PassOffer
from samebox_agent.presenters.views import Screens
from samebox_agent.ui.offer import OfferWindow
from samebox_agent.ui.stage import windows
from samebox_agent.ui.theme import DARK, LIGHT
from samebox_shared.model.ids import OfferId

from tests.agent.ui import help_scenes, scenes, sheet_scenes
from tests.agent.ui.company import Company


def closed() -> Screens:
    opened = scenes.screens()
    return replace(opened, main=replace(opened.main, open=False))


def titles() -> list[str]:
    return sorted(window.windowTitle() for window in windows())


def test_the_window_opens_and_closes_as_told(company: Company) -> None:
    company.show(closed())
    assert titles() == []
    company.show(scenes.screens())
    assert titles() == ["How can we help? – Samebox"]
    company.show(closed())
    assert titles() == []


def test_a_window_the_person_put_away_comes_back_when_raised(company: Company) -> None:
    company.show(scenes.screens())
    window = company.window("How can we help?")
    window.showMinimized()
    company.show(scenes.screens(main=scenes.main(help_scenes.help_page(), raised=1)))
    assert window.isMinimized()
    company.show(scenes.screens(main=scenes.main(help_scenes.help_page(), raised=2)))
    assert not window.isMinimized()


def test_a_session_that_is_gone_takes_its_window_along(company: Company) -> None:
    company.show(replace(closed(), sessions=(scenes.session(),)))
    assert titles() == ["Mira: Wi-Fi keeps dropping in meetings – Samebox"]
    company.show(closed())
    assert titles() == []


def test_offers_stand_above_each_other_and_take_no_focus(company: Company) -> None:
    two = (scenes.offer(), replace(scenes.offer(), key="o2"))
    company.show(scenes.screens(offers=two))
    first, second = (w for w in windows() if isinstance(w, OfferWindow))
    assert not first.geometry().intersects(second.geometry())
    assert first.width() == second.width() == 380
    assert first.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    assert first.focusWidget() is first


def test_closing_an_offer_is_not_now(company: Company) -> None:
    company.show(replace(closed(), offers=(scenes.offer(),)))
    company.window(scenes.offer().heading).close()
    assert company.intents == [PassOffer(OfferId("o1"))]


def test_the_colours_follow_the_choice(company: Company) -> None:
    company.show(scenes.screens(appearance=Appearance.DARK))
    assert company.shell.theme.tokens is DARK
    company.show(scenes.screens(appearance=Appearance.LIGHT))
    assert company.shell.theme.tokens is LIGHT


def test_screens_from_another_thread_arrive_on_this_one(qtbot: QtBot, company: Company) -> None:
    here = QThread.currentThread()
    seen: list[QThread] = []
    company.bridge.screens.connect(lambda _: seen.append(QThread.currentThread()))
    thread = threading.Thread(target=lambda: company.bridge.screens.emit(scenes.screens()))
    thread.start()
    qtbot.waitUntil(lambda: titles() == ["How can we help? – Samebox"])
    thread.join()
    assert company.shell.thread() is here


def test_only_the_newest_of_many_screens_is_drawn(qtbot: QtBot, company: Company) -> None:
    for page in scenes.pages().values():
        company.bridge.screens.emit(scenes.screens(page))
    company.bridge.screens.emit(scenes.screens(sheet_scenes.settings()))
    qtbot.waitUntil(lambda: titles() == ["Settings – Samebox"])


def test_text_goes_to_the_clipboard(company: Company) -> None:
    company.bridge.copy.emit("samebox://join/help.example/4K7M")
    company.settle()
    assert QGuiApplication.clipboard().text() == "samebox://join/help.example/4K7M"


class Outside:
    """Notices every file, socket and process that this thread asks for. Cannot be taken out."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self._thread = threading.get_ident()
        sys.addaudithook(self._hear)

    def _hear(self, event: str, arguments: tuple[object, ...]) -> None:
        watched = ("open", "socket.connect", "subprocess.Popen")
        if event in watched and threading.get_ident() == self._thread:
            self.asked.append((event, str(arguments[0])))


def test_drawing_touches_no_file_socket_or_process(company: Company) -> None:
    everything = [scenes.screens(page) for page in scenes.pages().values()]
    everything += [scenes.screens(sessions=(view,)) for view in scenes.sessions().values()]
    everything += [scenes.screens(offers=(scenes.offer(),), appearance=Appearance.DARK)]
    for screens in everything:
        company.show(screens)  # imports each page, once
    outside = Outside()
    for screens in everything:
        company.show(screens)
    assert outside.asked == []
