"""Target `bundle`: whatever comes as articles is refused as unsigned, or opened within its limits.

An input is a body: a line with the head, then the page as JSON. It is opened three times: as it is,
signed, and signed with its page packed if the head says so; only a signature leads further in.
"""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
from nacl.signing import SigningKey
from samebox_agent.net.bundles import Opened, open_bundle
from samebox_agent.net.failures import NotSamebox, NotSigned
from samebox_server.core.articles import parse
from samebox_server.starter import starter_files
from samebox_shared.model.articles import Article, ArticleChange, ArticlePage
from samebox_shared.protocol import bundles
from samebox_shared.protocol.bundles import Asked, BundleHead

from tasks.fuzz.judging import BrokenPromise, Target
from tasks.fuzz.mutation import mutated

SECRET = SigningKey(bytes(32))
KEY = SECRET.verify_key.encode().hex()
ASKED = Asked(after=3, scope="s", epoch="e")
HEAD = BundleHead(asked=ASKED, start=3, scope="s", epoch="e", key_id="k")
LARGEST = 64 * 1024
AT_ONCE = 3
"""Articles in one input to start from."""
PACKED = re.compile(rb'"packed"\s*:\s*true')
WORDS = (
    *('{"asked":{"after":3,"scope":"s","epoch":"e"},', '"start":3,', '"start":0,', '"scope":"s",'),
    *('"epoch":"e",', '"key_id":"k"', '"packed":true', '"packed":false', "}\n", '{"changes":['),
    *('],"head":4}', '"more":true', '{"change":4,"article_id":"a","article":', "null", "true"),
    *('"records":[', '"device_type":{', '"applies_to":[{"system":"windows"', '"versions":">=1"'),
    *('"audience":"it"', '"translates":"a"', '"risk":2', '"steps":[{"text":"a"', '"remedy":"x"'),
    *('"condition":"', '"symptoms":[', *"{}[],:", '"', "\\", "\\u0000", "\\ud800"),
    *("-1", "0", "1e999", "9223372036854775808", "0.5", "\n", "\x00", "\ufeff", "é", "\ud800"),
)


@dataclass(frozen=True)
class Done:
    """What became of the same body as it is, signed, and signed after packing its page."""

    bare: Opened | NotSigned | NotSamebox
    signed: Opened | NotSigned | NotSamebox
    packed: Opened | NotSigned | NotSamebox


def sealed(told: bytes) -> bytes:
    return bundles.sealed(SECRET.sign(bundles.signed(told)).signature, told)


def act(data: bytes) -> Done:
    return Done(
        open_bundle(data, KEY, ASKED),
        open_bundle(sealed(data), KEY, ASKED),
        open_bundle(sealed(packed(data)), KEY, ASKED),
    )


def packed(data: bytes) -> bytes:
    """The page packed where the head says it is, so that the search gets behind the packing."""
    head, found, page = data.partition(b"\n")
    if not found or not PACKED.search(head):
        return data
    return (
        head
        + b"\n"
        + bundles.body(msgspec.structs.replace(HEAD, packed=True), page).split(b"\n", 1)[1]
    )


def promises(data: bytes, done: Done) -> None:
    if not isinstance(done.bare, NotSigned):
        raise BrokenPromise("opened-without-a-signature", repr(done.bare))
    for each in (done.signed, done.packed):
        if isinstance(each, Opened):
            _opened(each)
        elif not (each.why if isinstance(each, NotSigned) else each.detail):
            raise BrokenPromise("refused-without-a-word", repr(each))


def _opened(opened: Opened) -> None:
    if opened.head.asked != ASKED or opened.head.start not in (0, ASKED.after):
        raise BrokenPromise("the-answer-to-another-question", repr(opened.head))
    if opened.page.more and opened.page.head <= opened.head.start:
        raise BrokenPromise("leads-nowhere", repr(opened.page.head))
    again = msgspec.json.decode(msgspec.json.encode(opened.page), type=ArticlePage)
    if again != opened.page:
        raise BrokenPromise("not-the-same-again", repr(opened.page))


def start() -> list[bytes]:
    read = (parse(text, source=name) for name, text in sorted(starter_files().items()))
    articles = [each for each in read if isinstance(each, Article)]
    groups = [articles[at : at + AT_ONCE] for at in range(0, len(articles), AT_ONCE)]
    return [_body(group, is_packed=number % 2 == 1) for number, group in enumerate(groups)]


def _body(articles: Sequence[Article], *, is_packed: bool) -> bytes:
    changes = tuple(
        ArticleChange(change=number, article_id=each.article_id, article=each)
        for number, each in enumerate(articles, start=4)
    )
    page = ArticlePage(changes=changes, head=3 + len(changes))
    head = msgspec.structs.replace(HEAD, packed=is_packed)
    return msgspec.json.encode(head) + b"\n" + msgspec.json.encode(page)


def remade(text: str, others: Sequence[str], chance: random.Random) -> str:
    """Another page under a head that is right, so that the search is not held up there."""
    pages = [each.partition("\n")[2] for each in (text, *others)]
    page = mutated(pages[0], pages[1:], WORDS, LARGEST, chance)
    head = msgspec.structs.replace(HEAD, packed=chance.random() < 0.5)
    return f"{msgspec.json.encode(head).decode()}\n{page}"


BUNDLE = Target("bundle", act, promises, start, WORDS, LARGEST, remade)
