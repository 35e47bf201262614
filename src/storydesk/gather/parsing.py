"""An XML feed to its elements: by expat where it is well-formed, mended where it nearly is, and by lxml's recovering
parser where nothing else helps."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from html.entities import html5
from xml.parsers import expat

from lxml import etree

from storydesk.gather.elements import Builder, Enough
from storydesk.gather.encoding import surely_utf8
from storydesk.gather.mend import mend

try:
    from storydesk.gather import events
except ImportError:  # not compiled
    events = None  # type: ignore[assignment]

__all__ = ["parse"]

LONGEST_ENTITY = 100
"""Characters that an entity of the document's own may stand for; it may hold no other."""

BUFFER = 2**14

NO_MEMORY = expat.errors.codes[expat.errors.XML_ERROR_NO_MEMORY]
JUNK_AFTER_DOC_ELEMENT = expat.errors.codes[expat.errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT]


def parse(data: bytes, url: str, most: int, asked: frozenset[str], charset: str) -> Builder:
    """The elements of a document, as far as they can be read: those ``asked`` for, and at most ``most`` entries.

    It is in UTF-8, or at least says so; ``url`` is where it was fetched from, ``charset`` what else it may be in.
    """
    fresh = partial(Builder, url, most, asked)
    builder, whole = _read(data, fresh)
    for better in (lambda data: surely_utf8(data, charset), mend):
        if not whole and (found := better(data)) != data:
            data = found
            builder, whole = _read(data, fresh)
    if whole:
        return builder
    recovered = _recovered(data, fresh())
    return recovered if len(recovered.entries) >= len(builder.entries) else builder


def _read(data: bytes, fresh: Callable[[], Builder]) -> tuple[Builder, bool]:
    """A builder that has had the document as far as it is well-formed, and whether that is the whole of it."""
    builder = fresh()
    if events is not None:
        try:
            return builder, events.tell(data, builder)
        except Enough:
            return builder, True
        except events.Declares:
            builder = fresh()
    return builder, _well_formed(data, builder)


def _well_formed(data: bytes, builder: Builder) -> bool:
    """Whether ``builder`` has had the whole document."""
    parser = expat.ParserCreate("utf-8", " ")
    parser.buffer_text = True
    parser.buffer_size = BUFFER
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.data
    parser.EntityDeclHandler = _check_entity
    parser.SkippedEntityHandler = lambda name, _: builder.data(html5.get(f"{name};", f"&{name};"))
    parser.UseForeignDTD(True)  # so that HTML's entities are skipped, not errors
    try:
        parser.Parse(data, True)
    except Enough:
        return True
    except expat.ExpatError as error:
        if error.code == NO_MEMORY:
            raise MemoryError from error
        return error.code == JUNK_AFTER_DOC_ELEMENT and bool(builder.entries)
    except _Unsafe:
        return False
    return True


class _Unsafe(Exception):
    pass


def _check_entity(_name: str, is_parameter: bool, value: str | None, *_: object) -> None:
    """Lets through what stands for a few characters; refuses files and bombs."""
    if is_parameter or value is None or "&" in value or len(value) > LONGEST_ENTITY:
        raise _Unsafe


def _recovered(data: bytes, builder: Builder) -> Builder:
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    with suppress(Enough, etree.LxmlError, ValueError):
        root = etree.fromstring(data, parser)
        if root is not None:
            _tell(root, builder)
    return builder


def _tell(root: etree._Element, builder: Builder) -> None:
    """A tree to ``builder``, as expat would have told it."""
    for event, node in etree.iterwalk(root, events=("start", "end")):
        begins, named = event == "start", isinstance(node.tag, str)  # an entity that is not resolved has no name
        if named and begins:
            builder.start(_spaced(str(node.tag)), {_spaced(str(key)): str(value) for key, value in node.attrib.items()})
        elif named:
            builder.end(_spaced(str(node.tag)))
        if text := node.text if begins else node.tail:
            builder.data(text)


def _spaced(name: str) -> str:
    """lxml's "{namespace}name" as expat's "namespace name"."""
    return name[1:].replace("}", " ", 1) if name.startswith("{") else name
