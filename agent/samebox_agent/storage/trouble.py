"""What the disk can do to us, in words a person can act on."""

from enum import StrEnum
from pathlib import Path


class TroubleKind(StrEnum):
    """Which kind of trouble, for the program."""

    FULL = "full"
    CORRUPT = "corrupt"
    NEWER = "newer"
    BUSY = "busy"
    UNWRITABLE = "unwritable"


class StorageTrouble(Exception):
    """The disk failed us. `title`, `what`, `kept` and `next` are sentences for people."""

    def __init__(self, kind: TroubleKind, *, title: str, what: str, kept: str, next: str) -> None:
        super().__init__(f"{title}: {what}")
        self.kind = kind
        self.title = title
        self.what = what
        self.kept = kept
        self.next = next


def disk_full(file: Path) -> StorageTrouble:
    """Nothing of the failed change was written; everything before it is safe."""
    return StorageTrouble(
        TroubleKind.FULL,
        title="Your disk is full",
        what=f"Samebox could not write to {file.parent}.",
        kept="Everything saved before this is safe. What is on the screen is still there.",
        next="Free some space, then try again.",
    )


def corrupt(file: Path) -> StorageTrouble:
    """The file is there but is not readable as ours."""
    return StorageTrouble(
        TroubleKind.CORRUPT,
        title="Samebox cannot read its file",
        what=f"{file.name} in {file.parent} is damaged.",
        kept="Nothing was deleted. Your questions and conversations are also on the server.",
        next="Start afresh: the damaged file is put aside and your copy is fetched again.",
    )


def newer(file: Path) -> StorageTrouble:
    """A newer Samebox has written this file."""
    return StorageTrouble(
        TroubleKind.NEWER,
        title="This Samebox is too old for its file",
        what=f"{file.name} in {file.parent} was written by a newer version of Samebox.",
        kept="The file was not touched.",
        next="Install the newer version again.",
    )


def busy(file: Path) -> StorageTrouble:
    """Another process holds the file for longer than we wait."""
    return StorageTrouble(
        TroubleKind.BUSY,
        title="Samebox's file is in use",
        what=f"Another program holds {file.name} in {file.parent}.",
        kept="Everything saved before this is safe.",
        next="Close the other program, or a second copy of Samebox, and try again.",
    )


def unwritable(file: Path, reason: str) -> StorageTrouble:
    """No permission, a read-only disk, a folder that is gone."""
    return StorageTrouble(
        TroubleKind.UNWRITABLE,
        title="Samebox cannot write its file",
        what=f"{file.name} in {file.parent} cannot be written ({reason}).",
        kept="Everything saved before this is safe.",
        next="Check that the folder exists and belongs to you, then start Samebox again.",
    )
