"""The joins that most questions need, ready-made; a view's own columns are described beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from etl import grammar

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class View:
    """A view with its meaning; `columns` are those no table has: name → title, zh, en.

    The others mean what they mean in the table `of`, or else in the first that has them.
    """

    name: str
    title: str
    zh: str
    en: str
    of: str
    sql: str
    columns: Mapping[str, tuple[str, str, str]] = field(default_factory=dict)


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

_REGIONS_OF_METRIC = """
        LEFT JOIN (
            SELECT metric_id, string_agg(region_surface, '、' ORDER BY position) AS regions
            FROM metric_regions GROUP BY metric_id
        ) AS r USING (metric_id)"""


def _reach(direction: str) -> str:
    """What stands between two values of which the second is where a growth or fall has led.

    >>> import re
    >>> bool(re.search(_reach("increase"), "增长至2020年的")), re.search(_reach("increase"), "、")
    (True, None)
    """
    rules = grammar.read_table("predicates")["rule"]
    verbs = next(rule["verbs"] for rule in rules if rule.get("direction") == direction)
    (reaches,) = grammar.read_table("changes")["rule"]
    return f"({'|'.join(verbs)})了?({'|'.join(reaches['words'])})[^，。；：！？]{{0,12}}$"


VIEWS = (
    View(
        "metrics_in_context",
        "指标与出处",
        "每个指标一行，附文章标题、日期、媒体、单位名称和所涉地区。",
        "One row per metric with its article's title, date and publisher, unit names and regions.",
        "metrics",
        f"""
        SELECT m.metric_id, a.title, a.published_on, a.publisher, m.surface, m.value, m.value_low,
               m.value_high, m.unit, u.label_zh AS unit_zh, u.label_en AS unit_en, m.quantity_kind,
               m.approximation, m.measure, m.direction, m.indicator, r.regions, m.period_start,
               m.period_end, m.baseline_start, m.baseline_end, m.is_cumulative, m.sentence,
               p.section, m.article_id, m.paragraph_index, m.start_char, m.end_char, a.source_path
        FROM metrics AS m
        JOIN articles AS a USING (article_id)
        JOIN paragraphs AS p USING (article_id, paragraph_index)
        JOIN units AS u USING (unit){_REGIONS_OF_METRIC}
        """,
        {"regions": _REGIONS, "unit_zh": _UNIT_ZH, "unit_en": _UNIT_EN},
    ),
    View(
        "metrics_by_region",
        "分地区指标",
        "每个指标及其所涉地区一行，附年份；未涉及地区的指标不在其中。",
        "One row per metric and region it is about, with the year; metrics without a region are "
        "left out.",
        "metrics",
        """
        SELECT r.region_code, g.name_zh AS region_zh, g.name_en AS region_en, r.region_surface,
               year(m.period_end)::INTEGER AS period_year, m.indicator, m.value, m.value_low,
               m.value_high, m.unit, m.measure, m.direction, m.sentence, a.title, a.published_on,
               a.publisher, m.metric_id, m.article_id
        FROM metric_regions AS r
        JOIN metrics AS m USING (metric_id)
        JOIN articles AS a USING (article_id)
        LEFT JOIN regions AS g USING (region_code)
        """,
        {"region_zh": _REGION_ZH, "region_en": _REGION_EN, "period_year": _YEAR},
    ),
    View(
        "indicators_over_time",
        "同一指标的历次数值",
        "指标名称、单位和量度都相同且不止出现一次的指标，每次一行，按名称和时期排列；重复的文章不计。",
        "One row per metric whose indicator, unit and measure occur more than once, by indicator "
        "and period; articles that repeat another are left out.",
        "metrics",
        f"""
        SELECT m.indicator, m.unit, m.measure, m.period_start, m.period_end, m.value, m.value_low,
               m.value_high, m.approximation, m.direction, r.regions,
               count(*) OVER same AS mention_count,
               count(DISTINCT m.article_id) OVER same AS article_count, m.surface, m.sentence,
               a.title, a.published_on, a.publisher, m.metric_id, m.article_id
        FROM metrics AS m
        JOIN articles AS a USING (article_id){_REGIONS_OF_METRIC}
        WHERE m.indicator IS NOT NULL AND a.duplicate_of IS NULL
        WINDOW same AS (PARTITION BY m.indicator, m.unit, m.measure)
        QUALIFY mention_count > 1
        ORDER BY m.indicator, m.unit, m.measure, m.period_end, a.published_on, m.metric_id
        """,
        {
            "regions": _REGIONS,
            "mention_count": (
                "出现次数",
                "同一指标出现的次数。",
                "How often the same indicator occurs.",
            ),
            "article_count": ("文章数", "其中的文章数。", "In how many articles."),
        },
    ),
    View(
        "changes",
        "变化：从何到何",
        "每项变化一行：文中给出前后两个数值（由…增至…），或给出相对某一基期的变化。",
        "One row per change: from one value to another (由…增至…), or by how much against a "
        "baseline period.",
        "metrics",
        f"""
        WITH told AS (
            SELECT *, lag(metric_id) OVER (
                PARTITION BY article_id, paragraph_index, sentence, indicator, unit, measure
                ORDER BY start_char) AS from_metric_id
            FROM metrics
        ),
        pairs AS (
            SELECT m.*, f.value AS from_value, f.period_start AS from_start,
                   f.period_end AS from_end,
                   substring(p.text, f.end_char + 1, m.start_char - f.end_char) AS way
            FROM told AS m
            JOIN metrics AS f ON f.metric_id = m.from_metric_id
            JOIN paragraphs AS p
                ON p.article_id = m.article_id AND p.paragraph_index = m.paragraph_index
            WHERE m.measure IN ('level', 'share') AND m.indicator IS NOT NULL
        ),
        found AS (
            SELECT 'two_values' AS basis, metric_id, from_metric_id, article_id, indicator,
                   from_value, value AS to_value, unit, round(abs(value - from_value), 6) AS change,
                   CASE unit WHEN '%' THEN 'pp' ELSE unit END AS change_unit,
                   CASE WHEN value > from_value THEN 'increase' ELSE 'decrease' END::direction
                       AS direction,
                   from_start, from_end, period_start AS to_start, period_end AS to_end, sentence
            FROM pairs
            WHERE CASE WHEN value > from_value THEN regexp_matches(way, '{_reach("increase")}')
                       WHEN value < from_value THEN regexp_matches(way, '{_reach("decrease")}')
                       ELSE false END
            UNION ALL
            SELECT 'baseline', metric_id, NULL, article_id, indicator, NULL, NULL, NULL, value,
                   unit, direction, baseline_start, baseline_end, period_start, period_end, sentence
            FROM metrics WHERE measure = 'change' AND baseline_end IS NOT NULL
        )
        SELECT m.* EXCLUDE (sentence, metric_id, from_metric_id, article_id), r.regions,
               m.sentence, a.title, a.published_on, a.publisher, m.metric_id, m.from_metric_id,
               m.article_id
        FROM found AS m
        JOIN articles AS a USING (article_id){_REGIONS_OF_METRIC}
        """,
        {
            "basis": (
                "依据",
                "two_values：文中有前后两个数值；baseline：文中有相对基期的变化。",
                "two_values: the text states both values; baseline: the change against a period.",
            ),
            "from_value": ("原值", "变化前的数值。", "The value before."),
            "to_value": ("现值", "变化后的数值。", "The value after."),
            "unit": ("单位", "原值和现值的单位。", "Unit of both values."),
            "change": (
                "变化量",
                "变化的大小，不带符号；方向见 direction。",
                "How large the change is, without sign; `direction` says which way.",
            ),
            "change_unit": (
                "变化量单位",
                "变化量的单位；百分比之差为百分点（pp）。",
                "Unit of the change; percentage points (pp) between percentages.",
            ),
            "from_start": ("原时期起", "原值所属时期的第一天。", "First day of the time before."),
            "from_end": ("原时期止", "原值所属时期的最后一天。", "Last day of the time before."),
            "to_start": ("现时期起", "现值所属时期的第一天。", "First day of the time after."),
            "to_end": ("现时期止", "现值所属时期的最后一天。", "Last day of the time after."),
            "regions": _REGIONS,
            "from_metric_id": (
                "原值指标编号",
                "给出原值的指标。",
                "The metric that states the value before.",
            ),
        },
    ),
    View(
        "articles_by_month",
        "分媒体月度文章数",
        "每个媒体每月一行：文章数、指标数和字数；重复的文章不计，日期不明的文章月份为空。",
        "One row per publisher and month with articles, metrics and characters; articles that "
        "repeat another are left out, those without a date have no month.",
        "articles",
        """
        SELECT publisher, date_trunc('month', published_on)::DATE AS month,
               count(*) AS article_count, sum(metric_count)::BIGINT AS metric_count,
               sum(char_count)::BIGINT AS char_count
        FROM articles WHERE duplicate_of IS NULL
        GROUP BY publisher, month
        ORDER BY month, publisher
        """,
        {
            "month": ("月份", "该月的第一天。", "First day of the month."),
            "article_count": ("文章数", "文章的数量。", "How many articles."),
            "metric_count": ("指标数", "这些文章陈述的指标数。", "How many metrics they state."),
            "char_count": ("字数", "这些文章的字数。", "How many characters they have."),
        },
    ),
    View(
        "articles_in_full",
        "文章全文",
        "每篇文章一行，附作者、编辑和全文（不含页面杂项和重复段落）。",
        "One row per article with authors, editors and the whole text, boilerplate and repeats "
        "left out.",
        "articles",
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
        "places",
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
        "dates",
        """
        SELECT d.start_on, d.end_on, d.grain, d.resolved_from, d.surface, a.title, a.published_on,
               p.text, d.article_id, d.paragraph_index, d.start_char, d.end_char
        FROM dates AS d
        JOIN articles AS a USING (article_id)
        JOIN paragraphs AS p USING (article_id, paragraph_index)
        """,
    ),
)
