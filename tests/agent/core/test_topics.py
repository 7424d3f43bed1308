"""The guess at what a question is about. A guess: the asker sees it and can change it."""

import pytest
from samebox_agent.core.topics import guess
from samebox_shared.model.topics import Topic

QUESTIONS = {
    "My Wi-Fi keeps dropping in meetings": Topic.NETWORK,
    "VPN does not connect from home": Topic.NETWORK,
    "No internet since this morning": Topic.NETWORK,
    "wifi": Topic.NETWORK,
    "The printer on our floor is offline": Topic.PRINTING,
    "Printing in colour comes out grey": Topic.PRINTING,
    "How do I scan to mail on the second floor?": Topic.PRINTING,
    "Nobody can hear me, the microphone is dead": Topic.SOUND_AND_CAMERA,
    "My camera is black in Teams": Topic.SOUND_AND_CAMERA,
    "There is no sound in my headset": Topic.SOUND_AND_CAMERA,
    "The second screen flickers": Topic.DISPLAY,
    "My dock loses both monitors": Topic.DISPLAY,
    "My disk is full": Topic.STORAGE,
    "There is no space left": Topic.STORAGE,
    "The battery lasts only an hour": Topic.BATTERY,
    "It does not charge any more": Topic.BATTERY,
    "The update has been stuck at 30% since the restart": Topic.UPDATES,
    "I forgot my password": Topic.SIGN_IN,
    "My account is locked": Topic.SIGN_IN,
    "Outlook does not show new mails": Topic.MAIL_AND_CALENDAR,
    "My calendar is empty": Topic.MAIL_AND_CALENDAR,
    "Firefox shows an old website": Topic.BROWSER,
    "Excel crashes when I open a macro": Topic.APPLICATION,
    "Access denied on the finance folder": Topic.ACCESS,
    "It is so slow": Topic.OTHER,
    "The case is pinned down on my table": Topic.OTHER,
    "": Topic.OTHER,
}


@pytest.mark.parametrize(("text", "topic"), QUESTIONS.items())
def test_the_words_speak_for_a_topic(text: str, topic: Topic) -> None:
    assert guess(text) is topic
