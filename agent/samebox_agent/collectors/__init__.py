"""Reads facts from this device. One fact family per file; inside it, one class per system.

Nothing here needs rights beyond the person's own, and nothing reads serial numbers, account
names, network names or what runs. A value that cannot be read is left out, never guessed.
"""
