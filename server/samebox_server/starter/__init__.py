"""The starter articles that ship with the server: one Markdown file each, named after its id."""

from importlib.resources import files


def starter_files() -> dict[str, str]:
    """The text of every starter article by its file name, in the order of the names."""
    folder = files(__name__)
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".md"))
    return {name: folder.joinpath(name).read_text(encoding="utf-8") for name in names}
