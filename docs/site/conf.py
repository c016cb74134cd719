"""How Sphinx builds the site from the pages that `make_site.py` lays out: nothing is fetched, and every warning is an error."""

from __future__ import annotations

import tomllib
from enum import Enum
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

ROOT = Path(__file__).resolve().parents[2]

project = "onrecord"
version = release = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf8"))["project"]["version"]
copyright = "Apache-2.0"  # noqa: A001  # the name that Sphinx gives it

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
nitpicky = True
nitpick_ignore_regex = [("py:.*", r"(collections\.abc|pathlib|enum|typing)\..*|TypeAliasForwardRef|(Any|Iterator|Callable|Path|Span)s?")]
default_role = "code"
smartquotes_action = "D"  # dashes; quotation marks stay as they are written
maximum_signature_line_length = 90

myst_heading_anchors = 4
myst_links_external_new_tab = False
suppress_warnings = ["myst.header"]  # a page may open with a heading of any level

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_default_options = {"members": True, "show-inheritance": True}
napoleon_google_docstring = True
napoleon_numpy_docstring = False

html_theme = "furo"
html_title = "onrecord"
html_favicon = str(ROOT / "src" / "onrecord" / "serve" / "static" / "icon.svg")
html_static_path = [str(Path(__file__).parent / "static")]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sourcelink = False
html_theme_options = {
    "light_css_variables": {"color-brand-primary": "#14507a", "color-brand-content": "#14507a"},
    "dark_css_variables": {"color-brand-primary": "#8fc3ea", "color-brand-content": "#8fc3ea"},
}


def _skipped(_app: Sphinx, _what: str, _name: str, one: Any, _skip: bool, _options: Any) -> bool | None:
    """Keeps enumerations, whose values say enough."""
    return False if isinstance(one, type) and issubclass(one, Enum) and one.__module__.startswith("onrecord.") else None


def _docstring(_app: Sphinx, what: str, _name: str, one: Any, _options: Any, lines: list[str]) -> None:
    """Says of an enumeration what it may be."""
    if what == "class" and issubclass(one, Enum):
        lines += ["", "One of " + ", ".join(f"``{each.value}``" for each in one) + "."]


def _signature(_app: Sphinx, what: str, _name: str, one: Any, _options: Any, told: str | None, _gives: str | None) -> Any:
    """Leaves out how an enumeration is called, and what a dataclass makes where nothing is given, which is no Python."""
    if what == "class" and issubclass(one, Enum):
        return "", None
    return (told.replace("<factory>", "..."), None) if what == "class" and told else None


def setup(app: Sphinx) -> None:
    """Has Sphinx ask these."""
    app.connect("autodoc-skip-member", _skipped)
    app.connect("autodoc-process-docstring", _docstring)
    app.connect("autodoc-process-signature", _signature)
