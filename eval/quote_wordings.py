"""Quotes across outlets, measured: wordings gathered as of one utterance, read by hand (``quotes_checked.toml``).

Of the utterances gathered now that have at least two wordings that were read, of two items, the share in which all that
were read are of one utterance.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

from eval.alignment import events, laid_out
from storydesk import language
from storydesk.compare.utterances import utterances

__all__ = ["measure"]

CHECKED = Path(__file__).with_name("quotes_checked.toml")


def measure(data: Path) -> list[tuple[str, float]]:
    """How many gathered utterances were read, and the share gathered rightly."""
    read = right = 0
    for story, gathered in tomllib.loads(CHECKED.read_text()).items():
        event = events(data)[story]
        of = {(a, b, c): (place, letter) for place, row in enumerate(gathered) for a, b, c, letter in row}
        for utterance in utterances(laid_out(event), language.encode):
            places = [(event.line[w.passage.item], w.passage.start, w.passage.end) for w in utterance.wordings]
            known = [place for place in places if place in of]
            if len({item for item, _, _ in known}) > 1:
                read += 1
                right += len({of[place] for place in known}) == 1
    return [("quotes, gathered utterances read", float(read)), ("quotes, gathered rightly", right / max(1, read))]
