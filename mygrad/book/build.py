"""What one build of the site has come to, handed along from its first page to its last file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from mygrad.book.kept import Kept
from mygrad.book.progress import progress
from mygrad.book.run.process import Worker
from mygrad.pictures.picture import AnyPicture


@dataclass
class Made:
    """What pages have come to besides their HTML."""

    pictures: dict[str, AnyPicture] = field(default_factory=dict)  # by their names
    files: dict[str, str] = field(default_factory=dict)  # by their paths in the site
    left_out: int = 0  # how many blocks were not run


@dataclass
class Build(Made):
    """One build.  `worker` is the process in which the blocks of its pages run.

    `settings` is its configuration as text, and `kept` has what earlier builds have made.
    """

    settings: str = ""
    kept: Kept = field(default_factory=Kept)
    worker: Worker = field(default_factory=lambda: Worker(announced=progress.step))

    def add(self, part: Made) -> None:
        """Take in what a part of this build has come to."""
        self.pictures.update(part.pictures)
        self.files.update(part.files)
        self.left_out += part.left_out

    def write(self, site: Path, images: Path, draw: Callable[[Path], AnyPicture]) -> None:
        """Write the files, and every named picture: those of blocks, and of scripts in `images`.

        `draw` draws the picture of a script.  Raises ValueError for a name that is there twice.
        """
        drawn = {script.stem: draw(script) for script in sorted(images.glob("*.py"))}
        both = drawn.keys() & self.pictures.keys()
        if both:
            raise ValueError(f"drawn by a block and by a script too: {', '.join(sorted(both))}")
        pictures = {
            f"images/{name}.svg": picture.file()
            for name, picture in {**drawn, **self.pictures}.items()
        }
        for path, text in {**self.files, **pictures}.items():
            (site / path).parent.mkdir(parents=True, exist_ok=True)
            (site / path).write_text(text, encoding="utf-8", newline="\n")
