"""The whole story, played by real programs: a fix is found, a question asked and answered."""
