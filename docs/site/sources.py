"""Which file of the project is which page, in what order, and where its links lead in the site."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GENERATED = ("commands.md", "http-api.md")
WRITTEN_HERE = ("python.md",)
FIRST = ("guide", "desk", "concepts", "glossary", "reference", "errors", "ledger")  # other pages of docs/ come after them

_LINK = re.compile(r"(\]\()([^)\s#:]+)((?:#[^)\s]*)?\))")
_CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
_CONTENTS = """

```{{toctree}}
:hidden:
:caption: {caption}

{names}
```
"""


def places() -> dict[Path, str]:
    """The files that are pages as they are, each with its place in the site."""
    found = {ROOT / "README.md": "index.md", ROOT / "CHANGELOG.md": "changelog.md", ROOT / "CONTRIBUTING.md": "contributing.md"}
    found |= {path: path.name for path in sorted((ROOT / "docs").glob("*.md"))}
    found |= {path: f"models/{path.parent.name}.md" for path in sorted(ROOT.glob("src/onrecord/weights/*/CARD.md"))}
    return found | {ROOT / "evals" / "README.md": "figures.md"}


def contents() -> dict[str, list[str]]:
    """What the menu of the site lists, under its headings."""
    names = [target.removesuffix(".md") for target in places().values()]
    models = [name for name in names if name.startswith("models/")]
    apart = {"index", "changelog", "contributing", "figures", *models, *FIRST}
    more = [name for name in names if name not in apart]
    return {
        "For reporters": ["guide", "desk", "concepts", "glossary"],
        "Reference": ["commands", "reference", "http-api", "python", "errors", "ledger", *more],
        "The project": ["figures", *models, "contributing", "changelog"],
    }


def staged(source: Path, where: dict[Path, str], folder: Path) -> str:
    """The text of a page with its links as they hold in the site. A picture or file that it shows is put beside it."""
    text = source.read_text(encoding="utf8")
    here = Path(where[source]).parent

    def led(found: re.Match[str]) -> str:
        path = (source.parent / found[2]).resolve()
        if path in where:
            return f"{found[1]}{os.path.relpath(where[path], here)}{found[3]}"
        if path.is_file():
            copy = Path("files") / path.relative_to(ROOT)
            (folder / copy).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, folder / copy)
            return f"{found[1]}{os.path.relpath(copy, here)}{found[3]}"
        return found[0]

    code = [match.span() for match in _CODE.finditer(text)]
    pieces, start = [], 0
    for begin, end in code:
        pieces += [_LINK.sub(led, text[start:begin]), text[begin:end]]
        start = end
    pieces.append(_LINK.sub(led, text[start:]))
    menu = "".join(_CONTENTS.format(caption=caption, names="\n".join(names)) for caption, names in contents().items())
    return "".join(pieces) + (menu if where[source] == "index.md" else "")
