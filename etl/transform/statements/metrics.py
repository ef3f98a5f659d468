"""Metrics: the quantities an article states, each bound to what it is about."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from etl.records import Metric, MetricRegion, Paragraph, Skip
from etl.transform.amounts.quantities import Quantity, find_quantities
from etl.transform.phrases.indicators import Indicator, find_indicator
from etl.transform.phrases.measures import Measure, find_measure, with_indicator
from etl.transform.places.regions import PlaceMatch, find_places, find_places_together, join_chains
from etl.transform.scopes import Frame
from etl.transform.statements.baselines import bind_baseline
from etl.transform.statements.continuations import goes_on
from etl.transform.statements.governing import Before, bind_period, read_section
from etl.transform.statements.home import find_home, is_division
from etl.transform.statements.locations import bind_regions, is_of_no_place
from etl.transform.statements.spots import Seen, Spot, find_spots
from etl.transform.times.periods import Days, Timeline, begin_timeline, find_periods

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from etl.transform.spans import Spans
    from etl.transform.times.bounds import Bound
    from etl.transform.times.periods import Period

_KINDS = frozenset({"headline", "kicker", "subtitle", "heading", "body", "caption"})
_CUMULATIVE = re.compile("累计|累积")
_SUM = re.compile("累计|累积|共计|总计|总共|合计(?!投资额)")
_FIGURE = re.compile(r"[\d.,%％]+[万亿]?")
"""A heading that is but a figure (10.8万) stands in its section."""
_LARGE_SUM = 200_000
"""Yuan; what a person pays for a thing is mostly less."""
_AVERAGE = re.compile("[人户年平]均|标准|补[助贴]|工资")
_RELATIVE = ("percent", "percentage_points", "multiple")
_LEADS_ON = ("到", "至", "为", "到了")
_SPELLS = ("h", "d", "wk", "mo", "a")
_CLOSING = re.compile("[）)]")
_NEXT_LISTED = re.compile(r"[^，。；：、\d]{0,6}[、和][^，。；：、\d每共计]{0,10}")
_NO_DAYS = Days(None, None)


@dataclass(slots=True)
class _Told:
    """What the article has told so far: its time, its last places, its section's time and place.

    `figures` and `figures_place` are when and where the last figures were stated for, `figures_at`
    the paragraph and position of their sentence; `home` is the place the headline is about,
    `surfaces` is how the text wrote each region last.
    """

    timeline: Timeline
    seen: Seen = field(default_factory=Seen)
    section: Bound | None = None
    section_home: tuple[MetricRegion, ...] = ()
    figures: Bound | None = None
    figures_at: tuple[int, int] = (0, 0)
    figures_place: tuple[MetricRegion, ...] = ()
    home: tuple[MetricRegion, ...] = ()
    surfaces: dict[str | None, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Last:
    """The metric before, from which the next one in its sentence takes what it leaves unsaid."""

    quantity: Quantity
    measure: Measure
    indicator: Indicator


def find_metrics(
    paragraphs: Sequence[Paragraph],
    published: date | None,
    headline: str = "",
    places: Mapping[int, Sequence[PlaceMatch]] | None = None,
) -> tuple[list[Metric], list[Skip]]:
    """Every metric of an article in reading order, and what only looked like one.

    `published` is the article's civil date, with which 去年 and 9月 are resolved. A quantity
    without a place of its own is about the one that `headline` names. `places` are those of each
    paragraph by its index, where they are known already. Nothing is taken from boilerplate,
    bylines, editor and source lines.

    >>> from etl.records import Paragraph
    >>> metrics, skips = find_metrics([Paragraph(1, "body", "第一，新设企业95家。")], None)
    >>> [(m.surface, m.value, m.unit) for m in metrics]
    [('95家', 95.0, '家')]
    >>> find_metrics([Paragraph(1, "editor", "责编：5家")], None)
    ([], [])
    """
    metrics: list[Metric] = []
    skips: list[Skip] = []
    read = [p for p in paragraphs if p.kind in _KINDS]
    told = _read_headline(headline, begin_timeline((p.text for p in read), published))
    if places is None:
        found = find_places_together([p.text for p in read])
        places = {p.index: named for p, named in zip(read, found, strict=True)}
    for paragraph in read:
        named = places[paragraph.index]
        periods, quantities = _read(paragraph, named, told)
        skips += _to_skips(paragraph, quantities)
        if stated := [q for q in quantities if not q.reason]:
            frame = Frame(paragraph.text, periods, join_chains(named), stated)
            metrics += _bind(paragraph, frame, told)
        else:
            told.seen.passed.append((paragraph.text, join_chains(named)))
    return metrics, skips


def _read_headline(headline: str, timeline: Timeline) -> _Told:
    """What the headline tells for all below it: a place, and the time of its figures."""
    told = _Told(timeline)
    places = list(find_places(headline))
    periods, quantities = _read(Paragraph(0, "headline", headline), places, told)
    if stated := [q for q in quantities if not q.reason]:
        frame = Frame(headline, periods, join_chains(places), stated)
        told.figures = bind_period(frame, stated[0], Before())
    told.home = find_home(headline, join_chains(places))
    for home in told.home:
        told.seen.home = Spot(0, 0, home.surface, home.code)
    return told


def _read(
    paragraph: Paragraph, places: Sequence[PlaceMatch], told: _Told
) -> tuple[list[Period], list[Quantity]]:
    """The paragraph's times and quantities; a heading tells the time and place of its section."""
    text = paragraph.text
    periods = list(find_periods(text, told.timeline))
    if paragraph.kind == "heading" and not _FIGURE.fullmatch(text):
        told.section = read_section(text, periods)
        told.section_home = find_home(text, join_chains(places))
    return periods, list(find_quantities(text, periods))


def _to_skips(paragraph: Paragraph, quantities: Iterable[Quantity]) -> Iterator[Skip]:
    """What only looked like a metric."""
    for q in quantities:
        if q.reason:
            surface = paragraph.text[q.start : q.end]
            yield Skip(paragraph.index, q.start, q.end, surface, q.reason)


def _bind(paragraph: Paragraph, frame: Frame, told: _Told) -> Iterator[Metric]:
    spots = find_spots(frame.text, frame.places.items, told.seen)
    told.surfaces.update((spot.code, spot.surface) for spot in spots.items if spot.surface)
    last: _Last | None = None
    outer: _Last | None = None
    before: Indicator | None = None
    for quantity in frame.metrics.items:
        if last and frame.sentence(last.quantity.start) != frame.sentence(quantity.start):
            before, last, outer = last.indicator, None, None
        is_aside = _is_aside(frame, quantity)
        last = _read_statement(frame, quantity, last if is_aside else outer or last, before)
        outer = outer if is_aside else last
        yield _to_metric(paragraph, frame, last, spots, told)


def _is_aside(frame: Frame, quantity: Quantity) -> bool:
    """得分77分（全球63分），上升4分: what stands in brackets is not gone on with behind them."""
    start = frame.sentence(quantity.start).start
    opening = max(frame.text.rfind(mark, start, quantity.start) for mark in "（(")
    return opening >= 0 and not _CLOSING.search(frame.text, opening, quantity.start)


def _read_statement(
    frame: Frame, quantity: Quantity, last: _Last | None, before: Indicator | None
) -> _Last:
    """What is said of `quantity`, taking over from `last` what is not said again.

    `before` is what the sentence before measured last.
    """
    start = max(frame.clause(quantity.start).start, last.quantity.end if last else 0)
    measure = find_measure(
        frame.text,
        quantity,
        start,
        last.measure if last else None,
        is_alike=last is not None and _is_alike(last.quantity, quantity),
    )
    indicator = find_indicator(frame, quantity, last.indicator if last else None, before)
    if last:
        quantity = quantity._replace(unit=_read_unit(frame, quantity, last))
    is_part = frame.text.endswith("的", 0, quantity.start)
    return _Last(quantity, with_indicator(measure, indicator.phrase, is_part=is_part), indicator)


def _is_alike(one: Quantity, other: Quantity) -> bool:
    """Whether both are of one kind: only then is the same said of them."""
    if one.kind in _RELATIVE:
        return other.kind in _RELATIVE
    return one.kind == other.kind and (one.kind != "count" or one.unit == other.unit)


def _read_unit(frame: Frame, quantity: Quantity, last: _Last) -> str:
    """从人均21.2万元提高到28万元, 每天跳绳300个、跑步15分钟: both are per person, or per day."""
    between = frame.text[last.quantity.end : quantity.start]
    whole, _, each = last.quantity.unit.partition("/")
    if not each or "/" in quantity.unit or quantity.kind in _RELATIVE:
        return quantity.unit
    is_later = whole == quantity.unit and "，" not in between and between.endswith(_LEADS_ON)
    is_listed = each in _SPELLS and _NEXT_LISTED.fullmatch(between)
    return f"{quantity.unit}/{each}" if is_later or is_listed else quantity.unit


def _to_metric(
    paragraph: Paragraph, frame: Frame, said: _Last, spots: Spans[Spot], told: _Told
) -> Metric:
    quantity, measure, indicator = said.quantity, said.measure, said.indicator
    period = _find_period(paragraph, frame, quantity, told)
    days = period.days if period else _NO_DAYS
    is_change = measure.measure == "change"
    baseline = (
        bind_baseline(frame, quantity, period.days if period else None) if is_change else None
    )
    rules = (*quantity.rules, measure.rule, indicator.rule)
    return Metric(
        paragraph_index=paragraph.index,
        start=quantity.start,
        end=quantity.end,
        surface=frame.text[quantity.start : quantity.end],
        sentence=frame.sentence(quantity.start).of(frame.text).strip(),
        value=None if quantity.value is None else float(quantity.value),
        low=None if quantity.low is None else float(quantity.low),
        high=None if quantity.high is None else float(quantity.high),
        unit=quantity.unit,
        quantity_kind=quantity.kind,
        approximation=quantity.approximation,
        measure=measure.measure,
        direction=measure.direction,
        indicator=indicator.phrase,
        period_start=days.start,
        period_end=days.end,
        period_surface=period.surface if period else None,
        baseline_start=baseline.start if baseline else None,
        baseline_end=baseline.end if baseline else None,
        is_cumulative=_is_cumulative(frame, quantity),
        rule="+".join(rule for rule in rules if rule),
        regions=_find_regions(frame, quantity, spots, told),
    )


def _find_period(
    paragraph: Paragraph, frame: Frame, quantity: Quantity, told: _Told
) -> Bound | None:
    """The time the words name or that of the figures they go on with; notes it for the next."""
    start = frame.sentence(quantity.start).start
    previous = frame.sentence(max(0, start - 1)).start
    is_next = told.figures_at in ((paragraph.index, start), (paragraph.index, previous))
    period = bind_period(frame, quantity, Before(told.section, told.figures, is_next=is_next))
    is_same = told.figures_at == (paragraph.index, start)
    if period and not period.is_own and not (is_same and _is_earlier(period, told.figures)):
        told.figures, told.figures_at = period, (paragraph.index, start)
    return period


def _is_earlier(period: Bound, figures: Bound | None) -> bool:
    """1月利率5.6%，去年1月5.4%: what is told of earlier is told beside the sentence's own."""
    end, told_end = period.days.end, figures.days.end if figures else None
    return end is not None and (told_end is None or end < told_end)


def _find_regions(
    frame: Frame, quantity: Quantity, spots: Spans[Spot], told: _Told
) -> tuple[MetricRegion, ...]:
    """The places the words name, else the topic's, else those of the figures they go on with."""
    regions = bind_regions(frame, spots, quantity)
    if regions:
        told.figures_place = regions if all(map(is_division, regions)) else ()
        return regions
    if is_of_no_place(frame, quantity):
        return ()
    if (topic := told.section_home or told.home) and not _is_price(frame, quantity):
        return tuple(replace(r, surface=told.surfaces.get(r.code, r.surface)) for r in topic)
    is_next = goes_on(frame.text, frame.sentence(quantity.start), quantity.start)
    return told.figures_place if is_next else ()


def _is_price(frame: Frame, quantity: Quantity) -> bool:
    """A sum that one person pays tells nothing of a province, unless it is an average or a rate."""
    amount = quantity.value if quantity.value is not None else quantity.high
    if quantity.kind != "money" or "/" in quantity.unit or not amount or amount >= _LARGE_SUM:
        return False
    clause = frame.clause(quantity.start)
    return _AVERAGE.search(frame.text, clause.start, quantity.start) is None


def _is_cumulative(frame: Frame, quantity: Quantity) -> bool:
    """累计 governs what follows it up to the end of its sentence or a semicolon.

    共计 governs its own clause only, as 累计 does for durations; parts and rates of growth have
    it to themselves: 累计20亿元，增长5%.
    """
    text, start = frame.text, frame.sentence(quantity.start).start
    if quantity.kind in _RELATIVE:
        start = frame.free_clause(quantity).start
    elif _SUM.search(text, frame.clause(quantity.start).start, quantity.start):
        return True
    start = max(start, text.rfind("；", start, quantity.start))
    is_on = _CUMULATIVE.search(text, start, quantity.start) is not None
    return is_on and quantity.kind != "duration"
