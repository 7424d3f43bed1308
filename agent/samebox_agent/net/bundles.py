"""Opens a bundle of articles: its signature first, and only then what is in it.

One article that this version does not understand never stops the others (OP-5): it is taken as
withdrawn, because what the laptop has of it may be what was corrected.
"""

from dataclasses import dataclass

import msgspec
from samebox_shared.model.articles import ArticleChange, ArticlePage
from samebox_shared.model.ids import ArticleId
from samebox_shared.protocol import bundles
from samebox_shared.protocol.bundles import Asked, BrokenBundle, BundleHead

from samebox_agent.net.failures import NotSamebox, NotSigned


@dataclass(frozen=True)
class Opened:
    """A page that the server has signed as the answer to what was asked. `left_out` counts the
    articles in it that only a newer version understands."""

    head: BundleHead
    page: ArticlePage
    left_out: int


class _Page(msgspec.Struct, frozen=True):
    changes: tuple[msgspec.Raw, ...]
    head: int
    more: bool = False


class _Named(msgspec.Struct, frozen=True):
    change: int
    article_id: ArticleId


_changes: msgspec.json.Decoder[ArticleChange] = msgspec.json.Decoder(ArticleChange)
_UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


def open_bundle(bundle: bytes, key: str, asked: Asked) -> Opened | NotSigned | NotSamebox:
    """What is in it; may take a while. `key` is the public key in hexadecimal digits."""
    try:
        signature, told = bundles.parted(bundle)
    except BrokenBundle as broken:
        return NotSigned(str(broken))
    if not _is_genuine(bundles.signed(told), signature, key):
        return NotSigned("the signature is of another key, or the bundle was changed or cut off")
    try:
        head, text = bundles.opened(told)
        page, left_out = _page(text)
    except BrokenBundle as broken:
        return NotSamebox(f"a signed bundle that is not understood: {broken}")
    if head.asked != asked or head.start not in (0, asked.after):
        return NotSigned("it is the answer to another question")
    if page.more and page.head <= head.start:
        return NotSamebox("a page that leads nowhere")
    return Opened(head, page, left_out)


def _is_genuine(signed: bytes, signature: bytes, key: str) -> bool:
    from nacl.exceptions import CryptoError  # 2 MB, only when a page comes
    from nacl.signing import VerifyKey

    try:
        VerifyKey(bytes.fromhex(key)).verify(signed, signature)
    except (CryptoError, ValueError):
        return False
    return True


def _page(text: bytes) -> tuple[ArticlePage, int]:
    try:
        page = msgspec.json.decode(text, type=_Page)
    except _UNREADABLE as error:
        raise BrokenBundle(f"the page: {error}") from error
    changes = []
    left_out = 0
    for raw in page.changes:
        try:
            changes.append(_changes.decode(raw))
        except _UNREADABLE:
            left_out += 1
            changes += _withdrawn(raw)
    return ArticlePage(changes=tuple(changes), head=page.head, more=page.more), left_out


def _withdrawn(raw: msgspec.Raw) -> tuple[ArticleChange, ...]:
    try:
        named = msgspec.json.decode(raw, type=_Named)
    except _UNREADABLE:
        return ()  # counted, and nobody knows which one it is
    return (ArticleChange(change=named.change, article_id=named.article_id, article=None),)
