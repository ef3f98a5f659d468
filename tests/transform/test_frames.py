"""Records to tables: every value in its column, every frame as its schema says."""

from datetime import UTC, date, datetime

import pytest
from polars.exceptions import PolarsError

from etl.errors import ValidationError
from etl.records import (
    Article,
    Contributor,
    DateMention,
    Document,
    Finding,
    Image,
    Label,
    Metric,
    MetricRegion,
    Paragraph,
    Place,
    Publication,
    Reject,
    Skip,
)
from etl.transform.frames import reference_frames, to_frames
from schemas import QUALITY, REFERENCE, TABLES, polars_schema

SENTENCE = "2020年，北京向外疏解近3000家企业。"


def make_metric(**changes):
    facts = {
        "paragraph_index": 2,
        "start": 11,
        "end": 17,
        "surface": "近3000家",
        "sentence": SENTENCE,
        "value": 3000.0,
        "low": None,
        "high": None,
        "unit": "家",
        "quantity_kind": "count",
        "approximation": "nearly",
        "measure": "level",
        "direction": None,
        "indicator": "企业",
        "period_start": date(2020, 1, 1),
        "period_end": date(2020, 12, 31),
        "period_surface": "2020年",
        "baseline_start": None,
        "baseline_end": None,
        "is_cumulative": False,
        "rule": "count",
        "regions": (MetricRegion("北京", "110000"),),
    }
    return Metric(**facts | changes)


def make_article(path="a.md", digest="a" * 64, **changes):
    facts = {
        "document": Document(path, digest, 99, "utf-8", "markdown", {}, ()),
        "title": "京津冀协同发展",
        "publication": Publication(
            date(2021, 11, 11),
            datetime(2021, 11, 11, 0, 7, 41, tzinfo=UTC),
            "second",
            "Thu, 11 Nov 2021 00:07:41 GMT",
            "front_matter",
            zone_stated=True,
        ),
        "contributors": (Contributor("author", "杨慧"), Contributor("editor", "李方舟")),
        "labels": (Label("tag", "北京"),),
        "paragraphs": (
            Paragraph(1, "headline", "京津冀协同发展"),
            Paragraph(2, "body", SENTENCE + "成效显著！", "疏解"),
            Paragraph(3, "boilerplate", "分享到微博"),
        ),
        "images": (Image(1, "https://example.org/1.jpg", 2, 650, 433, "园景"),),
        "places": (Place(2, 6, 8, "北京", "110000"),),
        "dates": (
            DateMention(
                2, 0, 5, "2020年", date(2020, 1, 1), date(2020, 12, 31), "year", "explicit"
            ),
        ),
        "metrics": (make_metric(),),
        "skips": (Skip(2, 0, 5, "2020年", "date"),),
        "findings": (Finding("encoding_guessed", "gb18030"),),
    }
    return Article(**facts | changes)


def rows(frames, table):
    return frames[table].rows(named=True)


@pytest.mark.parametrize("table", sorted(TABLES.keys() - set(REFERENCE)) + sorted(QUALITY))
def test_every_table_is_filled_and_has_the_types_of_its_schema(table):
    frame = to_frames([make_article()], [])[table]
    assert frame.height > 0
    assert frame.schema == polars_schema((TABLES | QUALITY)[table])


@pytest.mark.parametrize("table", sorted(TABLES.keys() - set(REFERENCE)))
def test_no_articles_make_empty_frames_of_the_same_types(table):
    assert to_frames([], [])[table].schema == polars_schema(TABLES[table])


def test_an_article_is_one_row_with_its_counts():
    (row,) = rows(to_frames([make_article()], []), "articles")
    assert row["article_id"] == "a" * 16
    assert row["published_on"] == date(2021, 11, 11)
    assert row["published_at"] == datetime(2021, 11, 11, 0, 7, 41, tzinfo=UTC)
    assert row["published_from"] == "front_matter"
    assert (row["paragraph_count"], row["metric_count"], row["image_count"]) == (3, 1, 1)
    assert row["char_count"] == len("京津冀协同发展" + SENTENCE + "成效显著！" + "分享到微博")
    assert row["duplicate_of"] is None


def test_a_paragraph_counts_its_characters_and_sentences():
    row = rows(to_frames([make_article()], []), "paragraphs")[1]
    assert (row["paragraph_index"], row["section"], row["is_repeat"]) == (2, "疏解", False)
    assert (row["char_count"], row["sentence_count"]) == (len(row["text"]), 2)


def test_a_metric_is_named_by_its_place_and_its_regions_by_the_metric():
    frames = to_frames([make_article()], [])
    (metric,) = rows(frames, "metrics")
    (region,) = rows(frames, "metric_regions")
    assert metric["metric_id"] == region["metric_id"] == "a" * 16 + ":2:11"
    assert (metric["value"], metric["unit"], metric["approximation"]) == (3000.0, "家", "nearly")
    assert (region["position"], region["region_surface"]) == (1, "北京")


def test_children_are_numbered_from_one():
    frames = to_frames([make_article()], [])
    assert [(r["position"], r["role"]) for r in rows(frames, "contributors")] == [
        (1, "author"),
        (2, "editor"),
    ]
    assert [(r["position"], r["code"]) for r in rows(frames, "findings")] == [
        (1, "encoding_guessed")
    ]


def test_the_same_bytes_are_published_once_under_the_first_path():
    frames = to_frames([make_article("b.md"), make_article("a.md")], [])
    assert [r["source_path"] for r in rows(frames, "articles")] == ["a.md"]
    assert {(r["source_path"], r["status"], r["reason"]) for r in rows(frames, "sources")} == {
        ("a.md", "published", None),
        ("b.md", "duplicate", "same_bytes"),
    }


def test_a_reject_is_a_source_without_an_article():
    reject = Reject("x.bin", "b" * 64, 7, None, "binary", "holds NUL bytes")
    (row,) = rows(to_frames([], [reject]), "sources")
    assert (row["status"], row["reason"], row["article_id"]) == ("rejected", "binary", None)


def test_the_same_prose_has_the_same_digest_whatever_stands_around_it():
    other = make_article(
        "b.md",
        "b" * 64,
        title="另一标题",
        paragraphs=(
            Paragraph(1, "body", SENTENCE + " 成效显著！"),
            Paragraph(2, "source", "来源：光明网"),
        ),
        images=(),
        places=(),
        dates=(),
        metrics=(),
        skips=(),
    )
    digests = to_frames([make_article(), other], [])["articles"]["text_digest"]
    assert digests.n_unique() == 1


def test_articles_without_prose_are_told_apart_by_what_they_have():
    articles = [
        make_article(
            f"{digest}.md",
            digest * 64,
            paragraphs=(Paragraph(1, "caption", text),),
            metrics=(),
            places=(),
            dates=(),
            skips=(),
            images=(),
        )
        for digest, text in (("a", "园景"), ("b", "街景"))
    ]
    assert to_frames(articles, [])["articles"]["text_digest"].n_unique() == 2


def test_a_row_that_breaks_its_schema_is_named():
    metric = make_metric(value=None)
    with pytest.raises(ValidationError, match="value_or_range"):
        to_frames([make_article(metrics=(metric,))], [])


def test_reference_tables_are_valid_and_complete():
    frames = reference_frames({"家": "count", "CNY/人": "price"})
    assert set(frames) == set(REFERENCE)
    assert {"家", "CNY/人", "km", ""} <= set(frames["units"]["unit"])
    regions = set(frames["regions"]["region_code"])
    assert set(frames["region_members"]["member_code"]) <= regions
    assert set(frames["regions"]["parent_code"].drop_nulls()) <= regions


def test_a_code_that_its_list_does_not_know_is_refused_not_dropped():
    with pytest.raises(PolarsError, match="sideways"):
        to_frames([make_article(metrics=(make_metric(direction="sideways"),))], [])
