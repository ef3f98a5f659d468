from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.records import Paragraph, Publication
from etl.transform.publication.dates import find_publication, resolve_day


def publication(front_matter, *lines):
    paragraphs = [Paragraph(n, kind, text) for n, (kind, text) in enumerate(lines, 1)]
    found, findings = find_publication(front_matter, paragraphs)
    return found, [finding.code for finding in findings]


@pytest.mark.parametrize(
    ("front_matter", "line", "source", "raw"),
    [
        ({"date": "2019-02-22- 07:31"}, "正文", "front_matter", "2019-02-22- 07:31"),
        ({"pubdate": "2019-02-22"}, "正文", "front_matter", "2019-02-22"),
        (
            {"article:published_time": "2019-02-22T07:31Z"},
            "正文",
            "front_matter",
            "2019-02-22T07:31Z",
        ),
        ({}, "新华社北京2019年2月22日电 近日", "dateline", "2019年2月22日"),
        ({}, "《光明日报》（2019年2月22日02版）", "print_reference", "2019年2月22日"),
        ({}, "（原载《人民日报》2019年02月22日第04版）", "print_reference", "2019年02月22日"),
        ({}, "发布时间：2019-02-22 07:31 来源：新华网", "body", "2019-02-22 07:31"),
        ({}, "2019-02-22 07:31 来源：新华网", "body", "2019-02-22 07:31"),
    ],
)
def test_the_winner_says_where_it_was_read(front_matter, line, source, raw):
    found, codes = publication(front_matter, ("body", line))
    assert (found.source, found.raw, found.on) == (source, raw, date(2019, 2, 22))
    assert codes == []


@pytest.mark.parametrize(
    ("front_matter", "line", "code"),
    [
        ({}, "正文", "date_missing"),
        ({"date": ""}, "正文", "date_missing"),
        ({"date": "None"}, "正文", "date_missing"),
        ({"date": "楼盘价格 :"}, "正文", "date_unparsed"),
        ({"date": "03/04/2021"}, "正文", "date_implausible"),
        ({"date": "2021-02-30"}, "正文", "date_implausible"),
        ({"date": "1970-01-01 00:00:00"}, "正文", "date_implausible"),
        ({}, "发布时间：3小时前", "date_unparsed"),
        ({}, "新华社北京10月19日电 近日", "date_missing"),
        ({}, "二〇一九年二月二十二日", "date_missing"),
        ({}, "时间：2019年2月22日 9:00", "date_missing"),
        ({}, "2019年2月22日，会议在北京召开。", "date_missing"),
    ],
)
def test_without_a_certain_date_there_is_none_and_a_finding(front_matter, line, code):
    found, codes = publication(front_matter, ("body", line))
    assert found == Publication()
    assert codes == [code]


def test_the_finding_keeps_the_raw_text():
    _, findings = find_publication({"date": "158RMB"}, [])
    assert findings[0].detail == "158RMB"


def test_the_more_certain_source_wins_and_the_conflict_is_told():
    line = ("body", "发布时间：2019-02-25 07:31")
    found, codes = publication({"date": "2019-02-22"}, line)
    assert (found.on, codes) == (date(2019, 2, 22), ["date_conflict"])


def test_an_unreadable_field_does_not_hide_a_readable_line():
    found, codes = publication({"date": "待售"}, ("body", "发布时间：2019-02-22"))
    assert (found.source, found.on, codes) == ("body", date(2019, 2, 22), ["date_unparsed"])


def test_two_fields_of_one_day_give_the_one_with_the_time():
    fields = {"date": "2019-02-22", "published_time": "2019-02-22T07:31:00+08:00"}
    found, codes = publication(fields)
    assert (found.precision, codes) == ("second", [])


@pytest.mark.parametrize(
    ("dateline", "codes"),
    [
        ("新华社北京10月19日电", []),
        ("新华社北京10月18日电", []),
        ("新华社北京10月20日电", []),
        ("新华社北京3月2日电", ["date_conflict"]),
        ("新华社北京12月25日电", ["date_conflict"]),
    ],
)
def test_a_dateline_without_a_year_confirms_or_contradicts(dateline, codes):
    found, told = publication({"date": "2021-10-19"}, ("body", f"{dateline} 近日"))
    assert (found.on, told) == (date(2021, 10, 19), codes)


@pytest.mark.parametrize(
    ("month", "day", "reference", "expected"),
    [
        (9, 1, date(2021, 10, 19), date(2021, 9, 1)),
        (10, 19, date(2021, 10, 19), date(2021, 10, 19)),
        (12, 28, date(2021, 10, 19), date(2020, 12, 28)),
        (2, 29, date(2021, 10, 19), date(2020, 2, 29)),
        (2, 29, date(1903, 1, 1), date(1896, 2, 29)),
        (2, 30, date(2021, 10, 19), None),
        (13, 1, date(2021, 10, 19), None),
        (1, 2, date(1, 1, 1), None),
    ],
)
def test_a_day_without_a_year_is_the_latest_not_after_the_reference(
    month, day, reference, expected
):
    assert resolve_day(month, day, reference) == expected


@given(
    st.dictionaries(st.sampled_from(("date", "time", "pubdate")), st.text(max_size=60)),
    st.lists(st.text(max_size=250), max_size=5),
)
def test_no_article_is_too_strange(front_matter, texts):
    paragraphs = [Paragraph(n, "body", text) for n, text in enumerate(texts, 1)]
    found, findings = find_publication(front_matter, paragraphs)
    assert (found.on is None) == (found.source == "none")
    assert found.on or findings
