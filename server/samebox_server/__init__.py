"""The Samebox server: routes questions to people with the same laptop, and keeps little."""

__version__ = "0.1.0"
