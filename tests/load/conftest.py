"""Small real frames that satisfy the schemas, and the release they make."""

import shutil
from datetime import UTC, date, datetime
from hashlib import sha256

import polars as pl
import pytest

from etl.load.release import publish
from schemas import QUALITY, TABLES, polars_schema

MODELS = TABLES | QUALITY


def make_frames(**rows):
    """Validated frames of the given rows by table; missing columns are null."""
    frames = {}
    for table, of_table in rows.items():
        schema = polars_schema(MODELS[table])
        by_column = {name: [row.get(name) for row in of_table] for name in schema}
        frames[table] = pl.DataFrame(by_column, schema=schema)
        MODELS[table].validate(frames[table], lazy=True)
    return frames


def write_part(parts, name, frames):
    """One batch, as the pipeline writes it."""
    for table, frame in frames.items():
        (parts / table).mkdir(parents=True, exist_ok=True)
        frame.write_parquet(parts / table / f"{name}.parquet")
    return parts


def source_rows(path, data, **more):
    digest = sha256(data).hexdigest()
    row = {"source_path": path, "source_sha256": digest, "source_bytes": len(data)}
    row |= {"encoding": "utf-8", "status": "published", "article_id": digest[:16]}
    return row | more


def article_rows(path, data, *, day, text="2020年，北京市新增企业近3000家。😀约3万人就业。"):
    """All rows of one article whose body holds two metrics, a place and a date."""
    source = source_rows(path, data)
    key = {"article_id": source["article_id"]}
    body = key | {"paragraph_index": 2}
    company, people = text.index("近3000家"), text.index("约3万人")
    paragraphs = [("headline", "标题|一<b>"), ("body", text)]
    return {
        "sources": [source],
        "articles": [
            key
            | {
                "source_path": path,
                "layout": "markdown",
                "title": "标题|一<b>",
                "publisher": "光明日报",
                "published_on": day,
                "published_at": datetime(day.year, day.month, day.day, 1, tzinfo=UTC),
                "published_precision": "minute",
                "published_raw": f"{day} 09:00",
                "published_from": "front_matter",
                "zone_stated": False,
                "paragraph_count": 2,
                "metric_count": 2,
                "image_count": 1,
                "char_count": sum(len(t) for _, t in paragraphs),
                "text_digest": sha256(text.encode()).hexdigest()[:16],
            }
        ],
        "contributors": [key | {"position": 1, "role": "author", "name": "杨慧"}],
        "labels": [key | {"position": 1, "kind": "tag", "label": "京津冀"}],
        "paragraphs": [
            key
            | {
                "paragraph_index": number,
                "kind": kind,
                "text": t,
                "char_count": len(t),
                "sentence_count": 1,
                "is_repeat": False,
            }
            for number, (kind, t) in enumerate(paragraphs, 1)
        ],
        "metrics": [
            _metric(
                body, company, "近3000家", text, value=3000.0, unit="家", approximation="nearly"
            ),
            _metric(body, people, "约3万人", text, value=30000.0, unit="人", approximation="about"),
        ],
        "metric_regions": [
            {
                "metric_id": f"{key['article_id']}:2:{company}",
                "position": 1,
                "region_surface": "北京市",
                "region_code": "110000",
            }
        ],
        "images": [key | {"image_index": 1, "paragraph_index": 2, "url": "https://x.cn/a.jpg"}],
        "places": [body | _span(text, "北京市") | {"region_code": "110000"}],
        "dates": [
            body
            | _span(text, "2020年")
            | {
                "start_on": date(2020, 1, 1),
                "end_on": date(2020, 12, 31),
                "grain": "year",
                "resolved_from": "explicit",
            }
        ],
        "findings": [
            {"source_path": path, "position": 1} | key | {"code": "date_conflict", "detail": "x|y"}
        ],
        "skipped": [body | _span(text, "2020") | {"reason": "date"}],
    }


def _span(text, surface):
    start = text.index(surface)
    return {"start_char": start, "end_char": start + len(surface), "surface": surface}


def _metric(body, start, surface, text, **more):
    return more | (
        {"metric_id": f"{body['article_id']}:2:{start}"}
        | body
        | {
            "start_char": start,
            "end_char": start + len(surface),
            "surface": surface,
            "sentence": text,
            "quantity_kind": "count",
            "measure": "level",
            "indicator": "企业",
            "period_start": date(2020, 1, 1),
            "period_end": date(2020, 12, 31),
            "period_surface": "2020年",
            "is_cumulative": False,
            "rule": "classifier",
        }
    )


def reference_rows():
    region = {"name_en": "x", "level": "province"}
    return {
        "units": [
            {"unit": u, "label_zh": u or "无", "label_en": u or "bare", "quantity_kind": "count"}
            for u in ("家", "人", "")
        ],
        "regions": [
            region | {"region_code": "110000", "name_zh": "北京市", "adcode": "110000"},
            region | {"region_code": "jingjin", "name_zh": "京津", "level": "group"},
        ],
        "region_members": [{"region_code": "jingjin", "member_code": "110000"}],
    }


def write_parts(parts):
    """Two batches: an article, the same bytes again under a later path, another, a reject."""
    lost = source_rows("lost.md", b"\x00", status="rejected", reason="binary", article_id=None)
    write_part(parts, "reference", make_frames(**reference_rows()))
    first = article_rows("a.md", b"one", day=date(2021, 11, 11))
    first["sources"].append(lost)
    write_part(parts, "000000", make_frames(**first))
    second = article_rows("b.md", b"one", day=date(2021, 11, 11))
    other = article_rows("c.md", b"two", day=date(2019, 2, 22))
    both = {table: second[table] + other[table] for table in second}
    write_part(parts, "000001", make_frames(**both))
    return parts


@pytest.fixture
def parts(tmp_path):
    return write_parts(tmp_path / "parts")


@pytest.fixture(scope="session")
def published(tmp_path_factory):
    """One release for tests that only read it."""
    folder = tmp_path_factory.mktemp("published")
    publish(write_parts(folder / "parts"), folder / "release")
    return folder / "release"


@pytest.fixture
def release(published, tmp_path):
    """A copy of it, to be changed."""
    return shutil.copytree(published, tmp_path / "release")
