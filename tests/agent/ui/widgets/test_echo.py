"""An older echo never overwrites newer typing; a real wish of the program always arrives."""

from samebox_agent.ui.widgets.echo import SETTLED_AFTER, Echo


class Clock:
    """Time that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def typed(*texts: str) -> Echo:
    echo = Echo(Clock())
    for text in texts:
        echo.typed(text)
    return echo


def test_the_first_text_of_a_view_is_written() -> None:
    assert typed().may_write("kept from yesterday")


def test_an_unchanged_view_writes_nothing() -> None:
    echo = typed()
    assert not echo.may_write("")
    echo.may_write("a")
    assert not echo.may_write("a")


def test_every_echo_of_typing_is_let_by() -> None:
    echo = typed("h", "he", "hel")
    assert [echo.may_write(text) for text in ("h", "he", "hel")] == [False] * 3


def test_an_old_view_drawn_twice_does_not_win_against_newer_typing() -> None:
    echo = typed("h", "he")
    assert not echo.may_write("h")
    assert not echo.may_write("h")


def test_echoes_may_be_merged() -> None:
    echo = typed("h", "he", "hel")
    assert not echo.may_write("hel")
    assert echo.may_write("")


def test_the_same_text_typed_twice_is_waited_for_twice() -> None:
    echo = typed("a", "ab", "a")
    assert [echo.may_write(text) for text in ("a", "ab", "a")] == [False] * 3


def test_a_wish_of_the_program_is_written_though_the_person_types() -> None:
    echo = typed("h", "he")
    assert echo.may_write("something else")


def test_after_a_wish_nothing_is_waited_for() -> None:
    echo = typed("h")
    echo.may_write("something else")
    assert echo.may_write("h")


def test_an_echo_that_never_came_is_forgotten_when_the_person_rests() -> None:
    clock = Clock()
    echo = Echo(clock)
    for text in ("b", "", "b"):
        echo.typed(text)
    assert not echo.may_write("b")
    clock.now += SETTLED_AFTER + 0.1
    assert echo.may_write("")
