"""What is compiled at the installation is what stands in the source, and gives what the source gives when it is run."""

from __future__ import annotations

import importlib.machinery
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import NamedTemporaryFile

import pytest

from storydesk.demo.edition import Printing, load_edition
from storydesk.demo.pages import item_page
from storydesk.errors import NotAFeed, UnreadableFile
from storydesk.gather import elements, parse_feed
from storydesk.gather.warc import Archive
from storydesk.read import read_document
from tests.gather.archives import FORMS, crawl, http, record

NOW = datetime(2030, 1, 1, tzinfo=UTC)
ROOT = Path(__file__).parent.parent
COMPILED = [ROOT / path for path in re.findall(r"src/[a-z_/]+\.pyx?", (ROOT / "setup.py").read_text("utf-8"))]


@pytest.mark.parametrize("source", COMPILED, ids=lambda path: path.stem)
def test_what_is_compiled_is_not_older_than_its_source(source: Path) -> None:
    suffix = importlib.machinery.EXTENSION_SUFFIXES[0]
    compiled = source.with_name(source.stem + suffix)
    if not compiled.exists():
        pytest.skip("not compiled: there was no C compiler when Storydesk was installed")
    written = [file for file in (source, source.with_suffix(".pxd")) if file.exists()]
    changed = max(file.stat().st_mtime for file in written)
    assert compiled.stat().st_mtime >= changed, "run `make install`: the source was changed since"


INTERPRETED = """
import sys
from importlib.machinery import SOURCE_SUFFIXES, FileFinder, SourceFileLoader

class Sources:
    def find_spec(name, path=None, target=None):
        if name.startswith("storydesk."):
            if found := FileFinder(path[0], (SourceFileLoader, SOURCE_SUFFIXES)).find_spec(name):
                return found
            raise ModuleNotFoundError(name)

sys.meta_path.insert(0, Sources)
from tests import test_compiled
assert test_compiled.elements.__file__.endswith(".py")
print(test_compiled.as_read())
"""
"""The same, by the sources below storydesk alone."""

URL = "https://quay.example/feed.xml"
RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/">
 <channel><title>The Quay</title><link>https://quay.example/</link><language>en-gb</language>%s</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr" xml:base="/news/"><title>Le Quai</title>%s</feed>"""
MARKUP = (
    "The <b>ferry</b> is  back.<br/>At last &amp; for good: 3 < 4 > 2, </ p>, <3>, <P class='a'>caf\u00e9\u00a0"
    "\u2003noir</P\n> &#8217;"
    "<script>if (1 < 2) { }</script><a title='a < b' href=x>one</a><!-- <p>two</p> --><sty",
    "<a/b>, <ul\t><li>three<LI>four</ul> <",
)
TIMES = (
    *(
        "Mon, 02 Mar 2026 08:15:00 +0100",
        "Mon, 02 Mar 2026 08:15:00 GMT",
        "Mon, 32 Mar 2026 08:15:00 GMT",
        "2026-03-02T08:15:00Z",
    ),
    *(
        "Lun, 02 Mar 2026 08:15:00 +0100",
        "Mon, 2 March 26 8:15 PST",
        "\u6708\u66dc, 02 Mar 2026 08:15:00 GMT",
        "1.3, 02 Mar 2026 08:15:00 GMT",
    ),
    *(
        "Mon, 02 Mar 2026 24:00:00 +0000",
        "Mon Mar  2 08:15:00 2026",
        "Mon, 02 Mar 2026 08-15-00 GMT",
        "Mon, 02 Mar 2026 08:15:00 .5000",
        "yesterday",
        "2026-03",
    ),
)
DOCUMENTS = [
    *(RSS % f"<item><guid>q-{at}</guid><pubDate>{time}</pubDate></item>" for at, time in enumerate(TIMES)),
    *(
        RSS % f"<item><title><![CDATA[{text}]]></title><description><![CDATA[{text}]]></description></item>"
        for text in MARKUP
    ),
    RSS
    % "<item><dc:creator>Ines</dc:creator><dc:creator>Ole</dc:creator><guid>q\u0096</guid><media:group><media:content"
    " url='/a.jpg' medium='image'/></media:group><content:encoded>&lt;p&gt;Long.&lt;/p&gt;</content:encoded></item>",
    ATOM % "<entry xml:lang='de'><title type='xhtml'><div>Im <em a='&lt;'>Hafen</em><br/></div></title><link href='a'/>"
    "<author><name>O. Kai</name><uri>/kai</uri></author><updated>2026-03-02T08:15:00Z</updated></entry>"
    "<entry><id>x</id></entry>",
    RSS % "<item><title>Fish & chips</title><link>https://quay.example/fish</link></item><item><title>Open",
    RSS % ("<item><title>caf\u00e9\u0096</title><description>" + "Word\u2019s end. " * 2_000 + "</description></item>"),
    RSS % ("<item><description><![CDATA[" + "<p>A word</p> " * 2_000 + "\u00c2\u0085]]></description></item>"),
    RSS % "<item><title>Fish&nbsp;&amp;&#x96;&unknown;chips</title></item>",
    "<!DOCTYPE rss [<!ENTITY fish 'Cod'>]>" + RSS.partition("?>")[2] % "<item><title>&fish;</title></item>",
    RSS % "<item><title>One</title></item>" + "<p>after</p>",
    "<p>No feed</p>",
]


def pages() -> list[str]:
    """A page of each outlet of the demo edition, and some that no outlet would print."""
    edition = load_edition()
    printing = Printing(edition, "https://quay.example")
    of_outlets = {piece.source: piece for piece in edition.pieces}
    odd = (
        "<p>",
        "<h1>Ferry</h1><p>" + "Öl — “Ägäis” ² ٣ 中文。" * 40,
        "<div><div>" * 300 + "<b>deep</b>" + "<p>low" * 90,
    )
    return [*(item_page(piece, printing) for piece in of_outlets.values()), *odd]


ARCHIVE = [
    *crawl(2),
    record("response", http(b"<p>x</p>" * 20_000), Content_Type=None, warc_TYPE="Response"),
    record("response", http(b"", "X-Note: \u00e9", "Content-Type: text/html;\r\n  charset=utf-8"), "WARC/1.1"),
    record("resource", b"Notes", WARC_Target_URI="https://quay.example/\u00e4"),
    record("response", http(b"<p>cut</p>"), Content_Length="9"),
    *crawl(1),
]


def archives() -> Iterator[bytes]:
    """An archive as it may be packed, whole, with some bytes of it changed, and without its end."""
    for pack in FORMS.values():
        data = pack(ARCHIVE)
        yield data
        for at in range(40, len(data) // 2, len(data) // 9):
            yield data[:at] + bytes(byte ^ 0x5A for byte in data[at : at + 7]) + data[at + 7 :]
        yield data[:-30]


def units(data: bytes) -> Iterator[object]:
    """The records and the damage of an archive, read both ways."""
    with NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        for verify in (False, True):
            try:
                with Archive(file.name, verify=verify) as archive:
                    yield from archive
            except UnreadableFile as error:
                yield error


def as_read() -> str:
    """What is read of each document, whatever it is read by."""
    found: list[object] = []
    for document in DOCUMENTS:
        try:
            found.append(parse_feed(document.encode(), URL))
        except NotAFeed as error:
            found.append(error)
    for page in pages():
        try:
            found.append(read_document(page.encode(), now=NOW, content_type="text/html"))
        except UnreadableFile as error:
            found.append(error)
    for data in archives():
        found.extend(units(data))
    return ascii(found)


def test_what_is_compiled_reads_what_the_source_reads() -> None:
    if elements.__file__.endswith(".py"):
        pytest.skip("not compiled: there was no C compiler when Storydesk was installed")
    path = os.pathsep.join([str(ROOT), *sys.path])
    done = subprocess.run(
        [sys.executable, "-c", INTERPRETED],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": path},
    )
    assert done.stdout.strip() == as_read()
