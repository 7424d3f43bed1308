"""The nouns both ends speak of: devices, facts, people, articles and their identifiers."""
