"""Pages from templates, each a single file that asks nothing of the network.

Every text is escaped; a policy in the page's head lets no script or style run but its own.
"""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Sequence


def render(template: str, scripts: Sequence[str] = (), **facts: Any) -> str:  # noqa: ANN401  whatever the template shows
    """The page that `template` makes of the facts; `scripts` may run in it, in their order."""
    style = read("page.css")
    return (
        _templates()
        .get_template(template)
        .render(
            policy=_describe_policy(style, scripts),
            style=Markup(style),  # noqa: S704  our own file
            scripts=[Markup(script) for script in scripts],  # noqa: S704  ours or a library's
            **facts,
        )
    )


def render_report(part: str, title: str, **facts: Any) -> str:  # noqa: ANN401  as `render`
    """A page of its own for a part of the large one, in both languages at once, all unfolded."""
    return render("report.html", part=part, title=title, is_alone=True, **facts)


def read(name: str) -> str:
    """One of the files that pages are made of."""
    return files("etl.load").joinpath("templates", name).read_text("utf-8")


def mark_code(text: str) -> Markup:
    """Text in which names stand in backticks, as HTML.

    >>> mark_code("`a` < b")
    Markup('<code>a</code> &lt; b')
    """
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(text))))  # noqa: S704  escaped


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("etl.load"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["mark_code"] = mark_code
    return environment


def _describe_policy(style: str, scripts: Sequence[str]) -> str:
    """What the browser may run: these very texts, and nothing from anywhere else."""
    allowed = " ".join(map(_hash, scripts)) or "'none'"
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_hash(style)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
