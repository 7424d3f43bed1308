"""What the recipes of the justfile run: preparing a machine, locks, licences, the demo.

No distribution contains this package. What dev.py needs uses the standard library only.
"""
