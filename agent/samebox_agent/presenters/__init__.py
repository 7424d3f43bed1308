"""From state to plain view data: every word a person reads is decided here, none in a widget."""
