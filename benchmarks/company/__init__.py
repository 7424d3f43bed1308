"""Who takes part: people who are in the database before the server starts, people who join a
running one, and the articles that everybody's laptop is told of.
"""
