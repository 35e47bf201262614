"""A story in the terminal: every account side by side, at any width, in light and dark, and as plain text when piped.

What differs is underlined; where the output has no styles it stands between underscores instead. Nothing is told by
colour alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from storydesk.coverage import Coverage, CoveredItem, Difference, Moment, Passage, Point, Utterance, Wording
from storydesk.model import Account, Card, Span

__all__ = ["show"]

CONTROLS = dict.fromkeys((*range(32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A)), " ")
"""Control characters and changes of direction in somebody else's words could steer the reader's terminal: each
becomes a space, so that offsets hold."""

COLUMN = 34
"""The narrowest column in which sentences read well; with less a cell, the accounts stand below each other."""

LABEL = 24
"""The widest that an outlet's name may be beside what it wrote."""

FEW_ITEMS = 3
MOST_ONLY = 10
"""Lines of one outlet under "Only here" in a story of more than a few items; the rest is counted, ``--json`` has it."""

MOST_PEOPLE = 40
FACTS = 4


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What every section needs: the story, its accounts by item, the outlets' names, and whether there are styles."""

    coverage: Coverage
    accounts: dict[str, Account]
    items: dict[str, CoveredItem]
    width: int
    styled: bool

    def outlet(self, passage: Passage) -> str:
        return _clean(self.items[passage.item].source)


def show(coverage: Coverage, accounts: Sequence[Account], console: Console) -> None:
    """Print one story, section by section; a section with nothing in it is left out."""
    accounts_by = {told.item.id: told for told in accounts}
    items = {item.id: item for item in coverage.items}
    sheet = _Sheet(coverage, accounts_by, items, console.width, console.is_terminal)
    console.print(_head(sheet))
    sections = (
        ("Accounts", _accounts(sheet)),
        ("In brief", _brief(sheet)),
        ("Who said what", _who_said_what(sheet)),
        ("Side by side", _side_by_side(sheet)),
        ("Only here", _only_here(sheet)),
        ("Timeline", _timeline(sheet)),
        ("In this story", _in_this_story(sheet)),
    )
    for title, parts in sections:
        shown = list(parts)
        if shown:
            console.print()
            console.print(Text(title.upper(), style="bold"))
            for part in shown:
                console.print(Padding(part, (0, 0, 0, 2)))
    console.print()


# ------------------------------------------------------------------------------------------------ words


def _clean(text: str) -> str:
    return text.translate(CONTROLS)


def _words(sheet: _Sheet, passage: Passage, marks: Iterable[Span] = ()) -> Text:
    """The words of a passage, the spans of ``marks`` (offsets into its text) underlined or between underscores."""
    clean = _clean(passage.text)
    text = Text()
    at = 0
    for mark in sorted(marks):
        text.append(clean[at : mark.start])
        marked = clean[mark.start : mark.end]
        text.append(*((marked, "bold underline") if sheet.styled else (f"_{marked}_", "")))
        at = mark.end
    text.append(clean[at:])
    return text


def _time(at: datetime | None) -> str:
    return f"{at:%-d %b %Y, %H:%M %Z}" if at else "no date found"


def _count(number: int, one: str, several: str = "") -> str:
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def _rows(width: int = LABEL) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(max_width=width, overflow="fold")
    table.add_column(ratio=1)
    return table


# ------------------------------------------------------------------------------------------------ sections


def _head(sheet: _Sheet) -> RenderableType:
    story = sheet.coverage
    figures = [
        _count(len(story.items), "item"),
        _count(len(story.outlets), "outlet"),
        _count(len(story.origins), "independent origin"),
        ", ".join(story.languages),
    ]
    lines = [Text("━" * sheet.width, style="bold"), Text(_clean(story.headline), style="bold")]
    lines.append(Text(" · ".join(figure for figure in figures if figure)))
    if story.first_seen and story.last_changed:
        last = f" · last changed {_time(story.last_changed)}" if story.last_changed != story.first_seen else ""
        lines.append(Text(f"first seen {_time(story.first_seen)}{last}"))
    return Group(*lines)


def _accounts(sheet: _Sheet) -> Iterable[RenderableType]:
    for item in sheet.coverage.items:
        table = _rows()
        facts = [_time(item.published), f"{_count(item.words, 'word')} read"]
        facts += ["not the whole piece"] if item.partial else []
        facts += ["video"] if item.video else []
        table.add_row(Text(_clean(item.source), style="bold"), Text(_clean(item.title) or "(no title)"))
        table.add_row("", Text(" · ".join(facts), style="dim"))
        told = sheet.accounts.get(item.id)
        where = item.url or (told.item.path if told else None)
        if where:
            table.add_row("", Text(_clean(where), style="dim", overflow="fold"))
        if told and told.item.comments:
            comments = _count(len(told.item.comments), "reader comment")
            table.add_row("", Text(f"{comments} found in the page, kept apart, not shown"))
        yield table
    shared = [origin for origin in sheet.coverage.origins if len(origin.items) > 1]
    for origin in shared:
        outlets = ", ".join(_clean(sheet.items[item].source) for item in origin.items if item in sheet.items)
        yield Text(f"One origin: {outlets}" + (f" ({_clean(origin.why)})" if origin.why else ""))


def _brief(sheet: _Sheet) -> Iterable[RenderableType]:
    every = len(sheet.coverage.origins)
    for point in sheet.coverage.brief:
        told = f", told by {len(point.origins)} of {every} origins" if every > 1 else ""
        line = Text("• ") + _words(sheet, point.passage)
        yield line.append(f"  [{sheet.outlet(point.passage)}{told}]", "dim")
        for place in point.contested:
            yield _elsewhere(sheet, point, sheet.coverage.differences[place])


def _elsewhere(sheet: _Sheet, point: Point, difference: Difference) -> Text:
    """What other accounts say instead of what the point says."""
    others = [side for side in difference.sides if side.passage.item != point.passage.item]
    said = "; ".join(f"{sheet.outlet(side.passage)}: {_clean(side.passage.text)}" for side in others)
    kind = "newer or older elsewhere" if difference.update else "told otherwise elsewhere"
    return Text(f"  ≠ {kind} ({_clean(difference.about)}): {said}", "dim")


def _who_said_what(sheet: _Sheet) -> Iterable[RenderableType]:
    by_speaker: dict[tuple[str, str | None], list[Utterance]] = {}
    for utterance in sheet.coverage.utterances:
        by_speaker.setdefault((utterance.speaker, utterance.entity), []).append(utterance)
    if any(wording.marks for utterance in sheet.coverage.utterances for wording in utterance.wordings):
        how = "underlined" if sheet.styled else "between _underscores_"
        yield Text(f"Words that differ from the fullest wording are {how}.", style="dim")
    for (speaker, _), utterances in by_speaker.items():
        shown = [utterance for utterance in utterances if _is_shown(utterance)]
        if shown:
            yield Text(_clean(speaker), style="bold")
        for utterance in shown:
            table = _rows()
            for wording in utterance.wordings:
                table.add_row(Text(sheet.outlet(wording.passage)), _wording(sheet, wording))
            yield Padding(table, (0, 0, 1, 2))


def _is_shown(utterance: Utterance) -> bool:
    """All but what one outlet alone reports, in its own words, of a speaker unknown to us (``--json`` has it)."""
    several = len(utterance.wordings) > 1 or utterance.entity is not None
    return several or any(wording.verbatim or wording.through for wording in utterance.wordings)


def _wording(sheet: _Sheet, wording: Wording) -> Text:
    """Quotation marks stand only around what stands between them in the source."""
    words = _words(sheet, wording.passage, wording.marks if wording.verbatim else ())
    text = Text("“") + words + Text("”") if wording.verbatim else Text("reported: ", style="italic") + words
    if note := EXTENTS.get(wording.extent):
        text.append(f"  {note}", "italic")
    return text.append(f"  through {_clean(wording.through)}", "italic") if wording.through else text


EXTENTS = {"part": "(cut short)", "joined": "(joins what others quote apart)"}


def _side_by_side(sheet: _Sheet) -> Iterable[RenderableType]:
    story = sheet.coverage
    marks = _marks(story.differences)
    rows: list[_Row] = []
    for statement in story.statements:
        if len(statement.cells) > 1 and (statement.told_by != "one" or len(story.origins) == 1):
            told = "all" if statement.told_by == "all" else f"{len(statement.origins)} of {len(story.origins)}"
            cells = [(cell, marks.get((cell.item, cell.start), [])) for cell in statement.cells]
            rows.append((told, [(sheet.outlet(cell), _words(sheet, cell, spans)) for cell, spans in cells]))
    outlets = list(dict.fromkeys(name for _, cells in rows for name, _ in cells))
    if rows:
        across = (sheet.width - 10) // len(outlets) >= COLUMN
        yield _across(rows, outlets) if across else _down(rows)
    for difference in story.differences:
        yield _difference(sheet, difference)


_Row = tuple[str, list[tuple[str, Text]]]
"""A statement as it is shown: who tells it, and what each outlet says."""


def _across(rows: Sequence[_Row], outlets: Sequence[str]) -> Table:
    table = Table(show_lines=True, expand=True)
    table.add_column("told by")
    for outlet in outlets:
        table.add_column(Text(outlet), ratio=1, overflow="fold")
    for told, cells in rows:
        by_outlet = [Text("\n\n").join(words for name, words in cells if name == outlet) for outlet in outlets]
        table.add_row(told, *(words or Text("–") for words in by_outlet))
    return table


def _down(rows: Sequence[_Row]) -> Table:
    table = _rows()
    for told, cells in rows:
        table.add_row(Text(f"told by {told}", style="dim"))
        for name, words in cells:
            table.add_row(Text(name), words)
        table.add_row()
    return table


def _marks(differences: Iterable[Difference]) -> dict[tuple[str, int], list[Span]]:
    """Where the differing words stand in each statement, by item and start of the statement."""
    marks: dict[tuple[str, int], list[Span]] = {}
    for difference in differences:
        for side in difference.sides:
            start = side.context.start
            span = Span(side.passage.start - start, side.passage.end - start)
            spans = marks.setdefault((side.context.item, start), [])
            if not any(span.overlaps(other) for other in spans):
                spans.append(span)
    return marks


def _difference(sheet: _Sheet, difference: Difference) -> Text:
    kind = "Newer figure" if difference.update else f"Differing {difference.kind}"
    text = Text(f"≠ {kind} ({_clean(difference.about)}): ", style="bold")
    sides = [f"{sheet.outlet(side.passage)}: {_clean(side.passage.text)}" for side in difference.sides]
    return text.append(" / ".join(sides), "not bold")


def _only_here(sheet: _Sheet) -> Iterable[RenderableType]:
    story = sheet.coverage
    if len(story.origins) < 2:
        return
    alone = [row.cells for row in story.statements if row.told_by == "one"]
    place = {item.id: index for index, item in enumerate(story.items)}
    most = None if len(story.items) <= FEW_ITEMS else MOST_ONLY
    alone.sort(key=lambda cells: place[cells[0].item])
    for item, rows in groupby(alone, key=lambda cells: cells[0].item):
        lines = list(rows)
        yield Text(_clean(sheet.items[item].source), style="bold")
        yield Text(f"not found in what was read of {_rivals(sheet, item)}", style="dim")
        for first, *reprints in lines[:most]:
            also = f"  [also {', '.join(map(sheet.outlet, reprints))}]" if reprints else ""
            yield Text("  • ") + _part(sheet, first) + Text(also, style="dim")
        if most and len(lines) > most:
            yield Text(f"  and {len(lines) - most} more", style="dim")


def _rivals(sheet: _Sheet, item: str) -> str:
    origin = sheet.items[item].origin
    rivals = [other for other in sheet.coverage.items if other.origin != origin]
    read = [
        f"{_clean(rival.source)} ({_count(rival.words, 'word')}{', not the whole piece' if rival.partial else ''})"
        for rival in rivals[:FEW_ITEMS]
    ]
    more = len(rivals) - len(read)
    words = sum(rival.words for rival in rivals[len(read) :])
    return ", ".join(read) + (f" and {more} more ({_count(words, 'word')})" if more else "")


def _part(sheet: _Sheet, cell: Passage) -> Text:
    """A clause with dots where its sentence goes on."""
    told = sheet.accounts.get(cell.item)
    around = next((s for s in told.sentences if s.start <= cell.start and cell.end <= s.end), None) if told else None
    text = _words(sheet, cell)
    if around and around.start < cell.start:
        text = Text("… ") + text
    return text.append(" …") if around and cell.end < around.end - 1 else text


def _timeline(sheet: _Sheet) -> Iterable[RenderableType]:
    if len(sheet.coverage.timeline) < 2:
        return
    table = _rows()
    for moment in sheet.coverage.timeline:
        table.add_row(_moment_time(moment), _moment(sheet, moment))
    yield table


def _moment_time(moment: Moment) -> str:
    return f"{moment.at:%-d %b %Y}" if moment.what == "stated" else _time(moment.at)


def _moment(sheet: _Sheet, moment: Moment) -> Text:
    outlet = _clean(sheet.items[moment.item].source)
    if moment.passage is None:
        return Text(f"{moment.what} by {outlet}")
    return _words(sheet, moment.passage).append(f"  [{outlet}]", "dim")


def _in_this_story(sheet: _Sheet) -> Iterable[RenderableType]:
    cards = sorted(sheet.coverage.cards, key=lambda card: card.entity.name.casefold())
    for card in cards:
        yield Text.assemble((_clean(card.entity.name), "bold"), f"  {_clean(card.entity.description)}")
        facts = _facts(card)
        if facts:
            yield Padding(Text(facts), (0, 0, 0, 2))
    people = _people_without_card(sheet)
    if people:
        names = ", ".join(people[:MOST_PEOPLE]) + (" …" if len(people) > MOST_PEOPLE else "")
        yield Text.assemble(("\n" if cards else "") + "Also named: ", names)


def _facts(card: Card) -> str:
    lines = [
        f"{fact.label}: {fact.value}" + (f" ({fact.date})" if fact.date else "")
        for fact in card.entity.facts
        if fact.value not in card.entity.description
    ][:FACTS]
    return _clean(" · ".join(lines))


def _people_without_card(sheet: _Sheet) -> list[str]:
    shown = {card.entity.id for card in sheet.coverage.cards}
    people = {
        _clean(mention.name)
        for told in sheet.accounts.values()
        for mention in told.mentions
        if mention.type == "person" and (mention.entity is None or mention.entity not in shown)
    }
    return sorted(people, key=str.casefold)
