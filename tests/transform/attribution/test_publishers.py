import pytest

from etl.records import Paragraph
from etl.transform.attribution.bylines import Byline
from etl.transform.attribution.datelines import find_dateline
from etl.transform.attribution.publishers import find_distributor, find_publisher, people_in


def publisher(front_matter, *paragraphs, bylines=()):
    numbered = [Paragraph(n, kind, text) for n, (kind, text) in enumerate(paragraphs, 1)]
    return find_publisher(front_matter, numbered, bylines, find_dateline(numbered))


@pytest.mark.parametrize(
    ("kind", "text", "name"),
    [
        ("source", "《光明日报》（2021年11月11日02版）", "光明日报"),
        ("source", "来源：江海日报", "江海日报"),
        ("source", "（来源：江海网）", "江海网"),
        ("source", "文章来源：某某县人民法院", "某某县人民法院"),
        ("source", "转载自微信公众号“江海观察”", "江海观察"),
        ("source", "一财资讯", "一财资讯"),
        ("source", "数据来源：某某市统计局", None),
        ("source", "图片来源：站酷", None),
        ("source", "（摘自10月29日在论坛上的致辞）", None),
        ("source", "来源：凤凰网", None),
        ("source", "来源 | 江海日报", "江海日报"),
        ("source", "来源：综合新华社、人民日报", "新华社"),
        ("source", "来源：江海发布微信公众号", "江海发布"),
        ("source", "发布时间：2019-02-22 07:31 来源：江海网 作者：王小明", "江海网"),
        ("body", "侵占的资金已返还。（来源：某某省纪委监委网站）", "某某省纪委监委网站"),
        ("body", "（作者：江小子，本文转载自微信公众号“江海楼市”）", "江海楼市"),
        ("body", "新华社北京10月19日电 题：新篇章", "新华社"),
        ("body", "据新华社莫斯科2月19日电 近日", "新华社"),
        ("body", "江海日报讯（记者王小明）近日", "江海日报"),
        ("body", "本报北京2月25日电（记者王小明）近日", None),
        ("body", "第一财经记者在采访中了解到，行业向好。", "第一财经"),
        ("body", "李先生在接受《每日经济新闻》记者采访时说", "每日经济新闻"),
        ("body", "此前，第一财经曾报道这一消息。", None),
        ("body", "外国《江海报》记者批评说", None),
        ("boilerplate", "据第一财经记者了解，另一篇文章", None),
    ],
)
def test_the_text_says_who_wrote_it(kind, text, name):
    assert publisher({}, (kind, text)) == name


def test_the_more_certain_statement_wins():
    lines = (("body", "第一财经记者了解到"), ("source", "《光明日报》（2021年11月11日02版）"))
    assert publisher({"author": "新华社"}, *lines) == "光明日报"
    assert publisher({"author": "新华社"}, lines[0]) == "新华社"
    assert publisher({}, lines[0], bylines=[Byline((), "江海晚报")]) == "江海晚报"


def test_a_text_that_speaks_for_its_own_paper_quotes_other_media():
    assert publisher({}, ("body", "本报记者了解到。新华社记者获悉")) is None
    assert publisher({}, ("body", "老人的家属告诉北京青年报记者")) == "北京青年报"
    assert publisher({}, ("body", "专家对第一财经分析，市场很大")) == "第一财经"
    assert publisher({}, ("body", "这对新华社有意义")) is None


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ("新华社记者 王小明", None),
        ("ZAKER", "ZAKER"),
        ("wetech", "wetech"),
        ("None", None),
        ("admin", None),
        ("", None),
        ("王小明", None),
        ("John Smith", None),
        ("江海日报", None),
        ("某某部委员会", None),
    ],
)
def test_an_author_that_is_no_person_carries_the_article(author, name):
    assert find_distributor({"author": author}) == name


def test_a_source_may_be_a_site_or_an_address():
    assert find_distributor({"source": "今日头条"}) == "今日头条"
    assert publisher({"source": "今日头条"}) is None
    assert publisher({"source": "https://example.org/1.html"}) is None
    assert publisher({"source": "江海网"}) == "江海网"


def test_the_front_matter_may_name_several_people():
    assert people_in("王小明, 李然") == ["王小明", "李然"]
    assert people_in("记者 王小明") == ["王小明"]
    assert people_in("少数派") == people_in("和讯") == people_in("雷锋网") == []
    assert people_in("张三") == ["张三"]
