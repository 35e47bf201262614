"""The outlines of the world's countries, for small maps: Natural Earth's at 1:110 million, in the public domain."""

from storydesk.site.outlines.read import Outline, outlines

__all__ = ["Outline", "outlines"]
