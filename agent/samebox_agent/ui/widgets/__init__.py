"""The parts screens are made of. Each draws a value and emits intents; none decides anything."""
