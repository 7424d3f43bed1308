"""Identifiers: opaque text, never parsed, never a host name or a serial number (ID-4)."""

import secrets
from typing import NewType

PersonId = NewType("PersonId", str)
DeviceId = NewType("DeviceId", str)
QuestionId = NewType("QuestionId", str)
OfferId = NewType("OfferId", str)
SessionId = NewType("SessionId", str)
MessageId = NewType("MessageId", str)
AnswerId = NewType("AnswerId", str)
ArticleId = NewType("ArticleId", str)
EventId = NewType("EventId", str)
TxnId = NewType("TxnId", str)


def new_id() -> str:
    """128 random bits as 32 hex digits; two never meet."""
    return secrets.token_hex(16)
