"""Any number of real-looking articles, each different, made from the four of `seeds/`.

    python benchmarks/documents.py FOLDER COUNT

Paragraphs are drawn anew, their figures, dates, places and names changed; a third each is HTML
and Markdown under front matter and plain text, some of it GB 18030. The same number always makes
the same article.
"""

from __future__ import annotations

import random
import re
import sys
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_SEEDS = Path(__file__).parent.parent / "seeds"
_FOLDER_SIZE = 1000

_TAG = re.compile(r"<[^>]*>")
_BREAK = re.compile(r"</p>|\n")
_PLACE = re.compile(
    "北京|天津|河北|石家庄|唐山|保定|廊坊|张家口|承德|秦皇岛|沧州|衡水|邢台|邯郸|"
    "上海|广州|深圳|杭州|南京|苏州|武汉|成都|重庆|西安|郑州|长沙|合肥|济南|青岛|"
    "大连|沈阳|长春|哈尔滨|昆明|贵阳|南宁|福州|厦门|南昌|太原|通州区|朝阳区|"
    "海淀区|滨海新区|雄安新区"
)
_PLACES = _PLACE.pattern.split("|")
_FAMILY = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
_GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂文辉建国华海燕鹏飞云龙志新雪梅春生"
_NUMBER = re.compile(r"(?<![\d.:/-])\d+(?:\.\d+)?(?![\d:/-])")
_LATEST_YEAR = 2022
_PARAGRAPH_LENGTHS, _HEADING_LENGTHS = range(61, 600), range(9, 30)
_MEDIA = ("新华社", "光明日报", "人民日报", "经济日报", "中国青年报", "北京日报", "河北日报")


def write_documents(folder: Path, count: int, first: int = 0) -> None:
    """`count` files, numbered from `first`, a thousand in each folder below `folder`."""
    for number in range(first, first + count):
        suffix = "md" if number % 3 else "txt"
        file = folder / f"{number // _FOLDER_SIZE:04d}" / f"{number:07d}.{suffix}"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(make_document(number))


@contextmanager
def lay_out(count: int) -> Iterator[Path]:
    """A scratch folder with `count` documents in its folder `in`."""
    with TemporaryDirectory() as scratch:
        write_documents(Path(scratch) / "in", count)
        yield Path(scratch)


def make_document(number: int, edition: int = 0) -> bytes:
    """One article; another `edition` of it differs in its text."""
    chance = random.Random(f"{number}.{edition}")  # noqa: S311  no secret
    paragraphs = [_vary(text, chance) for text in _draw(chance)]
    title = _vary(chance.choice(_read_headings()), chance)
    date = f"20{chance.randint(14, 21)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
    medium = chance.choice(_MEDIA)
    names = "、".join(_name(chance) for _ in range(chance.randint(1, 3)))
    place = chance.choice(_PLACES[:30])
    time = f"{date} {chance.randint(0, 23):02d}:10:07"
    head = f"---\ntitle: '{title}'\nauthor: {medium}\ndate: {time}\n---\n\n"
    day = f"{int(date[5:7])}月{int(date[8:])}日"
    paragraphs[0] = f"{medium}{place}{day}电（记者{names}）{paragraphs[0]}"
    match number % 3:
        case 0:
            text = f"{title}\n\n" + "\n".join(f"　　{text}" for text in paragraphs) + "\n"
            return text.encode("gb18030" if number % 6 else "utf-8")
        case 1:
            body = "".join(f"<p>{text}</p>" for text in paragraphs)
            return f"{head}<div>{body}</div>\n".encode()
        case _:
            return (head + "\n\n".join(paragraphs) + "\n").encode()


@cache
def _read_seeds() -> tuple[str, ...]:
    texts = [path.read_text("utf-8") for path in sorted(_SEEDS.glob("*.txt"))]
    bodies = (text.split("\n---\n", 1)[-1] for text in texts)
    lines = (line for body in bodies for line in _BREAK.split(body))
    return tuple(text for line in lines if (text := _TAG.sub("", line).strip()))


@cache
def _read_paragraphs() -> tuple[str, ...]:
    return tuple(text for text in _read_seeds() if len(text) in _PARAGRAPH_LENGTHS)


@cache
def _read_headings() -> tuple[str, ...]:
    return tuple(text for text in _read_seeds() if len(text) in _HEADING_LENGTHS)


def _draw(chance: random.Random) -> list[str]:
    return chance.sample(_read_paragraphs(), chance.randint(4, 14))


def _vary(text: str, chance: random.Random) -> str:
    text = _PLACE.sub(lambda _: chance.choice(_PLACES), text)
    return _NUMBER.sub(lambda match: _vary_number(match[0], chance), text)


def _vary_number(number: str, chance: random.Random) -> str:
    """Another of the same length; years stay years, days of the calendar stay possible."""
    if number.startswith("20") and len(number) == len("2020"):
        return str(chance.randint(2010, _LATEST_YEAR))
    if len(number) <= len("12"):
        return str(chance.randint(1, int(number))) if int(number) else number
    return "".join(str(chance.randint(1, 9)) if digit.isdigit() else digit for digit in number)


def _name(chance: random.Random) -> str:
    return chance.choice(_FAMILY) + "".join(chance.sample(_GIVEN, chance.randint(1, 2)))


if __name__ == "__main__":
    write_documents(Path(sys.argv[1]), int(sys.argv[2]))
