"""Elements of a stream, whatever quotes and order of attributes a server chooses."""

from benchmarks.load.xmpp import elements

GREETING = (
    b"<?xml version='1.0'?><stream:stream id='1' xmlns='jabber:client'>"
    b"<stream:features><mechanisms><mechanism>PLAIN</mechanism></mechanisms></stream:features>"
)


def names(data: bytes) -> list[bytes]:
    return [element.name for element in elements(data)]


def test_a_greeting_is_its_elements() -> None:
    assert names(GREETING) == [b"?xml", b"stream:stream", b"stream:features"]


def test_an_element_that_closes_itself_is_whole() -> None:
    assert names(b"<a xmlns='urn:xmpp:sm:3' h=\"5\"/><r xmlns='urn:xmpp:sm:3'/>") == [b"a", b"r"]


def test_an_element_without_its_end_waits() -> None:
    data = b"<presence/><message to='a'><body>0000"
    found = list(elements(data))
    assert [element.name for element in found] == [b"presence"]
    assert data[found[-1].end :] == b"<message to='a'><body>0000"


def test_a_longer_name_does_not_end_a_shorter_one() -> None:
    (element,) = elements(b"<a><active/></a>")
    assert element.text == b"<a><active/></a>"


def test_the_end_of_the_stream_is_an_element() -> None:
    assert names(b"</stream:stream>") == [b"/stream:stream"]
