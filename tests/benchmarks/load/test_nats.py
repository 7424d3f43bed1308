"""Messages of the NATS protocol, in one piece and in many."""

from benchmarks.load.nats import publish, tolds


def test_a_message_comes_with_its_payload() -> None:
    (told,) = tolds(b"MSG chat.1 2 5\r\nhello\r\n")
    assert (told.verb, told.words[1], told.payload) == (b"MSG", b"2", b"hello")


def test_a_payload_may_hold_line_ends() -> None:
    data = b"MSG a 1 reply 6\r\nx\r\ny\r\n\r\nPING\r\n"
    assert [told.verb for told in tolds(data)] == [b"MSG", b"PING"]


def test_what_is_not_whole_is_left() -> None:
    data = b"PONG\r\nMSG chat.1 2 5\r\nhel"
    found = list(tolds(data))
    assert [told.verb for told in found] == [b"PONG"]
    assert data[found[-1].end :] == b"MSG chat.1 2 5\r\nhel"


def test_an_error_keeps_its_words() -> None:
    (told,) = tolds(b"-ERR 'Unknown Protocol Operation'\r\n")
    assert (told.verb, told.payload) == (b"-ERR", b"'Unknown Protocol Operation'")


def test_a_header_is_counted_apart_from_the_text() -> None:
    written = publish("claim.1", "reply", b"mine", (b"Name", b"0"))
    head = b"NATS/1.0\r\nName: 0\r\n\r\n"
    assert written == b"HPUB claim.1 reply %d %d\r\n%smine\r\n" % (len(head), len(head) + 4, head)
