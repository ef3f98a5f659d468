"""Whole web pages in the shapes that Chinese newsrooms build them."""

from __future__ import annotations

import json

import pytest

from etl.extract.document import to_documents
from etl.extract.page_heads import read_page_head
from etl.records import Source

LEAD = "本报北京2月25日电（记者张三）京津冀三地今天签署协议，共同建设一批交通项目，总投资近百亿元。"
MORE = "据介绍，首批项目包括四条城际铁路，建成后三地之间的通勤时间将缩短至一小时以内。"
LAST = "专家表示，这将为区域协同发展注入新的动力。"
LINKS = "".join(f"<li><a href='/{n}'>第{n}条别的新闻的标题要这么长才像</a></li>" for n in range(12))
SHARE = "<div class='share-box'>分享到：<a href=#>微博</a><a href=#>微信</a></div>"
FOOT = "<div class='footer'>版权所有，未经授权，不得转载。京ICP备000000号。许可证编号。</div>"

NEWSPAPER = f"""<!DOCTYPE html><html><head><title>三地签署协议--时政--某某网 </title>
<meta name="publishdate" content="2019-02-25"><meta name="source" content="来源：某某网"></head>
<body><div class="top_nav"><a href=/>首页</a><a href=/a>时政</a>
<p>登录 <a href=/r>注册</a></p></div>
<div class="path"><a href=/>某某网</a>&gt;&gt;<a href=/a>时政</a></div>
<div class="text_title"><h3 class="pre"></h3><h1>三地签署协议</h1><h4 class="sub"></h4>
<div class="box01"><div class="fl">2019年02月25日08:18&nbsp;&nbsp;来源：
<a href=/x>某某日报</a></div>{SHARE}</div></div>
<div class="text_con"><div class="box_con" id="rwb_zw"><p style="text-indent: 2em">
\t{LEAD}</p>
<p style="text-align: center"><img src="/1.jpg" width="600" height="346"></p>
<p>\t{MORE}</p><p>\t{LAST}</p>
<div class="zdfy"><a href=/1>【1】</a><a href=/2>【2】</a></div>
<div class="edit">(责编：李四、王五)</div></div>
<div class="text_con_right"><h2>推荐阅读</h2><ul>{LINKS}</ul></div></div>{FOOT}</body></html>"""

AGENCY = f"""<!--http://www.example.cn/c_1.htm--><!DOCTYPE HTML><html><head>
<meta name="keywords" content="京津冀,交通
" /><title>
三地签署协议-某某网
</title></head><body><div class="nav"><div class="nav-ul"><span><a href=/1>三地签署协议</a></span>
<span><a href=/2>别的新闻</a></span></div></div><div class="header"><div class="h-p3">
<div class="h-news"><div class="h-title">
三地签署协议
</div><div class="h-info"><span class="h-time"> 2019-02-25 07:57:40</span><span>
来源：
<em id="source"> 某某网</em></span></div></div></div></div><div class="main"><div class="part">
<div class="p-left"><div class="s-ewm">关注某某网</div><div class="s-item">微博</div></div>
<div class="p-right"><div id="p-detail"><p>　　{LEAD}</p><p>　　{MORE}</p><p>　　{LAST}</p>
<div class="tadd"><div class="zan-wap">+1</div></div><span class="p-jc">【纠错】责任编辑：
李四</span></div><div class="relate-news"><ul>{LINKS}</ul></div></div></div></div></body></html>"""

OFFICIAL_ACCOUNT = f"""<html><head><meta property="og:title" content="三地签署协议" />
<meta property="og:article:author" content="" /><meta name="author" content="张三"></head><body>
<h2 class="rich_media_title" id="activity-name">
三地签署协议
</h2><div id="meta_content"><span>张三</span> <a id="js_name">某某发布</a>
<em id="publish_time">2019-02-25</em></div>
<div class="rich_media_content" id="js_content" style="visibility: hidden;"><section><section>
<p><span>{LEAD}</span></p></section>
<section><p><img data-src="https://m.example.cn/640?wx_fmt=png"></p></section>
<section><p><span>{MORE}</span></p><p><br></p><p><span>{LAST}</span></p>
</section></section></div>
<div id="js_pc_qr_code">微信扫一扫关注该公众号</div></body></html>"""

OLD = "".join(f"<tr><td><a href=/{n}>旧闻{n}</a></td></tr>" for n in range(20))
TABLES = f"""<html><body>
<table width=100%><tr><td><a href=/>首页</a></td><td><a href=/b>要闻</a></td></tr></table>
<table><tr><td><table>{OLD}</table></td>
<td><table><tr><td align=center><font size=5><b>三地签署协议</b></font></td></tr>
<tr><td>2019年2月25日</td></tr>
<tr><td>　　{LEAD}<br><br>　　{MORE}<br>　　{LAST}</td></tr></table>
</td></tr></table></body></html>"""


def texts(page: str):
    (document,) = to_documents(Source("a.html", page.encode()))
    assert document.layout == "html"
    return [block.text or block.url for block in document.blocks]


ARTICLE = [LEAD, MORE, LAST]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (
            NEWSPAPER,
            [
                "三地签署协议",
                "2019年02月25日08:18来源：某某日报",
                LEAD,
                "/1.jpg",
                MORE,
                LAST,
                "(责编：李四、王五)",
            ],
        ),
        (
            AGENCY,
            [
                "三地签署协议",
                "2019-02-25 07:57:40来源：某某网",
                *ARTICLE,
                "【纠错】责任编辑：李四",
            ],
        ),
        (
            OFFICIAL_ACCOUNT,
            [
                "三地签署协议",
                "张三 某某发布2019-02-25",
                LEAD,
                "https://m.example.cn/640?wx_fmt=png",
                MORE,
                LAST,
            ],
        ),
    ],
    ids=["报纸", "通讯社", "公众号"],
)
def test_the_article_comes_out_with_what_leads_to_it(page, expected):
    assert texts(page) == expected


def test_a_page_laid_out_in_tables_gives_its_article():
    assert texts(TABLES) == ["三地签署协议", "2019年2月25日", *ARTICLE]


def test_a_page_without_prose_loses_nothing():
    assert texts("<html><body><p>短讯</p><p>又一条</p></body></html>") == ["短讯", "又一条"]


def test_comments_are_left_out_also_where_they_are_long():
    comments = "".join(
        f"<p>{LAST}真好，写得真好，我要转发给所有的朋友看一看。</p>" for _ in range(2)
    )
    page = f"<html><body><div><p>{LEAD}</p><p>{MORE}</p><p>{LAST}</p></div>"
    assert texts(f"{page}<div id='comment-list'>{comments}</div></body></html>") == ARTICLE


def test_linked_data_comes_before_meta_and_title():
    data = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "name": "某某网"},
            {
                "@type": ["NewsArticle"],
                "headline": "三地签署协议",
                "datePublished": "2019-02-25T08:18:00+08:00",
                "author": [{"@type": "Person", "name": "张三"}, {"name": "李四"}],
                "publisher": {"@type": "Organization", "name": "某某日报"},
                "image": {"url": "https://a.cn/1.jpg"},
            },
        ],
    }
    head = f"""<html><head><title>三地签署协议_某某网</title><meta property=og:title content="三地">
    <meta property="article:published_time" content="2019-02-25T00:18:00Z">
    <link rel="canonical" href="https://a.cn/1.html">
    <script type="application/ld+json">{json.dumps(data)}</script></head>"""
    assert read_page_head(head) == {
        "title": "三地签署协议",
        "author": "张三、李四",
        "source": "某某日报",
        "url": "https://a.cn/1.html",
        "thumbnail": "https://a.cn/1.jpg",
        "datepublished": "2019-02-25T08:18:00+08:00",
        "article:published_time": "2019-02-25T00:18:00Z",
    }


def test_a_broken_head_says_what_it_can():
    head = '<head><script type="application/ld+json">{"@type": </script><title>题&amp;目</title>'
    assert read_page_head(head) == {"title": "题&目"}
