"""The joins that most questions need, ready-made; a view's own columns are described beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from etl.load.catalog import describe_tables

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class View:
    """A view with its meaning; `columns` are those no table has: name → title, zh, en."""

    name: str
    title: str
    zh: str
    en: str
    sql: str
    columns: Mapping[str, tuple[str, str, str]] = field(default_factory=dict)


def describe_view_column(view: View, name: str) -> tuple[str, str, str]:
    """Title, Chinese and English description; the same name means the same in every table.

    >>> describe_view_column(VIEWS[0], "surface")[0]
    '原文'
    """
    if name in view.columns:
        return view.columns[name]
    found = next(c for t in describe_tables().values() for c in t.columns if c.name == name)
    return found.title, found.zh, found.en


_REGIONS = (
    "地区",
    "指标所涉地区的原文，以顿号相连。",
    "The regions the metric is about, as written, joined by 、.",
)
_UNIT_ZH = ("单位中文名", "单位的中文名称。", "Chinese name of the unit.")
_UNIT_EN = ("单位英文名", "单位的英文名称。", "English name of the unit.")
_REGION_ZH = ("地区中文名", "地区的中文全称。", "Full Chinese name of the region.")
_REGION_EN = ("地区英文名", "地区的英文名称。", "English name of the region.")
_YEAR = ("年份", "时期结束的年份。", "Year in which the period ends.")

VIEWS = (
    View(
        "metrics_in_context",
        "指标与出处",
        "每个指标一行，附文章标题、日期、媒体、单位名称和所涉地区。",
        "One row per metric with its article's title, date and publisher, unit names and regions.",
        """
        SELECT m.metric_id, a.title, a.published_on, a.publisher, m.surface, m.value, m.value_low,
               m.value_high, m.unit, u.label_zh AS unit_zh, u.label_en AS unit_en, m.quantity_kind,
               m.approximation, m.measure, m.direction, m.indicator, r.regions, m.period_start,
               m.period_end, m.baseline_start, m.baseline_end, m.is_cumulative, m.sentence,
               p.section, m.article_id, m.paragraph_index, m.start_char, m.end_char, a.source_path
        FROM metrics AS m
        JOIN articles AS a USING (article_id)
        JOIN paragraphs AS p USING (article_id, paragraph_index)
        JOIN units AS u USING (unit)
        LEFT JOIN (
            SELECT metric_id, string_agg(region_surface, '、' ORDER BY position) AS regions
            FROM metric_regions GROUP BY metric_id
        ) AS r USING (metric_id)
        """,
        {"regions": _REGIONS, "unit_zh": _UNIT_ZH, "unit_en": _UNIT_EN},
    ),
    View(
        "metrics_by_region",
        "分地区指标",
        "每个指标及其所涉地区一行，附年份；未涉及地区的指标不在其中。",
        "One row per metric and region it is about, with the year; metrics without a region are "
        "left out.",
        """
        SELECT r.region_code, g.name_zh AS region_zh, g.name_en AS region_en, r.region_surface,
               year(m.period_end)::INTEGER AS period_year, m.indicator, m.value, m.value_low,
               m.value_high, m.unit, m.measure, m.direction, m.sentence, m.metric_id, m.article_id
        FROM metric_regions AS r
        JOIN metrics AS m USING (metric_id)
        LEFT JOIN regions AS g USING (region_code)
        """,
        {"region_zh": _REGION_ZH, "region_en": _REGION_EN, "period_year": _YEAR},
    ),
    View(
        "articles_in_full",
        "文章全文",
        "每篇文章一行，附作者、编辑和全文（不含页面杂项和重复段落）。",
        "One row per article with authors, editors and the whole text, boilerplate and repeats "
        "left out.",
        """
        SELECT a.article_id, a.title, a.kicker, a.subtitle, a.published_on, a.publisher,
               a.distributor, c.authors, c.editors, t.full_text, a.metric_count, a.image_count,
               a.url, a.duplicate_of, a.source_path
        FROM articles AS a
        LEFT JOIN (
            SELECT article_id,
                   string_agg(name, '、' ORDER BY position) FILTER (role = 'author') AS authors,
                   string_agg(name, '、' ORDER BY position) FILTER (role = 'editor') AS editors
            FROM contributors GROUP BY article_id
        ) AS c USING (article_id)
        LEFT JOIN (
            SELECT article_id, string_agg(text, chr(10) ORDER BY paragraph_index) AS full_text
            FROM paragraphs WHERE kind <> 'boilerplate' AND NOT is_repeat GROUP BY article_id
        ) AS t USING (article_id)
        """,
        {
            "authors": ("作者", "作者姓名，以顿号相连。", "Authors' names, joined by 、."),
            "editors": ("编辑", "编辑姓名，以顿号相连。", "Editors' names, joined by 、."),
            "full_text": ("全文", "各段文字，每段一行。", "The paragraphs' text, one a line."),
        },
    ),
    View(
        "places_in_context",
        "地名与出处",
        "每次提到的地名一行，附地区名称、级别和所在段落。",
        "One row per place named, with the region's names and level and the paragraph.",
        """
        SELECT l.region_code, g.name_zh AS region_zh, g.name_en AS region_en, g.level, l.surface,
               a.title, a.published_on, p.text, l.article_id, l.paragraph_index, l.start_char,
               l.end_char
        FROM places AS l
        JOIN articles AS a USING (article_id)
        JOIN paragraphs AS p USING (article_id, paragraph_index)
        JOIN regions AS g USING (region_code)
        """,
        {"region_zh": _REGION_ZH, "region_en": _REGION_EN},
    ),
    View(
        "dates_in_context",
        "日期与出处",
        "每次提到的日期一行，附文章标题、发布日期和所在段落。",
        "One row per date named, with the article's title and date and the paragraph.",
        """
        SELECT d.start_on, d.end_on, d.grain, d.resolved_from, d.surface, a.title, a.published_on,
               p.text, d.article_id, d.paragraph_index, d.start_char, d.end_char
        FROM dates AS d
        JOIN articles AS a USING (article_id)
        JOIN paragraphs AS p USING (article_id, paragraph_index)
        """,
    ),
)
