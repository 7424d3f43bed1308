"""People in front of the portal, one of each kind; and one server for each file."""

from collections.abc import Callable, Iterator

import pytest

from tests.server.browsing import Browser, portal_of
from tests.server.running import Person, RunningServer, join, set_up

Opened = Callable[..., Browser]


@pytest.fixture(scope="module")
def people(server: RunningServer) -> dict[str, Person]:
    """Olga owns it, Mo moderates, Ina is of IT, Ada and Eve just work here."""
    owner = set_up(server, is_it=False)
    found = {"olga": owner}
    for name, *roles in (("mo", "moderator"), ("ina", "it"), ("ada",), ("eve",)):
        found[name] = join(server, owner.invite(name.title(), *roles))
    return found


@pytest.fixture
def portal(people: dict[str, Person]) -> Iterator[Opened]:
    """Opens somebody's browser."""
    opened: list[Browser] = []
    closing = []

    def open_for(name: str) -> Browser:
        browser = portal_of(people[name])
        opened.append(browser.__enter__())
        closing.append(browser)
        return opened[-1]

    yield open_for
    for browser in closing:
        browser.__exit__(None, None, None)


def written(**changed: str) -> dict[str, str]:
    """A good article as the form sends it."""
    return {
        "title": "The projector shows only the wallpaper",
        "topic": "displays",
        "language": "en",
        "symptoms": "My slides are not on the wall\nOnly the background shows",
        "risk": "1",
        "kind0_system": "windows",
        "kind0_versions": ">=10",
        "text": "The laptop extends its desktop.\n\n## Steps\n\n1. Press the Windows key and P.\n"
        "2. Choose Duplicate.\n\n## Undo\n\nChoose Extend again.\n",
        "note": "Asked every week",
        "seen_duplicates": "yes",
        **changed,
    }


def hand_over(browser: Browser, **changed: str) -> str:
    """Writes an article; the path of its proposal."""
    browser.get(f"/portal/write?article={changed.get('article_id', '')}")
    answer = browser.send_form("/portal/write", **written(**changed))
    assert answer.status_code == 200, answer.text
    path = answer.url.path
    assert path.startswith("/portal/proposals/"), path
    return path
