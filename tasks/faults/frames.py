"""The frames of a WebSocket that passes through the proxy: kept to be replayed, or swapped.

Built on the sans-I/O side of the websockets library; nothing is framed by hand.
"""

import re
from collections import deque
from collections.abc import Generator

from websockets.frames import Frame, Opcode
from websockets.streams import StreamReader

END_OF_HEAD = b"\r\n\r\n"
TOKEN = re.compile(rb"(?im)^authorization: *(.+?)\r$")
REMEMBERED = 200


class Stream:
    """One direction of one connection. `masks` where the frames are the client's."""

    def __init__(self, *, masks: bool) -> None:
        self._masks = masks
        self._head: bytes | None = b""
        self._reader = StreamReader()
        self._parsing: Generator[None, None, Frame] | None = None
        self._seen = 0
        self._held: bytes | None = None
        self.token = b""
        """What the client said it is, once its head has passed."""
        self.swaps = 0
        """How many times the next two frames are to be swapped."""
        self.swapped = 0
        self.done: deque[bytes] = deque(maxlen=REMEMBERED)
        """Frames that can be sent again."""

    def feed(self, data: bytes) -> list[bytes]:
        """What has to be passed on now, each piece whole."""
        out = []
        if self._head is not None:
            self._head += data
            head, end, rest = self._head.partition(END_OF_HEAD)
            if not end:
                return []
            found = TOKEN.search(head + b"\r")
            self.token = found[1] if found else b""
            self._head = None
            out, data = [head + end], rest
        self._reader.feed_data(data)
        while (frame := self._next()) is not None:
            out.extend(self._pass(frame))
        return out

    def _next(self) -> Frame | None:
        if self._parsing is None:
            self._parsing = Frame.parse(self._reader.read_exact, mask=self._masks, max_size=None)
        try:
            next(self._parsing)
        except StopIteration as done:
            self._parsing = None
            frame: Frame = done.value
            return frame
        return None

    def _pass(self, frame: Frame) -> list[bytes]:
        data = frame.serialize(mask=self._masks)
        self._seen += 1
        is_text = frame.opcode is Opcode.TEXT and self._seen > 1
        if is_text and self._masks and b'"type":"do"' in frame.data:
            self.done.append(data)
        if self._held is not None:
            held, self._held = self._held, None
            self.swapped += 1
            return [data, held]
        if is_text and self.swaps:
            self.swaps -= 1
            self._held = data
            return []
        return [data]
