"""When an environment is up to date, and what pip's settings mean to uv."""

from pathlib import Path

from tasks.environments import fingerprint, has_stamp, uv_settings, write_stamp


def test_the_stamp_fits_only_the_files_it_was_made_from(tmp_path: Path) -> None:
    (tmp_path / "lock.txt").write_text("anyio==4")
    before = fingerprint(tmp_path, ["lock.txt"])
    assert not has_stamp(tmp_path, before)
    write_stamp(tmp_path, before)
    assert has_stamp(tmp_path, fingerprint(tmp_path, ["lock.txt"]))
    (tmp_path / "lock.txt").write_text("anyio==5")
    assert not has_stamp(tmp_path, fingerprint(tmp_path, ["lock.txt"]))


def test_a_clone_that_moved_is_made_again(tmp_path: Path) -> None:
    for place in ("old", "new"):
        (tmp_path / place).mkdir()
        (tmp_path / place / "lock.txt").write_text("anyio==4")
    old, new = (fingerprint(tmp_path / place, ["lock.txt"]) for place in ("old", "new"))
    assert old != new


def test_a_mirror_set_for_pip_is_used_by_uv() -> None:
    said = (
        "global.index-url='https://mirror.example/simple'\n:env:.cert='/etc/ca.pem'\nglobal.x='y'\n"
    )
    assert uv_settings(said) == {
        "UV_DEFAULT_INDEX": "https://mirror.example/simple",
        "SSL_CERT_FILE": "/etc/ca.pem",
    }
