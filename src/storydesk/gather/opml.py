"""OPML 2.0 (http://opml.org/spec2.opml): the lists of feeds that readers exchange, and in a namespace of our own what
a desk knows of each feed's outlet, so that another desk may take it over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from storydesk.errors import UnreadableFile
from storydesk.gather.discover import FeedLink
from storydesk.gather.parsed import absolute

__all__ = ["read_opml", "write_opml"]

OURS = "urn:storydesk:outlet"
OUTLET = ("name", "kind", "profile", "country", "language", "owner")
"""Fields of :class:`~storydesk.model.Source` that are passed on."""

HINT = "export the list again from the reader it comes from, as OPML"


def read_opml(data: bytes) -> tuple[FeedLink, ...]:
    """The feeds of a list in its order, each once, with the folders they are nested in.

    Raises UnreadableFile where it is no OPML or lists no feed.
    """
    root = (
        etree.fromstring(data, etree.XMLParser(recover=True, resolve_entities=False, no_network=True)) if data else None
    )
    if root is None or str(root.tag).lower() != "opml":
        raise UnreadableFile("is not an OPML file", HINT)
    body = root.find("body")
    once: dict[str, FeedLink] = {}
    for link in _links(root if body is None else body, ()):
        once.setdefault(link.url, link)
    if not once:
        raise UnreadableFile("is an OPML file, but lists no feed", HINT)
    return tuple(once.values())


def _links(parent: etree._Element, folder: tuple[str, ...]) -> Iterator[FeedLink]:
    for outline in parent.iterchildren("outline"):
        says = {str(name).lower(): str(value).strip() for name, value in outline.attrib.items()}
        title = says.get("title") or says.get("text") or ""
        if url := absolute(says.get("xmlurl"), ""):
            outlet = tuple((field, value) for field in OUTLET if (value := says.get(f"{{{OURS}}}{field}")))
            yield FeedLink(url, title, absolute(says.get("htmlurl"), url), folder, outlet)
        yield from _links(outline, (*folder, title) if title and not url else folder)


def write_opml(links: Iterable[FeedLink], title: str) -> bytes:
    """A list of feeds as OPML, nested in their folders; what :func:`read_opml` gives back."""
    root = etree.Element("opml", {"version": "2.0"}, nsmap={"storydesk": OURS})
    etree.SubElement(etree.SubElement(root, "head"), "title").text = title
    folders: dict[tuple[str, ...], etree._Element] = {(): etree.SubElement(root, "body")}
    for link in links:
        outline = etree.SubElement(_folder(folders, link.folder), "outline", type="rss", xmlUrl=link.url)
        outline.set("text", link.title or link.url)
        if link.home:
            outline.set("htmlUrl", link.home)
        for field, value in link.outlet:
            outline.set(f"{{{OURS}}}{field}", value)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _folder(folders: dict[tuple[str, ...], etree._Element], path: tuple[str, ...]) -> etree._Element:
    if path not in folders:
        folders[path] = etree.SubElement(_folder(folders, path[:-1]), "outline", text=path[-1])
    return folders[path]
