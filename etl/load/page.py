"""index.html: the release to look at, search and plot; one file that asks nothing of the network.

Pages are static but for the metrics: those travel as JSON, and a script lists, filters and
plots them. Whatever comes from an article is escaped here and set as text there.
"""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from etl.load.connection import connect, make_do
from etl.load.duckdb_file import open_tables
from etl.load.html import read, render
from etl.load.page_data import MOST, read_facts, read_metrics
from etl.load.quality_html import arrange

if TYPE_CHECKING:
    from pathlib import Path

    from duckdb import DuckDBPyConnection

    from etl.load.connection import Memory
    from etl.load.page_data import PageFacts

FILE_NAME = "index.html"

# Lists whose labels the script shows beside a metric.
_SHOWN_CODES = ("measure", "direction", "approximation")

_SCRIPTS = ("words", "release", "state", "filter", "elements", "list", "charts", "plots", "main")

# Chart.js as the wheel of chartkick brings it; nothing of it is loaded from elsewhere.
_CHARTS = files("chartkick").joinpath("django", "static", "chartkick", "Chart.bundle.js")


def write_page(folder: Path) -> Path:
    """Write the page of the release in `folder`, whose tables and reports are there already."""
    path = folder / FILE_NAME
    path.write_text(render_page(folder), "utf-8", newline="\n")
    return path


def shows_tables(folder: Path) -> bool:
    """Whether the page of a published release shows the metrics that its tables hold.

    The rest of the page is not compared: it varies with the libraries that drew it.
    """
    data, _ = make_do(lambda memory: _read_tables(folder, MOST, memory))
    return to_json(data) in (folder / FILE_NAME).read_text("utf-8")


def render_page(folder: Path, most: int = MOST) -> str:
    """The page as text, with at most so many metrics; the same release, the same characters."""
    data, facts = make_do(lambda memory: _read_tables(folder, most, memory))
    return render(
        "page.html",
        scripts=(_CHARTS.read_text("utf-8"), _read_script()),
        data=Markup(to_json(data)),  # noqa: S704  holds no "<"
        facts=facts,
        shown=data["count"],
        dictionary=_read_dictionary(folder),
        quality=arrange(_read_json(folder / "quality" / "quality.json")),
        is_alone=False,
    )


def to_json(data: object) -> str:
    r"""Data as JSON that cannot end the element it stands in.

    >>> to_json({"title": "</script>"})
    '{"title":"\\u003c/script>"}'
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c")


def _read_script() -> str:
    """The page's script: its files one after the other, as one module."""
    return "\n".join(read(f"{name}.js") for name in _SCRIPTS)


def _read_json(path: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return read


def _read_dictionary(folder: Path) -> dict[str, Any]:
    return _read_json(folder / "dictionary" / "dictionary.json")


def _read_tables(folder: Path, most: int, memory: Memory) -> tuple[dict[str, Any], PageFacts]:
    with connect(memory=memory) as con:
        open_tables(con, folder)
        return _read_data(con, folder, most), read_facts(con)


def _read_data(con: DuckDBPyConnection, folder: Path, most: int) -> dict[str, Any]:
    """What the script works on: the metrics, and what their codes are called."""
    codes = {
        listed["name"]: {
            code["code"]: {"zh": code["zh"], "en": code["en"]} for code in listed["codes"]
        }
        for listed in _read_dictionary(folder)["codes"]
        if listed["name"] in _SHOWN_CODES
    }
    return read_metrics(con, most) | {"codes": codes}
