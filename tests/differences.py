"""What two releases differ in, in few words, and what makes them differ."""

from pathlib import Path

SEEDS = Path(__file__).parent.parent / "seeds"
EDITED, GONE = "000_b90c594497928e87.txt", "003_d9ce979da7d17b31.txt"
DICTIONARY = "dictionary/dictionary.json"


def counts(difference):
    """Table → rows added, removed, changed; only of tables that differ."""
    return {t.table: (t.added, t.removed, t.changed) for t in difference.tables if not t.same}


def changes(difference):
    return [(c.kind, c.name, c.change, c.old, c.new) for c in difference.schema]


def cells(difference, table):
    return [
        (row["column"], row["old"], row["new"])
        for row in difference.samples[table].get("changed", ())
    ]
