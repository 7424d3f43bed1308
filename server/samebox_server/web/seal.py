"""The server's signature under what laptops take over (docs/decisions/0021)."""

import hashlib

from nacl.signing import SigningKey
from samebox_shared.protocol import bundles
from samebox_shared.protocol.bundles import BundleHead
from samebox_shared.protocol.http import ServerKey

PACKED_FROM = 1_000
"""Bytes; a smaller page is not worth packing."""


class Seal:
    """The server's key pair; the secret half never leaves this object."""

    def __init__(self, seed: bytes) -> None:
        self._secret = SigningKey(seed)
        public = self._secret.verify_key.encode()
        self.key = ServerKey(key_id=hashlib.sha256(public).hexdigest()[:16], public=public.hex())

    def bundle(self, head: BundleHead, page: bytes) -> bytes:
        """The page as it is sent."""
        told = bundles.body(head, page)
        return bundles.sealed(self._secret.sign(bundles.signed(told)).signature, told)
