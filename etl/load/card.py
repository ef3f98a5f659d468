"""README.md of a release: what it is, what it holds, how to read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.load.catalog import describe_tables
from etl.load.markdown import to_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from etl.load.quality import Facts

_HEAD = """# Chinese news articles as data 中文新闻数据

Articles, paragraphs and the quantities they state, read from raw Chinese news files. Every
row about the text points at its words: `surface` is exactly the characters `start_char` to
`end_char` of its paragraph.

由中文新闻原文得到的文章、段落与数量指标。凡涉及正文的行都指向原文：`surface` 即该段落中
`start_char` 至 `end_char` 的字符。"""

_READING = """## How to read it 如何读取

The database `jingjinji.duckdb` and the Parquet files hold the same tables. The database adds views
that join them (`metrics_in_context` first of all), and comments in both languages.

```sql
-- duckdb jingjinji.duckdb
SELECT title, indicator, value, unit, period_end FROM metrics_in_context LIMIT 10;
```

```python
import polars as pl

metrics = pl.read_parquet("parquet/metrics.parquet")
```

```python
import pandas as pd

metrics = pd.read_parquet("parquet/metrics.parquet")
```

What every column and code means: [the data dictionary](dictionary/README.md). What was checked,
what could not be read and what was left out: [quality](quality/README.md). Other tools find their
way by `datapackage.json` (Data Package) and `croissant.json` (Croissant). `sha256sum --check
SHA256SUMS` or `etl verify` proves that nothing has changed.

## Licence 许可

The text of the articles remains its publishers'; this release does not pass on any right to
it. The tables were made by open-source code under the MIT licence.

文章文字的权利属于各原发布者，本数据集不转授任何权利。"""


def render_card(facts: Facts) -> str:
    """The data card for a release with these figures."""
    return "\n\n".join((_HEAD, *_render_content(facts), _READING)) + "\n"


def _render_content(facts: Facts) -> Iterator[str]:
    yield "## What it holds 内容"
    if facts.first_day:
        yield f"Articles published from {facts.first_day} to {facts.last_day}."
    tables = describe_tables()
    yield to_table(
        ("Table", "名称", "Rows", "Meaning 含义"),
        (
            (f"[{name}](dictionary/{name}.md)", tables[name].title, rows, tables[name].en)
            for name, rows in facts.rows.items()
        ),
    )
    yield f"Documents found 找到的文件: {_join(facts.statuses)}."
    if facts.findings:
        yield f"Findings a reader should know 读者应知: {_join(facts.findings)}."


def _join(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{code} {number:,}" for code, number in counts.items()) or "none"
