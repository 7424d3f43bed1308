"""How the laptop and the server talk. Theory of operation.

Two channels. HTTP for what happens once (about, join, articles by difference); one WebSocket per
device, `/agent`, for everything live. The device authenticates in the handshake with
`Authorization: Bearer <device token>`; nothing secret ever stands in an address.

Who speaks first: the agent, with `Hello`, within ten seconds. The server answers `Welcome` and
then, if `resync` is set, the agent forgets its copy of the feed first. After that the server sends
every event of the person's feed that lies behind the agent's cursor, in order, and goes on live.

The feed. Each person has one append-only feed. Its numbers start at 1 and have no gaps, in the
order of commits (DEL-1); the pair (epoch, seq) names a position, and a restored backup is a new
epoch. Each `Event` carries `prev_seq`; an agent that sees a hole closes it by saying `Hello` again
on a new socket. `Heartbeat` carries the head, so a silent loss shows within one beat (DEL-7).

Doing something. The agent sends `Do` with a transaction id made when the person acted and stored
in its outbox before the first byte leaves. The server answers `Done` or `Refused` after the
commit. The same id always gets the same answer, for ever, whatever the body (DEL-2), so the agent
may repeat itself without fear. What an act changes comes back as events, to the actor too.

What is not stored: typing and presence. They may be lost and nobody is misled.

Limits: a frame is one message, JSON text, at most `MAX_FRAME` bytes; a person's text at most
`MAX_TEXT` characters. Breaking one closes the socket with the code in `CloseCode`.
"""
