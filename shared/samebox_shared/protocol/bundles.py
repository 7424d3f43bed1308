"""Bundles: one page of changed articles with the server's signature over its very bytes.

A bundle is three parts: a line with the signature in base64, a line with the head as JSON, and the
page as JSON, packed or not. The signature covers a prefix that nothing else of ours begins with,
the head and the page as they are sent. The head repeats what the laptop asked, so that an answer
fits one question only: not another cursor, not another server, not one before a backup was
restored. Nothing but the signature is looked at before it was checked.
"""

import binascii
import zlib
from base64 import b64decode, b64encode

import msgspec

PREFIX = b"samebox article bundle 1\n"
MOST = 16 * 1024 * 1024
"""Bytes of an unpacked page; one of 200 articles is far below."""
SIGNATURE = 64
"""Bytes of an Ed25519 signature."""


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """How far a laptop's copy goes (`after`), and which copy it is: of what this scope may read,
    on the server of this epoch. Empty and 0: there is none."""

    after: int = 0
    scope: str = ""
    epoch: str = ""


class BundleHead(msgspec.Struct, frozen=True, kw_only=True):
    """What an answer is to, and what it holds: the changes after `start`. A `start` of 0 after a
    question for more means that the copy is void and this page begins the whole anew."""

    asked: Asked
    start: int
    scope: str
    epoch: str
    key_id: str
    packed: bool = False


class BrokenBundle(Exception):
    """The bytes are no bundle."""


def body(head: BundleHead, page: bytes) -> bytes:
    """Head and page as they are signed and sent; the page is packed if the head says so."""
    content = zlib.compress(page, 1) if head.packed else page
    return msgspec.json.encode(head) + b"\n" + content


def signed(told: bytes) -> bytes:
    """What the signature of a body is over."""
    return PREFIX + told


def sealed(signature: bytes, told: bytes) -> bytes:
    """The bundle."""
    return b64encode(signature) + b"\n" + told


def parted(bundle: bytes) -> tuple[bytes, bytes]:
    """Signature and body; raises BrokenBundle. Nothing of the body is looked at."""
    line, found, told = bundle.partition(b"\n")
    try:
        signature = b64decode(line, validate=True)
    except binascii.Error as error:
        raise BrokenBundle("the signature is no base64") from error
    if not found or len(signature) != SIGNATURE:
        raise BrokenBundle("there is no signature")
    return signature, told


def opened(told: bytes) -> tuple[BundleHead, bytes]:
    """Head and page of a body whose signature was checked; raises BrokenBundle."""
    line, _, content = told.partition(b"\n")
    try:
        head = msgspec.json.decode(line, type=BundleHead)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BrokenBundle(f"the head: {error}") from error
    return head, _unpacked(content) if head.packed else content


def _unpacked(content: bytes) -> bytes:
    unpacking = zlib.decompressobj()
    try:
        page = unpacking.decompress(content, MOST)
    except zlib.error as error:
        raise BrokenBundle("the page cannot be unpacked") from error
    if not unpacking.eof or unpacking.unused_data:
        raise BrokenBundle("the page is cut off, too long, or followed by something else")
    return page
