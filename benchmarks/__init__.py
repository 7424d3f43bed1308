"""What Samebox costs, measured on real processes beside what nothing on the machine can beat.

Each command prints its figures with their goals and keeps them in `results/`. A goal missed is
said, not failed: a shared machine is no judge. docs/performance.md tells what the figures mean.

`python3 dev.py bench NAME` runs a file that stands here, or a room with a `__main__`: `live`,
`sockets`, `routing`, `growth`, `matching`. The others serve them: `measures` tells and keeps a
figure, `laptop` runs the agent, `company` says who takes part, `load` speaks to a server, `peers`
are the servers.
"""
