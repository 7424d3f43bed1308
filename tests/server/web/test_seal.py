"""The server's signature."""

import pytest
from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey
from samebox_server.web.seal import Seal
from samebox_shared.protocol import bundles
from samebox_shared.protocol.bundles import Asked, BundleHead

HEAD = BundleHead(asked=Asked(), start=0, scope="s", epoch="e", key_id="k")


def test_a_bundle_is_signed_with_the_key_that_is_told() -> None:
    seal = Seal(bytes(32))
    signature, told = bundles.parted(seal.bundle(HEAD, b"{}"))
    key = VerifyKey(bytes.fromhex(seal.key.public))
    key.verify(bundles.signed(told), signature)
    with pytest.raises(BadSignatureError):
        key.verify(told, signature)


def test_a_seed_is_a_key() -> None:
    assert Seal(bytes(32)).key == Seal(bytes(32)).key != Seal(b"1" * 32).key
    assert len(Seal(bytes(32)).key.key_id) == 16
