"""The language as data: TOML files whose rules carry their own examples.

`load("units", Unit)` reads `units.toml` into frozen dataclasses. A file holds one array of
tables, `[[rule]]`; the keys of each must be fields of the given dataclass, or the mistake is
reported with the rule's name. Every rule class has `name` and `examples`; the tests prove both ways
that the examples are read by their rule and the counterexamples are not.
"""

from __future__ import annotations

import tomllib
from dataclasses import MISSING, fields
from importlib import resources
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from etl.errors import GrammarError

if TYPE_CHECKING:
    from dataclasses import Field
    from typing import ClassVar


class Rule(Protocol):
    """What every rule class has; written as a frozen dataclass."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    @property
    def name(self) -> str:
        """Stable, snake_case; published where the rule's work is."""

    @property
    def examples(self) -> tuple[str, ...]:
        """Surface forms the rule must read."""


RuleT = TypeVar("RuleT", bound=Rule)


def load(file: str, rule: type[RuleT]) -> tuple[RuleT, ...]:
    """The rules of `etl/grammar/<file>.toml`, in the file's order.

    Raises:
        GrammarError: the file is missing or no TOML, or a rule has an unknown or missing key,
            a name that is taken, or no example.
    """
    rows = read_table(file).get("rule", [])
    rules = tuple(_build(file, rule, row) for row in rows)
    names = [r.name for r in rules]
    if repeated := {name for name in names if names.count(name) > 1}:
        raise GrammarError(f"{file}.toml: the name {min(repeated)!r} is given twice")
    return rules


def read_table(file: str) -> dict[str, Any]:
    """A grammar file as plain tables, for those that are lists rather than rules."""
    path = resources.files(__name__) / f"{file}.toml"
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise GrammarError(f"{file}.toml cannot be read: {error}") from error


def read_rows(file: str) -> list[list[str]]:
    """The rows of `etl/grammar/<file>.tsv` below its heading, without # lines."""
    path = resources.files(__name__) / f"{file}.tsv"
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise GrammarError(f"{file}.tsv cannot be read: {error}") from error
    heading, *rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    if short := next((row for row in rows if len(row) != len(heading)), None):
        raise GrammarError(f"{file}.tsv: the row {short[0]!r} has {len(short)} cells")
    return rows


def _build(file: str, rule: type[RuleT], row: dict[str, Any]) -> RuleT:
    name = row.get("name", "(unnamed)")
    known = {f.name: f for f in fields(rule)}
    if unknown := sorted(row.keys() - known.keys()):
        raise GrammarError(f"{file}.toml: rule {name!r} has the unknown key {unknown[0]!r}")
    required = (
        key for key, f in known.items() if f.default is MISSING and f.default_factory is MISSING
    )
    if missing := sorted(set(required) - row.keys()):
        raise GrammarError(f"{file}.toml: rule {name!r} lacks the key {missing[0]!r}")
    if not row.get("examples"):
        raise GrammarError(f"{file}.toml: rule {name!r} has no example")
    return rule(**{key: _freeze(value) for key, value in row.items()})


def _freeze(value: Any) -> Any:  # noqa: ANN401  TOML values are of any type
    return tuple(_freeze(item) for item in value) if isinstance(value, list) else value
