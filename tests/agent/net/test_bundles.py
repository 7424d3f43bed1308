"""Bundles that are genuine, and everything that is not."""

from pathlib import Path

import msgspec
import pytest
from nacl.signing import SigningKey
from samebox_agent.net.bundles import Opened, open_bundle
from samebox_agent.net.failures import NotSamebox, NotSigned
from samebox_shared.model.articles import Article, ArticleChange, ArticlePage
from samebox_shared.model.ids import ArticleId
from samebox_shared.protocol import bundles
from samebox_shared.protocol.bundles import Asked, BundleHead

GOLDEN = Path(__file__).parents[2] / "golden" / "v1" / "articles" / "bundle.txt"
SECRET = SigningKey(bytes(32))
KEY = SECRET.verify_key.encode().hex()
ASKED = Asked(after=3, scope="scope", epoch="epoch")
HEAD = BundleHead(asked=ASKED, start=3, scope="scope", epoch="epoch", key_id="k", packed=True)
DISK = Article(article_id=ArticleId("disk"), version=1, title="Disk", summary="Full")
PAGE = ArticlePage(
    changes=(ArticleChange(change=4, article_id=DISK.article_id, article=DISK),), head=4
)


def signed(told: bytes, prefix: bytes = bundles.PREFIX) -> bytes:
    return bundles.sealed(SECRET.sign(prefix + told).signature, told)


def a_bundle(page: object = PAGE, **head: object) -> bytes:
    return signed(bundles.body(msgspec.structs.replace(HEAD, **head), msgspec.json.encode(page)))


def test_a_genuine_bundle_is_opened() -> None:
    assert open_bundle(a_bundle(), KEY, ASKED) == Opened(HEAD, PAGE, 0)
    whole = open_bundle(a_bundle(start=0, scope="other"), KEY, ASKED)
    assert isinstance(whole, Opened)
    assert (whole.head.start, whole.head.scope) == (0, "other")


def test_a_bundle_of_an_older_server_is_still_opened() -> None:
    opened = open_bundle(GOLDEN.read_bytes(), KEY, ASKED)
    assert isinstance(opened, Opened)
    assert (opened.page, opened.head.packed) == (PAGE, False)


def test_every_bit_is_under_the_signature() -> None:
    bundle = a_bundle()
    for at in range(len(bundle)):
        changed = bytearray(bundle)
        changed[at] ^= 1
        assert isinstance(open_bundle(bytes(changed), KEY, ASKED), NotSigned), at


def test_a_bundle_that_was_cut_off_anywhere_is_not_looked_at() -> None:
    bundle = a_bundle()
    for end in range(len(bundle)):
        assert isinstance(open_bundle(bundle[:end], KEY, ASKED), NotSigned), end
    assert isinstance(open_bundle(bundle + b" ", KEY, ASKED), NotSigned)


@pytest.mark.parametrize("key", [SigningKey(b"1" * 32).verify_key.encode().hex(), "", "zz", "00"])
def test_another_key_is_refused(key: str) -> None:
    assert isinstance(open_bundle(a_bundle(), key, ASKED), NotSigned)


def test_what_was_signed_for_something_else_is_no_bundle() -> None:
    told = bundles.body(HEAD, msgspec.json.encode(PAGE))
    assert isinstance(open_bundle(signed(told, b""), KEY, ASKED), NotSigned)


@pytest.mark.parametrize(
    "other",
    [{"after": 2}, {"scope": "other"}, {"epoch": "older"}, {"after": 0}],
    ids=str,
)
def test_the_answer_to_another_question_is_a_replay(other: dict[str, object]) -> None:
    asked = msgspec.structs.replace(ASKED, **other)
    assert isinstance(open_bundle(a_bundle(), KEY, asked), NotSigned)


def test_a_page_from_in_between_is_no_answer() -> None:
    assert isinstance(open_bundle(a_bundle(start=2), KEY, ASKED), NotSigned)


@pytest.mark.parametrize(
    "page",
    [
        {},
        [],
        {"changes": [], "head": "x"},
        {"changes": [], "head": 3, "more": True},
        {"changes": {}, "head": 4},
    ],
    ids=str,
)
def test_a_signed_page_that_makes_no_sense_changes_nothing(page: object) -> None:
    assert isinstance(open_bundle(a_bundle(page), KEY, ASKED), NotSamebox)


def test_a_signed_head_that_makes_no_sense_changes_nothing() -> None:
    assert isinstance(open_bundle(signed(b"{}\n{}"), KEY, ASKED), NotSamebox)


def test_one_article_of_a_newer_version_does_not_stop_the_others() -> None:
    article = msgspec.to_builtins(DISK)
    newer = {**article, "applies_to": [{"system": "windows", "chip": "arm"}]}
    opened = open_bundle(
        a_bundle(
            {
                "changes": [
                    {"change": 4, "article_id": "newer", "article": newer},
                    {"change": 5, "article_id": "odd", "article": {**article, "risk": 9}},
                    {"change": 6, "new": "kind"},
                    {"change": 7, "article_id": "disk", "article": {**article, "mood": "good"}},
                ],
                "head": 7,
                "mood": "good",
            }
        ),
        KEY,
        ASKED,
    )
    assert isinstance(opened, Opened)
    assert opened.left_out == 3
    assert [(each.article_id, each.article) for each in opened.page.changes] == [
        ("newer", None),
        ("odd", None),
        ("disk", DISK),
    ]
