"""What Samebox costs, measured on real processes beside what nothing on the machine can beat.

Each command prints its figures with their goals and keeps them in `results/`. A goal missed is
said, not failed: a shared machine is no judge. docs/performance.md tells what the figures mean.
"""
