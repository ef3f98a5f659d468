"""Short articles of our own, as many as a test needs."""

import gzip
import json
import zipfile

ARTICLE = "---\ntitle: 疏解第{0}批\ndate: 2020-01-01\n---\n\n2019年，北京疏解企业{0}家。\n"


def write_articles(folder, numbers, text=ARTICLE):
    """A file for each number, each of them another article."""
    folder.mkdir(exist_ok=True)
    for number in numbers:
        (folder / f"{number:04d}.md").write_text(text.format(number + 3), "utf-8")
    return folder


def pack_articles(file, count):
    """The first `count` of them in one container, of the kind that its name tells."""
    texts = [ARTICLE.format(number + 3) for number in range(count)]
    if file.suffix == ".zip":
        with zipfile.ZipFile(file, "w") as archive:
            for number, text in enumerate(texts):
                archive.writestr(f"{number:04d}.md", text)
        return
    lines = "".join(json.dumps({"text": text}) + "\n" for text in texts).encode()
    file.write_bytes(gzip.compress(lines) if file.suffix == ".gz" else lines)
