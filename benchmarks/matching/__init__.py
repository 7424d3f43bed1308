"""Whether a question finds the article that answers it: questions with the article they mean."""
