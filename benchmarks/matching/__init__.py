"""Whether a question finds the article that answers it, and what that costs, beside other ways."""
