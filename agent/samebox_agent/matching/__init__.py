"""What a question means beside its letters: Dutch words said in English, so that articles match."""
