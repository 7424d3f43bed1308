"""Values for tests with sensible defaults: laptops, people, articles, conversations, states."""

from msgspec.structs import replace
from samebox_agent.core.events import ArticlesArrived, Started
from samebox_agent.core.intents import Appearance
from samebox_agent.core.state import (
    AgentState,
    Companion,
    Conversation,
    Facts,
    Line,
    Link,
    LinkState,
    Me,
    Offer,
    Phase,
    Waiting,
)
from samebox_shared.model.articles import Article, ArticleChange, ArticlePage, Step
from samebox_shared.model.devices import DeviceType, Ring, System
from samebox_shared.model.facts import Fact, FactKind
from samebox_shared.model.ids import (
    ArticleId,
    DeviceId,
    EventId,
    MessageId,
    OfferId,
    PersonId,
    QuestionId,
    SessionId,
    TxnId,
)
from samebox_shared.model.people import PersonCard, Role
from samebox_shared.model.topics import Part
from samebox_shared.protocol.acts import AnyAct
from samebox_shared.protocol.events import AnyEvent, MessagePosted, OfferMade, SessionOpened
from samebox_shared.protocol.messages import Event, Welcome

NOW = 1_800_000_000.0
"""When a test begins, in Unix seconds."""
QUESTION = QuestionId("q1")
SESSION = SessionId("s1")
OFFER = OfferId("o1")
DISK = ArticleId("disk-full")

ANA = PersonCard(person_id=PersonId("ana"), name="Ana")
BO = PersonCard(person_id=PersonId("bo"), name="Bo")
IRIS = PersonCard(person_id=PersonId("iris"), name="Iris", is_it=True)

T14_FACTS = (
    Fact(name="os_version.platform", value="windows"),
    Fact(name="os_version.version", value="11"),
    Fact(name="system_info.hardware_vendor", value="Lenovo"),
    Fact(name="system_info.hardware_family", value="ThinkPad T14"),
    Fact(name="system_info.hardware_model", value="ThinkPad T14 Gen 3"),
    Fact(name="mounts.system_free_percent", value=3.5),
    Fact(name="battery.present", value=True),
)


def a_device_type(system: System | None = System.WINDOWS) -> DeviceType:
    """The T14 of these tests."""
    return DeviceType(
        system=system,
        system_version="11",
        vendor="Lenovo",
        family="ThinkPad T14",
        model="ThinkPad T14 Gen 3",
    )


def an_article(
    article_id: str = DISK, condition: str = "mounts.system_free_percent < 10.0", **more: object
) -> Article:
    """A fix for a full disk."""
    fields: dict[str, object] = {
        "version": 3,
        "title": "Make room on a full disk",
        "summary": "Old downloads fill the disk.",
        "reason": "Only {mounts.system_free_percent} of the disk is free.",
        "steps": (
            Step(text="Open the storage page.", settings="storage"),
            Step(text="Empty the downloads folder."),
        ),
        **more,
    }
    return Article(article_id=ArticleId(article_id), condition=condition, **fields)  # type: ignore[arg-type]


def a_page(*articles: Article, head: int = 7) -> ArticlePage:
    """These articles, changed."""
    changes = tuple(
        ArticleChange(change=at, article_id=article.article_id, article=article)
        for at, article in enumerate(articles, start=1)
    )
    return ArticlePage(changes=changes, head=head)


def started(me: Me | None = None, **more: object) -> Started:
    """A program that starts with an empty disk, but for what is said."""
    fields: dict[str, object] = {
        "me": me,
        "server": "https://help.example.com" if me else "",
        "reading": True,
        "sharing": None,
        "sharing_agreed": me is not None,
        "appearance": Appearance.SYSTEM,
        "articles": a_page(head=0),
        "feed": (),
        "epoch": "e1" if me else "",
        "outbox": (),
        "snoozed": (),
        "texts": (),
        "show_window": False,
        **more,
    }
    if isinstance(fields["articles"], ArticlePage):
        fields["articles"] = ArticlesArrived(fields["articles"], anew=True)
    return Started(**fields)  # type: ignore[arg-type]


def ana_here(*roles: Role) -> Me:
    """This laptop is Ana's."""
    return Me(ANA, DeviceId("d1"), "Example", roles)


def joined_state(
    link: LinkState = LinkState.ONLINE, facts: tuple[Fact, ...] = T14_FACTS
) -> AgentState:
    """Ana's laptop, joined, with its facts read."""
    return AgentState(
        me=ana_here(),
        server="https://help.example.com",
        link=Link(link),
        sharing_agreed=True,
        sharing=frozenset({FactKind.DEVICE_TYPE, FactKind.STORAGE}),
        facts=Facts(facts, read_at=NOW),
        epoch="e1",
    )


def a_conversation(phase: Phase = Phase.ASKING, *, mine: bool = True) -> Conversation:
    """Ana's question, or one that Bo asked."""
    return Conversation(
        QUESTION, mine, "My disk is full", a_device_type(), phase=phase, since=NOW, open=True
    )


def parked_state(count: int) -> AgentState:
    """Ana with so many parked questions."""
    state = joined_state()
    for number in range(count):
        item = replace(a_conversation(Phase.PARKED), question_id=QuestionId(f"q{number}"))
        state = state.with_conversation(item)
    return state


def a_live_conversation(*, mine: bool = True, lines: tuple[Line, ...] = ()) -> Conversation:
    """Ana and Bo talk; `mine`: Ana asked."""
    return replace(
        a_conversation(Phase.LIVE, mine=mine),
        session_id=SESSION,
        fence=1,
        ring=Ring.SAME_MODEL,
        company=(Companion(BO, Part.HELPER if mine else None),),
        lines=lines,
    )


def with_bo(item: Conversation, **changes: object) -> Conversation:
    """The same with Bo changed: away, typing, further along."""
    found = item.companion(BO.person_id)
    assert found is not None
    return item.with_companion(replace(found, **changes))


def live_state(*, mine: bool = True) -> AgentState:
    """Ana in the middle of a session with Bo."""
    return joined_state().with_conversation(a_live_conversation(mine=mine))


def an_offer(ring: Ring = Ring.SAME_MODEL) -> Offer:
    """Someone asks Ana for help."""
    return Offer(OFFER, QUESTION, a_device_type(), "My disk is full", ring, NOW + 60)


def waiting(act: AnyAct, txn: str = "t1", *, stored: bool = True) -> Waiting:
    """An act in the outbox."""
    return Waiting(TxnId(txn), act, NOW, stored)


def an_event(body: AnyEvent, seq: int = 1) -> Event:
    """An entry of the feed."""
    return Event(seq=seq, prev_seq=seq - 1, event_id=EventId(f"e{seq}"), at=NOW + seq, body=body)


def offer_made(ring: Ring = Ring.SAME_MODEL) -> OfferMade:
    """What the server says for `an_offer`."""
    return OfferMade(
        offer_id=OFFER,
        question_id=QUESTION,
        device_type=a_device_type(),
        line="My disk is full",
        ring=ring,
        until=NOW + 60,
    )


def session_opened(
    asker: PersonCard = ANA, helper: PersonCard = BO, session: str = SESSION, fence: int = 1
) -> SessionOpened:
    """The claim is won."""
    return SessionOpened(
        session_id=SessionId(session),
        question_id=QUESTION,
        asker=asker,
        helper=helper,
        fence=fence,
        ring=Ring.SAME_MODEL,
        text="My disk is full",
        device_type=a_device_type(),
        facts=(),
    )


def posted(text: str, author: PersonCard = BO, txn: str = "bo-1") -> MessagePosted:
    """A message in the session; its id is made of its transaction."""
    return MessagePosted(
        session_id=SESSION,
        message_id=MessageId(f"m-{txn}"),
        author_id=author.person_id,
        txn_id=TxnId(txn),
        text=text,
    )


def welcome(**more: object) -> Welcome:
    """The server greets Ana's laptop; nothing changed since last time."""
    fields: dict[str, object] = {
        "epoch": "e1",
        "head_seq": 0,
        "resync": False,
        "server_time": NOW,
        "heartbeat_seconds": 30.0,
        "person": ANA,
        "device_id": DeviceId("d1"),
        "organisation": "Example",
        "roles": (),
        "helping": False,
        "articles_head": 0,
        **more,
    }
    return Welcome(**fields)  # type: ignore[arg-type]
