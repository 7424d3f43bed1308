"""The load generator: one process, one loop, one clock, and a small codec for each protocol.

A `Client` is one connection of one user and knows one protocol. User 0 talks with user 1, 2 with
3 and so on. The measuring code knows clients only by `send`, `on_received`, `on_ack` and
`on_notice`, so it is written once: `ledger` keeps who was sent what and when, `messages`,
`crowd` and `claims` measure. A latency is one way on the generator's own clock: from the write
of the message to the read that brought it to the other user.
"""
