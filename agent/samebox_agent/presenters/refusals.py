"""Every refusal and failure in words: what happened, what was kept, what to do next."""

from samebox_shared.protocol.errors import ErrorCode

from samebox_agent.core import intents
from samebox_agent.core.intents import Page
from samebox_agent.core.state import Problem, Trouble
from samebox_agent.presenters.views import Banner, Button, Tone, Weight

_CODES: dict[ErrorCode, tuple[str, str]] = {
    ErrorCode.INVITE_UNKNOWN: (
        "This invite is not known",
        "Check that the whole link was pasted. If it was, ask the person who invited you for a "
        "new one.",
    ),
    ErrorCode.INVITE_USED: (
        "This invite was used already",
        "Each invite works once. If it was not you, tell IT. Ask for a new one.",
    ),
    ErrorCode.INVITE_EXPIRED: (
        "This invite is too old",
        "Invites work for a few days only. Ask the person who invited you for a new one.",
    ),
    ErrorCode.NOT_SIGNED_IN: (
        "The server does not know this laptop any more",
        "What you wrote is kept here. Ask IT for a new invite to come back.",
    ),
    ErrorCode.NOT_ALLOWED: ("You may not do this", "Nothing was changed. IT can tell you why."),
    ErrorCode.NOT_FOUND: (
        "This is not there any more",
        "It may be over or withdrawn. Nothing was changed.",
    ),
    ErrorCode.MALFORMED: (
        "The server did not understand Samebox",
        "Nothing was changed. Update Samebox; if that does not help, tell IT.",
    ),
    ErrorCode.TOO_LARGE: (
        "That is too long to send",
        "Nothing was sent. Shorten it and send it again.",
    ),
    ErrorCode.TOO_MANY: (
        "That was a lot at once",
        "Nothing was lost. Wait a minute and try again.",
    ),
    ErrorCode.UNKNOWN_FACT: (
        "The server does not accept one of these facts",
        "Nothing was sent. Leave that kind of fact out, or update Samebox.",
    ),
    ErrorCode.ALREADY_ASKING: (
        "You have an open question already",
        "Your new words are kept. Finish or withdraw the open one first.",
    ),
    ErrorCode.ALREADY_TAKEN: (
        "A colleague was a moment quicker",
        "Thank you all the same. You do not have to do anything.",
    ),
    ErrorCode.OFFER_OVER: (
        "This question is not open any more",
        "Thank you all the same. You do not have to do anything.",
    ),
    ErrorCode.SESSION_OVER: (
        "This conversation is over",
        "Your words were not sent. They are still here to copy.",
    ),
    ErrorCode.STALE_FENCE: (
        "Someone else has taken over",
        "Your words were not sent. They are still here to copy.",
    ),
    ErrorCode.BUSY: ("The server is busy", "It is kept here and sent again by itself."),
    ErrorCode.STORAGE_FULL: (
        "The server's disk is full",
        "It is kept here and sent again by itself. IT can see this too.",
    ),
    ErrorCode.PROTOCOL_TOO_OLD: (
        "This Samebox is too old for the server",
        "Fixes on this laptop still work. Update Samebox to ask and to chat.",
    ),
}

_PROBLEMS: dict[Problem, tuple[str, str]] = {
    Problem.BAD_ADDRESS: (
        "This is not an invite",
        "An invite is a link like https://help.example.com/join/… Paste the whole link.",
    ),
    Problem.UNSAFE_ADDRESS: (
        "This link is not safe",
        "It starts with http:// and anyone on the way could read along. Nothing was sent. Ask for "
        "a link that starts with https://.",
    ),
    Problem.NAME_NOT_FOUND: (
        "The server's name was not found",
        "Check the link for a typing mistake, and that you are online. The invite is kept here.",
    ),
    Problem.CONNECTION_REFUSED: (
        "The server does not answer",
        "It may be down for a moment. What you typed is kept here; try again in a minute.",
    ),
    Problem.TIMED_OUT: (
        "The server takes too long to answer",
        "Your connection may be slow. What you typed is kept here; try again in a minute.",
    ),
    Problem.UNREACHABLE: (
        "The server cannot be reached",
        "Check that you are online. What you typed is kept here.",
    ),
    Problem.NOT_SAMEBOX: (
        "There is no Samebox at this address",
        "Something else answered. Check the link, or ask for it again.",
    ),
    Problem.BAD_CERTIFICATE: (
        "The server could not prove who it is",
        "Its certificate is not trusted on this laptop, so nothing was sent. Do not go on; "
        "tell IT.",
    ),
    Problem.SERVER_TOO_OLD: (
        "The server is too old for this Samebox",
        "Fixes on this laptop still work. IT has to update the server before you can ask.",
    ),
    Problem.AGENT_TOO_OLD: (
        "This Samebox is too old for the server",
        "Fixes on this laptop still work. Update Samebox to ask and to chat.",
    ),
    Problem.SIGNED_OUT: (
        "The server does not know this laptop any more",
        "Fixes still work and what you wrote is kept here. Ask IT for a new invite to come back.",
    ),
    Problem.SERVER_TROUBLE: (
        "The server has trouble",
        "What you typed is kept here. Try again in a minute.",
    ),
    Problem.DISK_FULL: (
        "Your disk is full",
        "It could not be kept, so it was not sent; your words are still here. Make some room "
        "and send it again.",
    ),
    Problem.STORE_BROKEN: (
        "Samebox cannot read its own memory",
        "The old file was put aside and nothing on the server is lost. Fixes and chats come back "
        "when you are online.",
    ),
    Problem.STORE_UNUSABLE: (
        "Samebox cannot write its file",
        "Everything saved before is safe; your last words are still on the screen. Check the "
        "folder, then try again.",
    ),
    Problem.NO_KEY_STORE: (
        "The key of this laptop is in a file",
        "Only you can read it. This session has no key store that Samebox can use; nothing else "
        "changes.",
    ),
    Problem.KEY_NOT_KEPT: (
        "The key of this laptop could not be kept",
        "Samebox works until you quit it. Make some room on the disk and join again.",
    ),
    Problem.REPLACED: (
        "Samebox is running twice for this laptop",
        "The other copy has the connection. Quit one of them; nothing is lost.",
    ),
    Problem.SETTINGS_NOT_OPENED: (
        "The settings page did not open",
        "Open your system's settings yourself and look for the page named in the step.",
    ),
    Problem.ARTICLES_NOT_SIGNED: (
        "New fixes could not be checked",
        "They do not bear your server's signature, so nothing was taken over. The fixes on this "
        "laptop still work, and Samebox tries again by itself. If this stays, tell IT.",
    ),
    Problem.PORTAL_NOT_OPENED: (
        "The portal did not open",
        "No browser of this laptop took the link, or it was not one of your server's. Nothing was "
        "sent. Choose a browser in the settings of this laptop and try again, or ask IT.",
    ),
}


def sentence(trouble: Trouble) -> tuple[str, str]:
    """What happened; and what was kept with what to do next."""
    if isinstance(trouble.problem, ErrorCode):
        return _CODES[trouble.problem]
    return _PROBLEMS[trouble.problem]


def banner(trouble: Trouble, *, dismiss: bool = False) -> Banner:
    """The trouble as a banner, with the outside world's own words at its end."""
    title, detail = sentence(trouble)
    if trouble.detail:
        detail = f"{detail} ({trouble.detail})"
    kind = (ErrorCode.ALREADY_TAKEN, ErrorCode.OFFER_OVER)
    tone = Tone.NEUTRAL if trouble.problem in kind else Tone.WARN
    return Banner(title, detail, tone, _buttons(trouble, dismiss))


def _buttons(trouble: Trouble, dismiss: bool) -> tuple[Button, ...]:
    if dismiss:
        return (Button("OK", intents.DismissTrouble(), Weight.QUIET),)
    if trouble.problem in (Problem.SIGNED_OUT, ErrorCode.NOT_SIGNED_IN):
        return (Button("Paste an invite", intents.GoTo(Page.JOIN)),)
    return ()
