"""The shell: events in, one step of the pure core, commands out. One thread, one asyncio loop.

`engine` turns the crank; `memory` carries out what concerns the disk, `wire` what concerns the
server, `senses` what concerns the laptop itself. There is no `await` between an event and the
carrying out of its commands; slow work is started there and answers with an event of its own.
"""
