"""How far a release agrees with annotated articles; `python tests/gold/scoring.py RELEASE GOLD`.

An annotated metric is found when a published one has the same value in a paragraph that holds
its context; each published metric answers for one. Annotations marked doubtful count neither way.
"""

from __future__ import annotations

import calendar
import json
import sys
from collections import Counter, defaultdict
from datetime import date, datetime
from math import isclose
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl

from etl.text import fold

CHINA = ZoneInfo("Asia/Shanghai")
SAME = str.maketrans("“”‘’「」—―–－～", '""\'\'""----~')


def score(release, gold):
    """Every figure by name, 1.0 where all is as annotated."""
    tables = Tables(Path(release))
    gold = Path(gold)
    figures = score_metrics(tables, read(gold / "metrics.jsonl"))
    figures |= score_articles(tables, read(gold / "meta.jsonl"))
    figures |= score_paragraphs(tables, read(gold / "paragraphs.jsonl"))
    for name, scorer in (
        ("images", score_images),
        ("places", score_places),
        ("dates", score_dates),
    ):
        if (gold / f"{name}.jsonl").exists():
            figures |= scorer(tables, read(gold / f"{name}.jsonl"))
    return figures


def read(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


class Tables:
    """Rows of a release by document: the stem of the source's path."""

    def __init__(self, release):
        self.folder = release / "parquet"
        self.stem = {
            row["article_id"]: Path(row["source_path"]).stem for row in self.rows("articles")
        }
        self.text = {
            (row["article_id"], row["paragraph_index"]): plain(row["text"])
            for row in self.rows("paragraphs")
        }

    def rows(self, table):
        return pl.read_parquet(self.folder / f"{table}.parquet").rows(named=True)

    def by_document(self, table):
        grouped = defaultdict(list)
        for row in self.rows(table):
            grouped[self.stem[row["article_id"]]].append(row)
        return grouped

    def holds(self, row, context):
        return plain(context) in self.text[row["article_id"], row["paragraph_index"]]


def plain(text):
    return fold(text or "").translate(SAME)


def f1(hits, published, expected):
    return 2 * hits / (published + expected) if published + expected else 1.0


def share(verdicts):
    verdicts = list(verdicts)
    return sum(verdicts) / len(verdicts) if verdicts else 1.0


def days(iso):
    """First and last day of an ISO year, month, day or interval."""
    if not iso:
        return None, None
    first, _, last = iso.partition("/")
    return first_day(first), last_day(last or first)


def first_day(iso):
    year, month, day = (*map(int, iso[:10].split("-")), 1, 1)[:3]
    return date(year, month, day)


def last_day(iso):
    parts = [int(part) for part in iso[:10].split("-")]
    year, month = (*parts, 12)[:2]
    return date(year, month, parts[2] if parts[2:] else calendar.monthrange(year, month)[1])


def score_metrics(tables, gold):
    published = tables.by_document("metrics")
    regions = defaultdict(set)
    for row in tables.rows("metric_regions"):
        regions[row["metric_id"]].add(plain(row["region_surface"]))
    pairs, spare = match_metrics(tables, published, gold)
    certain = [(want, have) for want, have in pairs if not want["doubt"]]
    matched = [(want, have) for want, have in certain if have]
    counts = spare + len(matched), len(certain)
    strict = sum(
        h["unit"] == w["unit"] and h["approximation"] == w["approximation"] for w, h in matched
    )
    period = [
        (
            (h["period_start"], h["period_end"])
            == (days(w["period_start"])[0], days(w["period_end"])[1])
        )
        for w, h in matched
        if w["period_start"]
    ]
    return {
        "metrics_found": f1(len(matched), *counts),
        "metrics_strict": f1(strict, *counts),
        "measure": share(h["measure"] == w["measure"] for w, h in matched),
        "direction": share(h["direction"] == w["direction"] for w, h in matched),
        "cumulative": share(h["is_cumulative"] == w["cumulative"] for w, h in matched),
        "period_when_stated": share(period),
        "baseline": share(
            (h["baseline_start"], h["baseline_end"]) == days(w["baseline"]) for w, h in matched
        ),
        "region": share(
            regions[h["metric_id"]] == set(map(plain, w["region"])) for w, h in matched
        ),
        "indicator": share(overlap(h["indicator"], w["indicator"]) for w, h in matched),
    }


def match_metrics(tables, published, gold):
    """Each annotation with its published metric or None, and how many metrics are left over."""
    left = {doc: list(published[doc]) for doc in {want["doc"] for want in gold}}
    pairs = []
    for want in gold:
        fitting = [
            have
            for have in left[want["doc"]]
            if same_value(want, have) and tables.holds(have, want["context"])
        ]
        have = max(fitting, key=lambda have: closeness(want, have), default=None)
        if have:
            left[want["doc"]].remove(have)
        pairs.append((want, have))
    return pairs, sum(map(len, left.values()))


def same_value(want, have):
    if want["value"] is not None:
        return have["value"] is not None and isclose(want["value"], have["value"])
    return None not in (want["low"], have["value_low"]) and (
        isclose(want["low"], have["value_low"]) and isclose(want["high"], have["value_high"])
    )


def closeness(want, have):
    return have["unit"] == want["unit"], plain(have["surface"]) == plain(want["raw"])


def overlap(one, other):
    """Dice coefficient of the character pairs."""
    pairs = [Counter(zip(plain(text), plain(text)[1:], strict=False)) for text in (one, other)]
    return f1((pairs[0] & pairs[1]).total(), pairs[0].total(), pairs[1].total())


def score_articles(tables, gold):
    rows = {doc: rows[0] for doc, rows in tables.by_document("articles").items()}
    names = defaultdict(set)
    for row in tables.rows("contributors"):
        names[tables.stem[row["article_id"]], row["role"]].add(plain(row["name"]))
    figures = {
        field: share(plain(rows[want["doc"]][field]) == plain(want[field]) for want in gold)
        for field in ("title", "publisher", "distributor", "dateline_place", "published_from")
    }
    figures |= {
        field: share(names[want["doc"], role] == set(map(plain, want[field])) for want in gold)
        for field, role in (("byline", "author"), ("editor", "editor"))
    }
    return figures | {"published": share(same_moment(want, rows[want["doc"]]) for want in gold)}


def same_moment(want, row):
    stated = want["published"]
    if stated is None or "T" not in stated:
        return (row["published_on"], row["published_at"]) == (days(stated)[0], None)
    moment = datetime.fromisoformat(stated)
    moment = moment if moment.tzinfo else moment.replace(tzinfo=CHINA)
    there = moment.astimezone(CHINA).date()
    return (row["published_on"], row["published_at"]) == (there, moment)


def score_paragraphs(tables, gold):
    want, have = defaultdict(list), defaultdict(list)
    for row in gold:
        want[row["doc"], plain(row["starts"])[:8], plain(row["ends"])[-8:]].append(row["kind"])
    for doc in {row["doc"] for row in gold}:
        for row in tables.by_document("paragraphs")[doc]:
            text = plain(row["text"])
            have[doc, text[:8], text[-8:]].append(row["kind"])
    kinds = [a == b for key in want for a, b in zip(want[key], have[key], strict=False)]
    published, expected = (sum(map(len, side.values())) for side in (have, want))
    return {
        "paragraphs_found": f1(len(kinds), published, expected),
        "paragraph_kind": share(kinds),
    }


def score_images(tables, gold):
    published = tables.by_document("images")
    have = {(doc, row["url"]): row for doc in published for row in published[doc]}
    matched = [
        (want, have[want["doc"], want["url"]])
        for want in gold
        if (want["doc"], want["url"]) in have
    ]
    return {
        "images_found": f1(len(matched), len(have), len(gold)),
        "image_size": share(
            (h["width"], h["height"]) == (w["width"], w["height"]) for w, h in matched
        ),
        "image_caption": share(plain(h["caption"]) == plain(w["caption"]) for w, h in matched),
        "image_credit": share(plain(h["credit"]) == plain(w["credit"]) for w, h in matched),
        "image_day": share(h["taken_on"] == days(w["taken_on"])[0] for w, h in matched),
    }


def score_places(tables, gold):
    published = tables.by_document("places")
    want = {(row["doc"], plain(place["name"])) for row in gold for place in row["places"]}
    have = {
        (row["doc"], plain(place["surface"])) for row in gold for place in published[row["doc"]]
    }
    return {"places_found": f1(len(want & have), len(have), len(want))}


def score_dates(tables, gold):
    published = tables.by_document("dates")
    stated = [w for w in gold if w["type"] not in ("event", "vague", "since", "in_name")]
    found = [
        any(
            (row["start_on"], row["end_on"]) == (days(want["start"])[0], days(want["end"])[1])
            and tables.holds(row, want["context"])
            and same_words(plain(row["surface"]), plain(want["raw"]))
            for row in published[want["doc"]]
        )
        for want in stated
    ]
    return {"dates_found": share(found)}


def same_words(one, other):
    return one in other or other in one


if __name__ == "__main__":
    for name, figure in score(*sys.argv[1:]).items():
        sys.stdout.write(f"{name:20}{figure:.4f}\n")
