"""What stands at and over the field of a session: a second look, a change, a draft."""

from samebox_shared.protocol.acts import PostMessage

from samebox_agent.core.intents import Intent
from samebox_agent.core.session_intents import (
    Confirm,
    Discard,
    DoConfirmed,
    SendAgain,
    StopConfirming,
    StopEditing,
)
from samebox_agent.core.state import WAITING_PHASES, AgentState, Conversation, Phase
from samebox_agent.presenters import wording
from samebox_agent.presenters.views import Banner, Button, Tone, Weight


def placeholder(item: Conversation) -> str:
    """What can be written here now."""
    if item.phase is Phase.LIVE:
        return "Write a message"
    if item.phase in WAITING_PHASES:
        return "You can write as soon as someone accepts"
    return "This conversation is over"


def notice(state: AgentState, item: Conversation) -> Banner | None:
    """At most one: what the person is about to do, before what was left over."""
    if item.confirming is not None:
        return _confirm(item, item.confirming)
    if item.editing is not None:
        stop = Button("Leave it as it was", StopEditing(item.question_id), Weight.QUIET)
        return Banner(
            "Changing your message", "Everyone sees that it was changed.", Tone.ACCENT, (stop,)
        )
    return _draft(state, item)


def escape(item: Conversation) -> Intent | None:
    """What Esc leaves first."""
    if item.confirming is not None:
        return StopConfirming(item.question_id)
    return None if item.editing is None else StopEditing(item.question_id)


def _confirm(item: Conversation, what: Confirm) -> Banner:
    match what:
        case Confirm.SECOND:
            detail = f"Another colleague who fits is asked. {_they_see(item)}"
            return _ask(item, "Bring in a second helper?", detail, "Bring in a second helper")
        case Confirm.IT:
            detail = f"Somebody of IT is asked. {_they_see(item)}"
            return _ask(item, "Bring in IT?", detail, "Bring in IT")
        case Confirm.BLOCK:
            who = item.companion(item.confirm_whom) if item.confirm_whom else None
            name = who.person.name if who else "this person"
            detail = (
                f"You two are not brought together any more, whichever of you asks. {name} is not "
                "told. This conversation goes on. You can undo it under Settings."
            )
            return _ask(item, f"Never meet {name} again?", detail, f"Never meet {name}")


def _ask(item: Conversation, title: str, detail: str, yes: str) -> Banner:
    go = Button(yes, DoConfirmed(item.question_id))
    stop = Button("Not now", StopConfirming(item.question_id), Weight.QUIET)
    return Banner(title, detail, Tone.NEUTRAL, (go, stop))


def _they_see(item: Conversation) -> str:
    whose = "that you shared" if item.mine else "that were shared"
    return (
        "Whoever comes reads everything said so far and sees your names and the facts "
        f"{whose}. You are told when they are here."
    )


def _draft(state: AgentState, item: Conversation) -> Banner | None:
    """The oldest one; the others follow when it is settled."""
    drafts = [
        (one.txn_id, one.act.text)
        for one in state.outbox
        if one.draft and isinstance(one.act, PostMessage)
        if one.act.session_id == item.session_id
    ]
    if not drafts or item.phase is not Phase.LIVE:
        return None
    txn_id, text = drafts[0]
    more = f" {len(drafts) - 1} more after this one." if len(drafts) > 1 else ""
    return Banner(
        f"Not sent: “{wording.shorten(text)}”",
        "It was tried for 15 minutes and is kept here as a draft. By now it may be out of "
        f"date.{more}",
        Tone.WARN,
        (
            Button("Send again", SendAgain(item.question_id, txn_id)),
            Button("Discard", Discard(item.question_id, txn_id), Weight.QUIET),
        ),
    )
