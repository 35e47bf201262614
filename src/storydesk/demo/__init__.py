"""The demo edition: a fictional week of news, served from the machine itself and taken through the real gather stage.

``edition`` loads what is written in ``edition/``; ``feeds`` and ``pages`` render it as outlets do, each in its own
format and layout; ``server`` serves that on 127.0.0.1; ``running`` fills a desk from it, in steps that may be killed and
repeated.
"""

from storydesk.demo.edition import Edition, Outlet, Piece, Printing, Remark, State, load_edition

__all__ = ["Edition", "Outlet", "Piece", "Printing", "Remark", "State", "load_edition"]
