"""The three parts of a bundle, and what is none."""

import zlib

import pytest
from samebox_shared.protocol import bundles
from samebox_shared.protocol.bundles import Asked, BrokenBundle, BundleHead

HEAD = BundleHead(
    asked=Asked(after=3, scope="s", epoch="e"), start=3, scope="s", epoch="e", key_id="k"
)
PACKED = BundleHead(asked=Asked(), start=0, scope="s", epoch="e", key_id="k", packed=True)
PAGE = b'{"changes":[],"head":3}'
SIGNATURE = bytes(range(bundles.SIGNATURE))


@pytest.mark.parametrize("head", [HEAD, PACKED])
def test_what_is_put_in_comes_out(head: BundleHead) -> None:
    told = bundles.body(head, PAGE)
    bundle = bundles.sealed(SIGNATURE, told)
    assert bundles.parted(bundle) == (SIGNATURE, told)
    assert bundles.opened(told) == (head, PAGE)
    assert (PAGE in bundle) is not head.packed


def test_the_signature_is_over_every_byte_behind_it_and_a_prefix_of_its_own() -> None:
    told = bundles.body(HEAD, PAGE)
    assert bundles.signed(told) == b"samebox article bundle 1\n" + told


@pytest.mark.parametrize(
    "bundle",
    [
        b"",
        b"\n",
        PAGE,
        b"not base64!\n{}",
        b"AAAA\n{}",
        bundles.sealed(SIGNATURE, b"")[:-1],
        bundles.sealed(SIGNATURE + b"1", b"{}"),
        b"\xc3\xa9" * 44 + b"\n{}",
    ],
)
def test_without_a_signature_nothing_is_looked_at(bundle: bytes) -> None:
    with pytest.raises(BrokenBundle, match="signature"):
        bundles.parted(bundle)


@pytest.mark.parametrize("told", [b"", b"{}\n", b"[" * 5_000, b'"\xff"\n', PAGE])
def test_a_head_that_is_none_is_refused(told: bytes) -> None:
    with pytest.raises(BrokenBundle, match="head"):
        bundles.opened(told)


def test_a_page_that_does_not_unpack_is_refused() -> None:
    told = bundles.body(PACKED, PAGE)
    line, content = told.split(b"\n", 1)
    bomb = zlib.compress(bytes(bundles.MOST + 1))
    for broken in (b"", content[:-4], content + b"more", b"x" + content, bomb):
        with pytest.raises(BrokenBundle, match="page"):
            bundles.opened(line + b"\n" + broken)
