"""The agent as a person has it: a display with a tray, and a real agent with a probe inside."""
