"""The demo edition: a fictional week of news, served from the machine itself and taken through the real gather stage.

``edition`` loads what is written in ``edition/``; ``feeds`` and ``pages`` render it as outlets do, each in its own
format and layout; ``server`` serves that on 127.0.0.1; ``running`` fills a desk from it and may be killed.
"""

from storydesk.demo.edition import Edition, Outlet, Piece, Printing, Remark, State, load_edition
from storydesk.demo.server import EditionServer

__all__ = ["Edition", "EditionServer", "Outlet", "Piece", "Printing", "Remark", "State", "load_edition"]
