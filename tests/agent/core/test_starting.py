"""The start: what the disk remembers is shown again, and nothing is lost (DEL-2)."""

from samebox_agent.core import asking, fixes, joining, session
from samebox_agent.core.commands import (
    Connect,
    ReadFacts,
    SearchArticles,
    SettleAct,
)
from samebox_agent.core.intents import Appearance, Page
from samebox_agent.core.state import (
    DEFAULT_SHARING,
    Keeping,
    Link,
    LinkState,
    Phase,
    Problem,
    Snoozed,
    Trouble,
)
from samebox_shared.model.facts import FactKind
from samebox_shared.model.ids import TxnId
from samebox_shared.protocol.acts import Ask, PostMessage

from tests.support.builders import (
    ANA,
    DISK,
    QUESTION,
    SESSION,
    a_device_type,
    a_page,
    an_article,
    an_event,
    ana_here,
    posted,
    session_opened,
    started,
    waiting,
)
from tests.support.playbook import Playbook

TROUBLE = Trouble(Problem.DISK_FULL)


def test_before_joining_a_start_shows_the_way_in() -> None:
    play = Playbook()
    play >> started(texts=((joining.INVITE_FIELD, "https://"),), show_window=True)
    assert play.state.window.pages == (Page.JOIN,)
    assert (play.state.window.open, play.state.join.invite) == (True, "https://")
    assert play.commands.count(ReadFacts(fixes.ALL_KINDS, asked=True)) == 1
    assert (Connect() in play.commands, play.state.sharing) == (False, DEFAULT_SHARING)


def test_a_joined_laptop_starts_quietly_and_connects() -> None:
    play = Playbook()
    play >> started(ana_here(), appearance=Appearance.DARK, sharing=frozenset({FactKind.CLOCK}))
    play << ReadFacts(fixes.ALL_KINDS) << Connect()
    assert (play.state.window.open, play.state.window.pages) == (False, (Page.HELP,))
    assert play.state.link == Link(LinkState.CONNECTING)
    assert play.state.preferences.appearance is Appearance.DARK
    assert play.state.sharing == {FactKind.CLOCK}
    assert play.state.epoch == "e1"


def test_everything_the_disk_remembers_is_shown_again() -> None:
    hello = waiting(PostMessage(session_id=SESSION, fence=1, text="Hello"), "t1")
    play = Playbook()
    play >> started(
        ana_here(),
        feed=(an_event(session_opened()), an_event(posted("Hi"), 2)),
        outbox=(hello,),
        texts=(
            (asking.ASK_FIELD, "asked"),
            (fixes.QUESTION_FIELD, "typed"),
            (f"{session.COMPOSER}{QUESTION}", "half a wo"),
            (f"{session.COMPOSER}gone", "lost"),
        ),
        articles=a_page(an_article()),
        snoozed=(Snoozed(DISK, 5.0),),
        openable=frozenset({"storage"}),
        trouble=TROUBLE,
    )
    play << SearchArticles("typed")
    assert [(line.text, line.keeping) for line in play.question.lines if line.text] == [
        ("Hi", Keeping.SENT),
        ("Hello", Keeping.SAVED),
    ]
    assert (play.question.phase, play.question.open) == (Phase.LIVE, False)
    assert (play.question.composer, play.state.ask.text) == ("half a wo", "asked")
    assert play.state.fixes.snoozed == (Snoozed(DISK, 5.0),)
    assert play.state.fixes.openable == {"storage"}
    assert play.state.trouble == TROUBLE
    assert DISK in play.state.fixes.articles


def test_a_kept_question_is_there_again_after_a_restart() -> None:
    ask = waiting(Ask(question_id=QUESTION, text="Help", device_type=a_device_type()))
    play = Playbook()
    play >> started(ana_here(), outbox=(ask,))
    assert (play.question.phase, play.question.text) == (Phase.KEPT, "Help")


def test_a_start_with_reading_off_reads_nothing() -> None:
    play = Playbook()
    play >> started(ana_here(), reading=False, show_window=True)
    assert not any(isinstance(command, ReadFacts) for command in play.commands)


def test_what_the_feed_has_already_is_not_sent_again_after_a_restart() -> None:
    hello = waiting(PostMessage(session_id=SESSION, fence=1, text="Hello"), "ana-1")
    play = Playbook()
    feed = (an_event(session_opened()), an_event(posted("Hello", ANA, "ana-1"), 2))
    play >> started(ana_here(), feed=feed, outbox=(hello,)) << SettleAct(TxnId("ana-1"))
    assert play.state.outbox == ()


def test_what_waited_too_long_while_the_program_was_off_is_a_draft() -> None:
    hello = waiting(PostMessage(session_id=SESSION, fence=1, text="Hello"), "t1")
    play = Playbook()
    play.wall += 3600
    play >> started(ana_here(), feed=(an_event(session_opened()),), outbox=(hello,))
    assert play.state.outbox[0].draft
