"""What each intent of the person leads to. A match per group, so that none can be forgotten."""

from msgspec.structs import replace

from samebox_agent.core import (
    asking,
    board,
    draft_intents,
    drafting,
    fixes,
    following,
    helping,
    helping_intents,
    intents,
    joining,
    objections,
    outbox,
    portal,
    remedies,
    remedy_intents,
    session,
    session_intents,
    volunteering,
    windows,
)
from samebox_agent.core.commands import (
    CopyToClipboard,
    KeepSetting,
    Leave,
    Remembered,
    Step,
    SwitchAutostart,
)
from samebox_agent.core.events import Moment
from samebox_agent.core.state import AgentState


def on_intent(state: AgentState, intent: intents.Intent, moment: Moment) -> Step:
    """Handle one intent. Raises KeyError for one that nobody handles: a bug of ours."""
    if isinstance(intent, intents.WindowIntent):
        return _window(state, intent, moment)
    if isinstance(intent, intents.JoinIntent):
        return _join(state, intent, moment)
    if isinstance(intent, intents.FixIntent):
        return _fix(state, intent, moment)
    if isinstance(intent, intents.AskIntent):
        return _ask(state, intent, moment)
    if isinstance(intent, intents.LookIntent):
        return _look(state, intent)
    if isinstance(intent, intents.SolveIntent):
        return _solve(state, intent, moment)
    return _on_helping_or_session(state, intent, moment)


def _on_helping_or_session(state: AgentState, intent: intents.Intent, moment: Moment) -> Step:
    if isinstance(intent, intents.OfferIntent):
        return _offer(state, intent, moment)
    if isinstance(intent, intents.SessionIntent):
        return _session(state, intent, moment)
    if isinstance(intent, session_intents.OwnWordsIntent):
        return _own_words(state, intent, moment)
    if isinstance(intent, session_intents.ConfirmIntent):
        return _confirm(state, intent, moment)
    if isinstance(intent, helping_intents.FormIntent):
        return volunteering.change(state, intent, moment)
    if isinstance(intent, helping_intents.DeviceIntent):
        return volunteering.change_devices(state, intent, moment)
    if isinstance(intent, helping_intents.BoardIntent):
        return board.change(state, intent, moment)
    if isinstance(intent, remedy_intents.RemedyIntent):
        return remedies.on_intent(state, intent, moment)
    return _on_draft(state, intent, moment)


def _on_draft(state: AgentState, intent: intents.Intent, moment: Moment) -> Step:
    if isinstance(intent, draft_intents.DraftIntent):
        return drafting.on_intent(state, intent, moment)
    if isinstance(intent, draft_intents.ObjectionIntent):
        return objections.on_intent(state, intent), ()
    if isinstance(intent, draft_intents.OpenPortal):
        return portal.open_page(state, intent)
    raise KeyError(type(intent).__name__)


def _window(state: AgentState, intent: intents.WindowIntent, moment: Moment) -> Step:
    match intent:
        case intents.OpenHelp():
            return windows.open_help(state, moment)
        case intents.HideWindow():
            return windows.hide(state)
        case intents.ComeBack():
            return following.on_return(state, moment)
        case intents.GoTo():
            return windows.go_to(state, intent)
        case intents.GoBack():
            return windows.go_back(state)
        case intents.ShowDraft():
            return windows.show_draft(state, intent)
        case intents.DismissTrouble():
            return replace(state, trouble=None), ()
        case intents.CopyText(text=text):
            return state, (CopyToClipboard(text),)
        case intents.Quit():
            return replace(state, quitting=True), (Leave(),)


def _join(state: AgentState, intent: intents.JoinIntent, moment: Moment) -> Step:
    match intent:
        case intents.TypeInvite():
            return joining.type_invite(state, intent)
        case intents.Join():
            return joining.join(state)
        case intents.SetReading():
            return fixes.set_reading(state, intent)
        case intents.SetSharing():
            return joining.set_sharing(state, intent, moment)
        case intents.FinishSharing():
            return joining.finish_sharing(state, moment)
        case intents.TypeInvitee(text=text):
            return replace(state, invite=replace(state.invite, name=text, trouble=None)), ()
        case intents.MakeInvite():
            return joining.make_invite(state)


def _fix(state: AgentState, intent: intents.FixIntent, moment: Moment) -> Step:
    match intent:
        case intents.TypeQuestion():
            return fixes.type_question(state, intent)
        case intents.OpenArticle(article_id=article_id):
            state, opens = _window_for_a_card(state, moment)
            state = objections.put_away(remedies.put_away(state))
            state, _ = fixes.open_article(state, intent)
            state, follows = following.begin(state, article_id, moment)
            return state, (*opens, *follows)
        case intents.OpenSettingsPage():
            state, looks = following.soon(state, moment)
            state, opens = fixes.open_settings(state, intent)
            return state, (*opens, *looks)
        case intents.LookAgain():
            return fixes.look_again(state, intent)
        case intents.SaySolved(article_id=article_id):
            state, leaves = following.leave(state, article_id)
            state, says = fixes.say_solved(state, intent)
            return state, (*leaves, *says)
        case intents.SayNotSolved(article_id=article_id):
            state, leaves = following.leave(state, article_id)
            state = objections.say(state, article_id)
            state, asks = asking.not_solved(state, article_id, moment)
            return state, (*leaves, *asks)
        case intents.Snooze():
            return fixes.snooze(state, intent, moment)


def _window_for_a_card(state: AgentState, moment: Moment) -> Step:
    """A notice in the tray leads to a card while the window is closed."""
    return (state, ()) if state.window.open else windows.open_help(state, moment)


def _ask(  # noqa: C901 - one line for each kind of intent
    state: AgentState, intent: intents.AskIntent, moment: Moment
) -> Step:
    match intent:
        case intents.StartAsking():
            return asking.start(state, moment)
        case intents.TypeAsk():
            return asking.type_ask(state, intent)
        case intents.SetIncluded():
            return asking.include(state, intent)
        case intents.SetNameHidden(on=on):
            return asking.change(state, name_hidden=on)
        case intents.SaySystem(system=system):
            return asking.change(state, system=system)
        case intents.ChooseTopic(topic=topic):
            return asking.choose_topic(state, topic)
        case intents.ShowTopics(on=on):
            return asking.show_topics(state, on)
        case intents.SetLanguageAlong(on=on):
            return asking.change(state, language=on)
        case intents.SetPlaceAlong(on=on):
            return asking.change(state, place=on)
        case intents.ForgetTried(article_id=article_id):
            return fixes.forget_tried(state, article_id), ()
        case intents.ShowPreview(on=on):
            return asking.change(state, preview=on)
        case intents.SendQuestion():
            return asking.send(state, moment)
        case intents.CancelAsking():
            return session.cancel(state, intent, moment)
        case intents.SolveAlone():
            return session.solve_alone(state, intent, moment)


def _look(state: AgentState, intent: intents.LookIntent) -> Step:
    match intent:
        case intents.SetAppearance(appearance=appearance):
            preferences = replace(state.preferences, appearance=appearance)
            keep = KeepSetting(Remembered.APPEARANCE, appearance.value)
            return replace(state, preferences=preferences), (keep,)
        case intents.SetAutostart(on=on):
            return state, (SwitchAutostart(on),)


def _offer(state: AgentState, intent: intents.OfferIntent, moment: Moment) -> Step:
    match intent:
        case intents.SetHelpingWish():
            return helping.set_helping(state, intent, moment)
        case intents.TakeOffer():
            return helping.take(state, intent, moment)
        case intents.PassOffer():
            return helping.pass_by(state, intent, moment)
        case intents.PutAnswerAway(question_id=question_id):
            return session.put_answer_away(state, question_id), ()


def _own_words(state: AgentState, intent: session_intents.OwnWordsIntent, moment: Moment) -> Step:
    match intent:
        case session_intents.StartEditing():
            return session.start_editing(state, intent)
        case session_intents.StopEditing():
            return session.stop_editing(state, intent)
        case session_intents.TakeBack():
            return session.take_back(state, intent, moment)
        case session_intents.SendAgain(txn_id=txn_id):
            return outbox.send_again(state, txn_id, moment)
        case session_intents.Discard(txn_id=txn_id):
            return outbox.discard(state, txn_id)


def _confirm(state: AgentState, intent: session_intents.ConfirmIntent, moment: Moment) -> Step:
    match intent:
        case session_intents.AskToConfirm():
            return session.ask_to_confirm(state, intent)
        case session_intents.StopConfirming():
            return session.stop_confirming(state, intent)
        case session_intents.DoConfirmed():
            return session.do_confirmed(state, intent, moment)


def _session(state: AgentState, intent: intents.SessionIntent, moment: Moment) -> Step:
    match intent:
        case intents.OpenSession():
            return session.open_window(state, intent)
        case intents.CloseSession():
            return session.close_window(state, intent)
        case intents.TypeMessage():
            return session.type_message(state, intent)
        case intents.SendMessage():
            return session.send_message(state, intent, moment)
        case intents.SawMessages():
            return session.saw_messages(state, intent, moment)
        case intents.HandBack():
            return session.hand_back(state, intent, moment)


def _solve(state: AgentState, intent: intents.SolveIntent, moment: Moment) -> Step:
    session_id = intent.session_id
    match intent:
        case intents.StartSolving():
            return session.change_solving(state, session_id, solving=True)
        case intents.StopSolving():
            return session.change_solving(state, session_id, solving=False)
        case intents.TypeFixedBy(text=text):
            return session.change_solving(state, session_id, fixed_by=text)
        case intents.SetThanks(on=on):
            return session.change_solving(state, session_id, thanks=on)
        case intents.SolveNow():
            return session.solve(state, intent, moment)
