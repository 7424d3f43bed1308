"""The proxy's reader of frames passes everything on as it came, unless it is told to swap."""

from websockets.frames import Frame, Opcode
from websockets.streams import StreamReader

from tasks.faults.frames import Stream

HEAD = b"GET /agent HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer abc\r\n\r\n"


def text(words: str, *, masked: bool = True) -> bytes:
    return Frame(Opcode.TEXT, words.encode()).serialize(mask=masked)


def words(pieces: list[bytes], *, masked: bool = True) -> list[str]:
    """What the frames of these pieces say."""
    found = []
    for piece in pieces:
        reader = StreamReader()
        reader.feed_data(piece)
        parsing = Frame.parse(reader.read_exact, mask=masked, max_size=None)
        try:
            next(parsing)
        except StopIteration as done:
            found.append(done.value.data.decode())
    return found


def test_the_head_passes_as_it_is_and_tells_the_token() -> None:
    stream = Stream(masks=True)
    assert stream.feed(HEAD[:20]) == []
    assert stream.feed(HEAD[20:]) == [HEAD]
    assert stream.token == b"Bearer abc"


def test_frames_pass_whole_wherever_they_were_cut() -> None:
    stream = Stream(masks=True)
    data = HEAD + text("hello") + text("one") + text("two")
    pieces = [piece for at in range(len(data)) for piece in stream.feed(data[at : at + 1])]
    assert pieces[0] == HEAD
    assert words(pieces[1:]) == ["hello", "one", "two"]


def test_two_frames_change_places_but_never_the_first() -> None:
    stream = Stream(masks=False)
    stream.swaps = 1
    frames = [text(word, masked=False) for word in ("welcome", "one", "two", "three")]
    pieces = stream.feed(HEAD + b"".join(frames))
    assert words(pieces[1:], masked=False) == ["welcome", "two", "one", "three"]
    assert stream.swapped == 1


def test_acts_are_remembered_to_be_sent_again() -> None:
    stream = Stream(masks=True)
    stream.feed(HEAD + text('{"type":"hello"}') + text('{"type":"ack"}') + text('{"type":"do"}'))
    assert words(list(stream.done)) == ['{"type":"do"}']
