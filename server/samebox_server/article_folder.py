"""A folder of article files on the disk: read with every fault named, and written file by file."""

import os
import re
import stat
import tempfile
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from samebox_shared.model.article_limits import FILE_LIMIT

_MOST_BYTES = 4 * 2 * FILE_LIMIT  # the longest characters, and room to count those of a longer file
_ID = re.compile(r"[a-z0-9-]+")
_NO_ARTICLE = "readme.md"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times faster where it was built


@dataclass(frozen=True)
class FolderFile:
    """One file that could be read; `name` is its path below the folder, with slashes."""

    path: Path
    name: str
    text: str
    article_id: str
    """As its head says; empty when it says none."""


@dataclass
class Folder:
    """What a folder holds, in the order of names, and a sentence for each that was left out."""

    files: list[FolderFile] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


class CannotRead(Exception):
    """One file or folder that could not be read, and what to do."""


def read_folder(top: Path) -> Folder:
    """Every .md file below `top` but those called README.md; folders whose name starts with a dot
    and linked folders are not entered."""
    found = Folder()
    for path in _paths(top, found):
        name = _name(path, top)
        try:
            text = _text(path)
        except CannotRead as error:
            found.left_out.append(f"{name}{error}")
            continue
        found.files.append(FolderFile(path, name, text, head_id(text)))
    return found


def without_doubles(found: Folder) -> list[FolderFile]:
    """The files whose id no other has; the others are named and left out together."""
    names = defaultdict(list)
    for file in found.files:
        names[file.article_id].append(file.name)
    doubles = {key: these for key, these in names.items() if key and len(these) > 1}
    for article_id, these in doubles.items():
        found.left_out.append(
            f"{' and '.join(these)} have the same id, {article_id}. None of them came in. "
            "Delete one, or give it an id of its own."
        )
    return [file for file in found.files if file.article_id not in doubles]


def head_id(text: str) -> str:
    """The id in the head of an article file, or nothing; the server looks closer."""
    lines = text.removeprefix("\ufeff").splitlines()
    if not lines or lines[0].rstrip() != "---":
        return ""
    end = next((place for place, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), 0)
    try:
        node = yaml.compose("\n".join(lines[1:end]), Loader=_LOADER)
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError):
        return ""  # the server says what is wrong with it
    if not isinstance(node, yaml.MappingNode):
        return ""
    found = (value.value for key, value in node.value if key.value == "id")
    value = next(found, "")
    is_one = isinstance(value, str) and _ID.fullmatch(value)
    return value if is_one else ""


def write_file(path: Path, text: str) -> None:
    """The whole file or, if that fails (OSError), what was there before."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".samebox-", suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        Path(name).chmod(path.stat().st_mode & 0o777 if path.exists() else _usual_mode())
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _usual_mode() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return 0o666 & ~mask


def _paths(top: Path, found: Folder) -> list[Path]:
    paths: list[Path] = []

    def failed(error: OSError) -> None:
        name = _name(Path(error.filename), top)
        found.left_out.append(
            f"{name}: This folder cannot be read ({error.strerror}), nor what is in it. Look at "
            "its rights."
        )

    for here, folders, names in os.walk(top, onerror=failed):
        for folder in sorted(folders):
            _look_at_folder(Path(here) / folder, top, found)
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        paths += [
            Path(here) / name
            for name in names
            if name.lower().endswith(".md") and name.lower() != _NO_ARTICLE and name[0] != "."
        ]
    return sorted(paths)


def _look_at_folder(path: Path, top: Path, found: Folder) -> None:
    name = _name(path, top)
    if path.is_symlink():
        found.remarks.append(f"{name}: This is a link to a folder, which was not followed.")
    elif name.lower().endswith(".md"):
        found.remarks.append(f"{name}: This is a folder, not an article; the files in it count.")


def _text(path: Path) -> str:
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            raise CannotRead(": This is not a file with text. Move it out of the folder.")
        if about.st_size > _MOST_BYTES:
            raise CannotRead(
                f", line 1: The file has {_size(about.st_size)}; an article has at most "
                f"{FILE_LIMIT} characters. Split it."
            )
        data = path.read_bytes()
    except OSError as error:
        what = error.strerror or str(error)
        raise CannotRead(
            f": It cannot be read ({what}). Look at its rights, or at its link."
        ) from (error)
    return _decoded(data)


def _name(path: Path, top: Path) -> str:
    """The path below the folder; what nobody can see of it becomes a question mark."""
    name = path.relative_to(top).as_posix().encode(errors="replace").decode()
    return "".join(letter if letter.isprintable() else "?" for letter in name)


def _size(size: int) -> str:
    return f"{size / 1_000_000:.0f} MB" if size >= 1_000_000 else f"{size / 1_000:.0f} kB"


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise CannotRead(", line 1: The file is UTF-16. Save it as UTF-8.")
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise CannotRead(
            f", line {line}: A character here is not UTF-8 (byte {data[error.start]:#04x}). "
            "Save the file as UTF-8."
        ) from error
