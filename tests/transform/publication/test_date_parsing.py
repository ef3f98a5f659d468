"""A raw string is read as the date it states, or not at all; `raw_dates.toml` holds the strings."""

import tomllib
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.grammar import read_table
from etl.transform.publication.clock_times import CHINA
from etl.transform.publication.date_parsing import parse_date

TABLE = read_table("dates")
RAW = tomllib.loads(Path(__file__).with_name("raw_dates.toml").read_text("utf-8"))
INSTANTS = [case for of_kind in RAW["instant"].values() for case in of_kind.items()]
DAYS = [case for of_kind in RAW["day"].values() for case in of_kind.items()]
NOTHING = list(chain(*RAW["nothing"].values()))


@pytest.mark.parametrize(("raw", "expected"), INSTANTS)
def test_a_stated_time_is_published_as_the_instant(raw, expected):
    found = parse_date(raw)
    moment = datetime.fromisoformat(expected)
    assert found.at == moment
    assert found.on == moment.astimezone(CHINA).date()
    assert found.raw == raw.strip()


@pytest.mark.parametrize(("raw", "expected"), DAYS)
def test_a_day_without_a_time_is_published_without_one(raw, expected):
    found = parse_date(raw)
    assert (found.on, found.at, found.precision) == (date.fromisoformat(expected), None, "day")


@pytest.mark.parametrize("raw", NOTHING)
def test_what_is_not_certain_is_not_published(raw):
    assert parse_date(raw) is None


@pytest.mark.parametrize(
    ("raw", "precision", "zone_stated"),
    [
        ("2019-02-22", "day", False),
        ("2018-03-01 +0800", "day", True),
        ("2019-02-22 07:31", "minute", False),
        ("2019-02-22 07:31:00", "second", False),
        ("2019-02-22T07:31Z", "minute", True),
        ("北京时间2019年2月22日7时31分", "minute", True),
        ("1550791860", "second", True),
    ],
)
def test_precision_and_zone_are_those_of_the_text(raw, precision, zone_stated):
    found = parse_date(raw)
    assert (found.precision, found.zone_stated) == (precision, zone_stated)


@pytest.mark.parametrize("label", TABLE["frame"]["labels"])
def test_every_label_may_stand_before_the_date(label):
    assert parse_date(f"{label}：2019-02-22").on == date(2019, 2, 22)


@pytest.mark.parametrize("word", [w for words in TABLE["weekdays"]["words"] for w in words])
def test_a_weekday_must_agree_with_the_date(word):
    days = [date(2019, 2, 18) + timedelta(days=n) for n in range(7)]
    found = [parse_date(f"{day.isoformat()} {word}") for day in days]
    assert sum(publication is not None for publication in found) == 1


@pytest.mark.parametrize(
    ("number", "word"), [(n, w) for n, row in enumerate(TABLE["months"]["words"], 1) for w in row]
)
def test_every_month_name_is_read(number, word):
    assert parse_date(f"5 {word.title()} 2019").on == date(2019, number, 5)


@pytest.mark.parametrize("zone", TABLE["zones"])
def test_every_zone_name_is_read(zone):
    minutes = TABLE["zones"][zone]
    offset = timedelta(hours=8) if minutes == "china" else timedelta(minutes=minutes)
    stated = datetime(2019, 2, 22, 7, 31, tzinfo=UTC)
    assert parse_date(f"2019-02-22 07:31 {zone}").at == stated - offset


@given(st.text(max_size=400))
def test_no_text_is_too_strange(text):
    found = parse_date(text)
    assert found is None or found.raw == text.strip()


@given(st.text(alphabet="0123456789-/.:TZ+ 年月日时分上下午二〇一九Feb,", max_size=60))
def test_what_looks_like_a_date_is_plausible_or_nothing(text):
    found = parse_date(text)
    assert found is None or date(1946, 5, 15) <= found.on <= date(2099, 12, 30)


@given(st.datetimes(datetime(1995, 1, 1), datetime(2037, 1, 1)))  # noqa: DTZ001  civil times
def test_a_time_survives_however_it_is_written(moment):
    moment = moment.replace(microsecond=0)
    shapes = (
        "%Y-%m-%dT%H:%M:%S",
        "%Y/%m/%d %H:%M:%S",
        "%Y年%m月%d日 %H时%M分%S秒",
        "%Y%m%d%H%M%S",
        "%a %b %d %H:%M:%S %Y",
        "%d %B %Y %H:%M:%S",
        "%B %d, %Y %I:%M:%S %p",
    )
    expected = moment.replace(tzinfo=CHINA)
    assert {parse_date(moment.strftime(shape)).at for shape in shapes} == {expected}
