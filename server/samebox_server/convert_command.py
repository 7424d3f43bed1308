"""`samebox-server articles convert`: another help desk's export as article files, for review."""

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from samebox_server.article_folder import write_file
from samebox_server.console import FAILED, OK, Failed
from samebox_server.core.articles import render
from samebox_server.core.conversion import Converted, choose, convert, name_of
from samebox_server.core.conversion_report import report
from samebox_server.core.zendesk_export import read_export

REPORT = "conversion-report.txt"
_MOST_BYTES = 256 * 1024 * 1024


def convert_export(given: argparse.Namespace) -> int:
    """Writes the files and the report; a file that is there already is never written over."""
    export = read_export(_text(given.file))
    chosen = choose(
        export.records, with_drafts=given.with_drafts, with_restricted=given.with_restricted
    )
    names = {name_of(record) for record in chosen.records}
    converted = [convert(record, names) for record in chosen.records]
    try:
        given.to.mkdir(parents=True, exist_ok=True)
        written, kept = _write(converted, given.to)
        left_out = [*export.faults, *chosen.left_out, *kept]
        write_file(given.to / REPORT, report(given.file.name, converted, left_out))
    except OSError as error:
        raise Failed(
            f"{error.filename or given.to} cannot be written ({error.strerror}). The files written "
            "before stay. Put that right and convert again."
        ) from None
    for line in (*export.faults, *kept):
        print(line, file=sys.stderr)
    print(
        f"{len(converted)} converted into {written} new files, {len(chosen.left_out)} left "
        f"out, {len(export.faults)} broken, {len(kept)} files kept as they were."
    )
    print(f"Now review them: {given.to / REPORT} says what to decide for each. Then import.")
    return FAILED if export.faults else OK


def _text(file: Path) -> str:
    """What is not UTF-8 becomes a sign for it, which the reader names with its article."""
    try:
        if file.stat().st_size > _MOST_BYTES:
            raise Failed(f"{file} has over 256 MB. Convert it in pieces; nothing was written.")
        return file.read_bytes().decode("utf-8-sig", errors="replace")
    except OSError as error:
        raise Failed(f"{file} cannot be read ({error.strerror}). Nothing was written.") from None


def _write(converted: Iterable[Converted], folder: Path) -> tuple[int, list[str]]:
    """How many files are new, and a sentence for each that was there with other words."""
    written, kept = 0, []
    for article in (article for one in converted for article in one.articles):
        path, text = folder / f"{article.article_id}.md", render(article)
        if not path.exists() and not path.is_symlink():
            write_file(path, text)
            written += 1
        elif not path.is_file() or path.read_bytes() != text.encode():
            kept.append(f"{path.name}: It is there already with other words, and was kept.")
    return written, kept
