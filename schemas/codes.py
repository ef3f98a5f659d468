"""The closed lists: every code a column may hold, with its label in both languages."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True, slots=True)
class Code:
    """One code and how a reader of either language would call it."""

    code: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class CodeList:
    """A closed list; its order is the order of the ENUM type.

    >>> LAYOUT.values
    ('html', 'markdown', 'text')
    """

    name: str
    codes: tuple[Code, ...]

    @property
    def values(self) -> tuple[str, ...]:
        """The codes as they stand in the data."""
        return tuple(code.code for code in self.codes)

    @property
    def dtype(self) -> pl.Enum:
        """The Polars type of a column that holds these codes."""
        return pl.Enum(self.values)


def list_codes(name: str, /, **labels: tuple[str, str]) -> CodeList:
    """A list of codes, each with its Chinese and its English label.

    >>> list_codes("colour", red=("红", "red")).codes[0].zh
    '红'
    """
    return CodeList(name, tuple(Code(code, zh, en) for code, (zh, en) in labels.items()))


SOURCE_STATUS = list_codes(
    "source_status",
    published=("已发布", "published as an article"),
    duplicate=("重复", "left out: the same document is already published"),
    rejected=("未采用", "left out: could not be read"),
)

LAYOUT = list_codes(
    "layout",
    html=("HTML", "HTML, whole page or fragment"),
    markdown=("Markdown", "Markdown"),
    text=("纯文本", "plain text"),
)

PUBLISHED_PRECISION = list_codes(
    "published_precision",
    day=("日", "to the day"),
    minute=("分", "to the minute"),
    second=("秒", "to the second"),
)

PUBLISHED_FROM = list_codes(
    "published_from",
    front_matter=("元数据", "the document's own metadata"),
    dateline=("电头", "the dateline: 新华社北京10月19日电"),
    print_reference=("见报信息", "the print reference: 《光明日报》（2021年11月11日02版）"),
    body=("正文", "a line of the text, such as 发布时间"),
    none=("未说明", "the document does not say"),
)

CONTRIBUTOR_ROLE = list_codes(
    "contributor_role",
    author=("作者", "author, reporter or correspondent"),
    editor=("编辑", "editor (责编, 责任编辑)"),
    photographer=("摄影", "photographer"),
)

LABEL_KIND = list_codes(
    "label_kind",
    category=("分类", "category"),
    tag=("标签", "tag"),
)

PARAGRAPH_KIND = list_codes(
    "paragraph_kind",
    headline=("标题", "the headline, repeated in the body"),
    kicker=("引题", "kicker or column label above the headline"),
    subtitle=("副题", "subtitle below the headline"),
    heading=("小标题", "section heading"),
    body=("正文", "running text"),
    caption=("图注", "picture caption with its credit"),
    byline=("署名", "authors' names standing alone"),
    dateline=("电头", "dateline standing alone"),
    editor=("责编", "editors' names"),
    source=("来源", "source or print reference"),
    boilerplate=("页面杂项", "share, copyright, app and teaser lines"),
)

QUANTITY_KIND = list_codes(
    "quantity_kind",
    count=("数量", "count of things or people"),
    money=("金额", "amount of money"),
    price=("单价", "money per unit or person"),
    percent=("百分比", "per cent"),
    percentage_points=("百分点", "percentage points"),
    permille=("千分比", "per mille"),
    basis_point=("基点", "basis points"),
    multiple=("倍数", "multiple, times as much"),
    index=("指数", "index points or score"),
    rate=("比率", "count per time, person or area"),
    length=("长度", "length or distance"),
    area=("面积", "area"),
    volume=("体积", "volume"),
    mass=("质量", "mass"),
    duration=("时长", "duration or age"),
    speed=("速度", "speed"),
    flow=("流量", "volume or mass per time"),
    density=("密度", "amount per area or volume"),
    concentration=("浓度", "concentration"),
    yield_rate=("单产", "mass per area"),
    temperature=("温度", "temperature"),
    power=("功率", "power"),
    energy=("能量", "energy"),
    voltage=("电压", "voltage"),
    current=("电流", "electric current"),
    pressure=("压强", "pressure"),
    force=("力", "force"),
    frequency=("频率", "frequency"),
    angle=("角度", "angle"),
    sound_level=("声级", "sound level"),
    data_size=("数据量", "amount of data"),
    data_rate=("数据速率", "data per time"),
    other=("其他", "anything else that is measured"),
)

APPROXIMATION = list_codes(
    "approximation",
    exact=("准确", "stated as exact"),
    about=("大约", "about (约, 左右)"),
    nearly=("接近", "nearly (近, 接近)"),
    over=("超过", "over (超, 多, 余, 逾)"),
    at_least=("至少", "at least (以上, 不少于)"),
    under=("不足", "under (不到, 不足)"),
    at_most=("至多", "at most (以内, 不超过)"),
)

MEASURE = list_codes(
    "measure",
    level=("水平", "how much there is"),
    change=("变化", "how much it grew or fell"),
    share=("占比", "part of a whole"),
    multiple=("倍数", "how many times as much"),
)

DIRECTION = list_codes(
    "direction",
    increase=("上升", "growth"),
    decrease=("下降", "fall"),
)

DATE_GRAIN = list_codes(
    "date_grain",
    day=("日", "one day"),
    month=("月", "one month"),
    quarter=("季度", "one quarter"),
    half_year=("半年", "half a year"),
    year=("年", "one year"),
    period=("时段", "a period of several of these"),
)

RESOLVED_FROM = list_codes(
    "resolved_from",
    explicit=("明示", "the words themselves"),
    publication_date=("发布日期", "the article's publication date"),
    previous_mention=("前文日期", "a date mentioned before"),
    unresolved=("未能确定", "left open: start_on and end_on are null"),
)

REGION_LEVEL = list_codes(
    "region_level",
    world=("洲际", "continent, ocean or part of the world (非洲)"),
    country=("国家", "country"),
    province=("省级", "province, municipality or autonomous region"),
    prefecture=("地级", "prefecture-level division"),
    county=("县级", "county-level division"),
    township=("乡级", "township-level division"),
    area=("区域", "named area that is no administrative division (雄安新区)"),
    feature=("地理实体", "river, lake, mountain, building or site (白洋淀)"),
    group=("区域组合", "group of regions (京津冀); see region_members"),
)

CHECK_KIND = list_codes(
    "check_kind",
    rule=("规则", "a rule over each row"),
    unique_key=("主键", "the primary key is unique"),
    reference=("引用", "what a row refers to exists"),
    span=("区间", "the words stand where the row says"),
    count=("计数", "a count is the number of rows counted"),
    account=("核对", "nothing found is lost"),
)

IDLE_REASON = list_codes(
    "idle_reason",
    empty_table=("表为空", "the table has no rows in this release"),
    no_value=("该列没有值", "the column holds no value in this release"),
    no_such_row=("没有此类行", "no row of this release has what the check speaks of"),
)

TOPIC = list_codes(
    "topic",
    document=("文件", "a document, by what became of it"),
    finding=("发现", "a finding about a document"),
    skip=("略去", "a text that looked like a quantity and was left out"),
)
