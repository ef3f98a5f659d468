"""Bytes become text by evidence; doubts are told, hopeless bytes refused."""

from __future__ import annotations

import pytest

from etl.extract.encoding import Decoded, decode

SIMPLIFIED = "京津冀协同发展战略实施以来，三地产业协作不断深化，2020年地区生产总值达8.6万亿元。\n"
TRADITIONAL = "記者從會議上獲悉，臺灣與香港的企業也積極參與其中，雙方簽署了多項協議。\n"


def codes(decoded):
    return [finding.code for finding in decoded.findings]


@pytest.mark.parametrize(
    ("text", "codec", "encoding"),
    [
        (SIMPLIFIED, "utf-8", "utf-8"),
        (SIMPLIFIED, "utf-8-sig", "utf-8-sig"),
        (SIMPLIFIED, "utf-16", "utf-16"),
        (SIMPLIFIED, "utf-16-le", "utf-16-le"),
        (SIMPLIFIED, "utf-16-be", "utf-16-be"),
        (SIMPLIFIED, "utf-32", "utf-32"),
        (SIMPLIFIED, "gbk", "gb18030"),
        (SIMPLIFIED + "𠮷", "gb18030", "gb18030"),
        (TRADITIONAL, "big5", "big5"),
        (TRADITIONAL, "gb18030", "gb18030"),
    ],
)
def test_every_encoding_chinese_text_is_written_in_is_certain(text, codec, encoding):
    assert decode(text.encode(codec)) == Decoded(text, encoding)


@pytest.mark.parametrize("codec", ["gbk", "big5", "utf-16-le"])
def test_what_is_too_short_to_be_sure_of_is_a_guess(codec):
    decoded = decode("天下大事".encode(codec))
    assert decoded.text == "天下大事"
    assert codes(decoded) == ["encoding_guessed"]


def test_ascii_in_utf_16_is_no_ascii():
    assert decode("plain words\n".encode("utf-16-le")).text == "plain words\n"


@pytest.mark.parametrize("codec", ["utf-8", "gbk", "utf-8-sig"])
def test_a_character_cut_in_half_at_the_end_is_dropped_and_told(codec):
    decoded = decode(SIMPLIFIED.rstrip("。\n").encode(codec)[:-1])
    assert decoded.text == SIMPLIFIED.rstrip("元。\n")
    assert codes(decoded) == ["truncated"]


def test_lines_of_another_encoding_are_read_and_told():
    decoded = decode((SIMPLIFIED * 3).encode() + "评论：说得很好，支持一下".encode("gbk"))
    assert decoded == Decoded(
        SIMPLIFIED * 3 + "评论：说得很好，支持一下", "utf-8", decoded.findings
    )
    assert codes(decoded) == ["encoding_mixed"]


def test_broken_bytes_are_dropped_and_counted_never_replaced():
    data = (SIMPLIFIED * 3).encode().replace("三地".encode(), "三".encode() + b"\xff\xff\xff", 1)
    decoded = decode(data)
    assert decoded.text == SIMPLIFIED.replace("三地", "三") + SIMPLIFIED * 2
    assert [finding.detail for finding in decoded.findings] == ["3 bytes that are no utf-8"]


def test_what_was_lost_before_is_told():
    assert codes(decode("京津\ufffd协同".encode())) == ["replacement_characters"]


@pytest.mark.parametrize(
    "text", ["a\r\nb\rc\n", "a\nb\r\r\nc\n", "\ufeffa\nb\nc\n"], ids=["mixed", "doubled", "mark"]
)
def test_line_ends_are_one_kind(text):
    assert decode(text.encode()).text == "a\nb\nc\n"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.4\n1 0 obj", "binary"),
        (b"\x89PNG\r\n\x1a\n\0\0", "binary"),
        (b"\0" * 100, "binary"),
        (bytes(range(256)) * 8, "binary"),
        ("déjà vu, café, naïve, façade".encode("latin-1"), "undecodable"),
        (b"\xff\xff\xff\xff", "undecodable"),
    ],
)
def test_what_is_no_text_has_a_reason(data, reason):
    assert decode(data).reason == reason
