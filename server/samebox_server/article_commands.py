"""`samebox-server articles import` and `export`: a folder of files, and the running server.

Why each of them leaves some files alone: docs/decisions/0022-articles-as-files.md.
"""

import argparse
import json
import sys
from collections import Counter as Counted
from collections.abc import Iterator
from pathlib import Path

import msgspec

from samebox_server.article_folder import (
    Folder,
    FolderFile,
    read_folder,
    without_doubles,
    write_file,
)
from samebox_server.console import FAILED, OK, Counter, Failed, ask
from samebox_server.core.intake import GivenFile, Intake, Verdict
from samebox_server.settings import Settings

_MOST_FILES, _MOST_BYTES = 50, 200_000  # of one request; the server takes at most 256 KiB


def import_articles(settings: Settings, given: argparse.Namespace) -> int:
    """Offers every file to the server; what was left out is named on standard error."""
    found = _read(given.folder)
    if not found.files and not found.left_out:
        raise Failed(f"There is no .md file in {given.folder}. Nothing was imported.")
    files = without_doubles(found)
    counter = Counter(len(files))
    verdicts: list[Verdict] = []
    for batch in _batches(files):
        body = {"files": batch, "is_dry": given.dry_run}
        try:
            answer = ask(settings, "articles/import", body)
        except Failed as error:
            raise _broken_off(error, counter.done, len(files)) from None
        verdicts += msgspec.convert(answer["verdicts"], list[Verdict])
        counter.add(len(batch))
    counter.wipe()
    return _tell_import(verdicts, found, is_dry=given.dry_run)


def _read(folder: Path) -> Folder:
    if not folder.is_dir():
        raise Failed(f"{folder} is no folder. Nothing was done.")
    return read_folder(folder)


def _batches(files: list[FolderFile]) -> Iterator[list[dict[str, str]]]:
    batch: list[dict[str, str]] = []
    room = _MOST_BYTES
    for file in files:
        body = {"source": file.name, "text": file.text}
        size = len(json.dumps(body, ensure_ascii=False).encode())
        if batch and (size > room or len(batch) == _MOST_FILES):
            yield batch
            batch, room = [], _MOST_BYTES
        batch.append(body)
        room -= size
    if batch:
        yield batch


def _broken_off(error: Failed, done: int, whole: int) -> Failed:
    if not done:
        return error
    return Failed(
        f"{error} {done} of {whole} files were done before, and stay. Import the folder again: "
        "those are left as they are."
    )


def _tell_import(verdicts: list[Verdict], found: Folder, *, is_dry: bool) -> int:
    for remark in found.remarks:
        print(remark)
    for verdict in verdicts:
        if is_dry and verdict.intake in (Intake.NEW, Intake.CHANGED):
            print(f"{verdict.source}: {verdict.intake}, version {verdict.version}")
        elif verdict.words and verdict.intake is not Intake.LEFT_OUT:
            print(verdict.words)
    refused = [verdict.words for verdict in verdicts if verdict.intake is Intake.LEFT_OUT]
    left_out = [*refused, *found.left_out]
    for words in left_out:
        print(words, file=sys.stderr)
    counts = Counted(verdict.intake for verdict in verdicts)
    summary = (
        f"{counts[Intake.NEW]} new, {counts[Intake.CHANGED]} changed, "
        f"{counts[Intake.AS_BEFORE]} as before, {len(left_out)} left out."
    )
    print(f"{summary} Nothing was changed: this was only a look." if is_dry else summary)
    return FAILED if left_out else OK


class _Export:
    """What was done with a folder so far."""

    def __init__(self, top: Path, found: Folder) -> None:
        self.top = top
        self.there: dict[str, list[FolderFile]] = {}
        for file in found.files:
            self.there.setdefault(file.article_id, []).append(file)
        self.counts: Counted[str] = Counted()
        self.kept: list[str] = []
        self.gone: list[FolderFile] = []

    def take(self, given: GivenFile, *, may_overwrite: bool) -> None:
        known = self.there.pop(given.article_id, [])
        if not given.text:
            self._is_gone(given, known, may_overwrite=may_overwrite)
        elif len(known) > 1:
            names = " and ".join(file.name for file in known)
            self.kept.append(f"{names}: they have the same id. Delete one.")
        elif known:
            self._refresh(known[0], given, may_overwrite=may_overwrite)
        else:
            self._add(given, may_overwrite=may_overwrite)

    def _add(self, given: GivenFile, *, may_overwrite: bool) -> None:
        path = self.top / f"{given.article_id}.md"
        if path.is_symlink() or (path.exists() and not (may_overwrite and path.is_file())):
            self.kept.append(f"{path.name}: another file has this name. Move it away.")
            return
        self._write(path, given.text, "new")

    def _refresh(self, file: FolderFile, given: GivenFile, *, may_overwrite: bool) -> None:
        if file.text.replace("\r\n", "\n") == given.text:
            self.counts["as before"] += 1
            return
        why = "" if may_overwrite else _why_not(file, given)
        if file.path.is_symlink():
            why = "it is a link"
        if why:
            self.kept.append(f"{file.name}: {why}.")
            return
        self._write(file.path, given.text, "changed")

    def _is_gone(self, given: GivenFile, known: list[FolderFile], *, may_overwrite: bool) -> None:
        for file in known:
            why = "" if may_overwrite else _why_not(file, given)
            if why:
                self.kept.append(f"{file.name}: no longer published, but {why}.")
            else:
                self.gone.append(file)

    def _write(self, path: Path, text: str, what: str) -> None:
        try:
            write_file(path, text)
        except OSError as error:
            raise Failed(
                f"{path} cannot be written ({error.strerror}). What was there is kept, and the "
                "files written before stay. Put that right and export again."
            ) from None
        self.counts[what] += 1


def _why_not(file: FolderFile, given: GivenFile) -> str:
    from samebox_server.core.article_files import why_not_overwritten

    return why_not_overwritten(file.text, given.fingerprints)


def export_articles(settings: Settings, given: argparse.Namespace) -> int:
    """Brings the folder up to date with what is published, and says what it left alone."""
    try:
        given.folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Failed(f"{given.folder} cannot be made ({error.strerror}).") from None
    found = _read(given.folder)
    export = _Export(given.folder, found)
    counter = Counter(0)
    after = ""
    while files := _page(settings, after):
        for file in files:
            export.take(file, may_overwrite=given.overwrite)
        after = files[-1].article_id
        counter.add(len(files))
    counter.wipe()
    return _tell_export(export, found, is_pruning=given.prune)


def _remove(file: FolderFile) -> None:
    try:
        file.path.unlink(missing_ok=True)
    except OSError as error:
        raise Failed(f"{file.path} cannot be removed ({error.strerror}). It stays.") from None
    print(f"{file.name}: no longer published, removed.")


def _page(settings: Settings, after: str) -> list[GivenFile]:
    answer = ask(settings, "articles/export", {"article_id": after})
    return msgspec.convert(answer["files"], list[GivenFile])


def _tell_export(export: _Export, found: Folder, *, is_pruning: bool) -> int:
    for file in export.gone:
        if is_pruning:
            _remove(file)
        else:
            print(f"{file.name}: no longer published. With --prune it is removed.")
    for files in export.there.values():
        for file in files:
            if file.article_id:
                print(f"{file.name}: not on this server, left alone. Import it to publish it.")
    for words in (*found.left_out, *(f"{each} It was left as it is." for each in export.kept)):
        print(words, file=sys.stderr)
    counts = export.counts
    print(
        f"{counts['new']} new, {counts['changed']} changed, {counts['as before']} as before, "
        f"{len(export.gone)} gone, {len(export.kept)} left alone."
    )
    if export.kept:
        print("With --overwrite the server's text is written over those.", file=sys.stderr)
    return FAILED if export.kept else OK
