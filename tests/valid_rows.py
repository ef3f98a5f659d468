"""One row of every table that keeps all rules, and what the models say of rows that do not."""

from datetime import UTC, date, datetime

import polars as pl
from pandera.errors import SchemaErrors

from schemas import MODELS, polars_schema

ARTICLE = "0123456789abcdef"
OTHER = "fedcba9876543210"

SPAN = {"article_id": ARTICLE, "paragraph_index": 2, "start_char": 3, "end_char": 8}

VALID = {
    "units": {
        "unit": "km",
        "label_zh": "公里",
        "label_en": "kilometre",
        "quantity_kind": "length",
        "ucum": "km",
    },
    "regions": {
        "region_code": "110000",
        "name_zh": "北京市",
        "name_en": "Beijing",
        "level": "province",
        "parent_code": "CN",
        "adcode": "110000",
    },
    "region_members": {"region_code": "jingjinji", "member_code": "110000"},
    "sources": {
        "source_path": "a.md",
        "source_sha256": ARTICLE * 4,
        "source_bytes": 9,
        "encoding": "utf-8",
        "status": "duplicate",
        "reason": "same_bytes",
        "detail": "the same bytes as another",
        "article_id": ARTICLE,
    },
    "articles": {
        "article_id": ARTICLE,
        "source_path": "a.md",
        "layout": "html",
        "title": "瓣瓣同心向阳开",
        "kicker": "光明时评",
        "subtitle": "京津冀协同发展",
        "publisher": "光明日报",
        "distributor": "ZAKER",
        "dateline_place": "北京",
        "published_on": date(2021, 11, 11),
        "published_at": datetime(2021, 11, 10, 16, 7, tzinfo=UTC),
        "published_precision": "minute",
        "published_raw": "2021-11-11 00:07",
        "published_from": "front_matter",
        "zone_stated": False,
        "url": "https://example.org/a",
        "thumbnail_url": "https://example.org/a.jpg",
        "paragraph_count": 2,
        "metric_count": 1,
        "image_count": 0,
        "char_count": 20,
        "text_digest": OTHER,
        "duplicate_of": OTHER,
    },
    "contributors": {"article_id": ARTICLE, "position": 1, "role": "author", "name": "杨慧"},
    "labels": {"article_id": ARTICLE, "position": 1, "kind": "tag", "label": "京津冀"},
    "paragraphs": {
        "article_id": ARTICLE,
        "paragraph_index": 1,
        "kind": "body",
        "section": "协同",
        "text": "目前，近3000家企业。",
        "char_count": 12,
        "sentence_count": 1,
        "is_repeat": False,
    },
    "metrics": {
        "metric_id": f"{ARTICLE}:2:3",
        **SPAN,
        "end_char": 9,
        "surface": "近3000家",
        "sentence": "目前，近3000家企业。",
        "value": 3000.0,
        "unit": "家",
        "quantity_kind": "count",
        "approximation": "nearly",
        "measure": "change",
        "direction": "decrease",
        "indicator": "企业",
        "period_start": date(2020, 1, 1),
        "period_end": date(2020, 12, 31),
        "period_surface": "2020年",
        "baseline_start": date(2019, 1, 1),
        "baseline_end": date(2019, 12, 31),
        "is_cumulative": False,
        "rule": "classifier",
    },
    "metric_regions": {
        "metric_id": f"{ARTICLE}:2:3",
        "position": 1,
        "region_surface": "北京",
        "region_code": "110000",
    },
    "images": {
        "article_id": ARTICLE,
        "image_index": 1,
        "paragraph_index": 1,
        "url": "https://example.org/a.jpg",
        "width": 640,
        "height": 480,
        "caption": "雄安站",
        "credit": "新华社记者 某某 摄",
        "taken_on": date(2021, 10, 1),
    },
    "places": {**SPAN, "surface": "北京市大兴", "region_code": "110000"},
    "dates": {
        **SPAN,
        "surface": "2020年",
        "start_on": date(2020, 1, 1),
        "end_on": date(2020, 12, 31),
        "grain": "year",
        "resolved_from": "explicit",
    },
    "findings": {
        "source_path": "a.md",
        "position": 1,
        "article_id": ARTICLE,
        "code": "date_conflict",
        "detail": "两个日期",
    },
    "skipped": {**SPAN, "surface": "十八大以来", "reason": "congress"},
    "checks": {
        "table_name": "metrics",
        "kind": "rule",
        "check_name": "range_is_ordered",
        "description_zh": "下限不大于上限。",
        "description_en": "The lower end is not above the upper end.",
        "rows_examined": 0,
        "rows_failed": 0,
        "idle_reason": "no_such_row",
    },
    "counts": {"topic": "skip", "code": "date", "row_count": 2},
    "ranges": {
        "unit": "家",
        "measure": "level",
        "row_count": 2,
        "lowest": 1.0,
        "highest": 2.0,
    },
    "samples": {
        "topic": "skip",
        "code": "date",
        "position": 1,
        "source_path": "a.md",
        "sample": "【2020】年",
    },
    "statistics": {
        "table_name": "metrics",
        "column_name": "value",
        "row_count": 4,
        "null_count": 1,
        "null_share": 0.25,
        "minimum": "3.0",
        "maximum": "3000.0",
    },
}


def frame_of(table, *changes):
    """The valid row of a table, once with each of the changes."""
    rows = [VALID[table] | change for change in changes]
    schema = polars_schema(MODELS[table])
    # Column by column: from rows as dicts Polars takes an unknown code for a null.
    return pl.DataFrame({name: [row.get(name) for row in rows] for name in schema}, schema=schema)


def find_failures(table, frame):
    """(column, check) of everything that is wrong; a rule over rows has the model's name."""
    try:
        MODELS[table].validate(frame, lazy=True)
    except SchemaErrors as error:
        cases = error.failure_cases.select("column", "check").iter_rows()
        return {(column, check.partition("(")[0]) for column, check in cases}
    return set()
