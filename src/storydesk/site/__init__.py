"""The pages: server-rendered, one file a page, readable without script.

A view fetches rows and turns them into values; a function of ``present`` makes of these values what a template loops
over; the template holds no logic beyond loops. ``story`` is the page that sets the style, ``present`` is pure and
knows neither database nor settings, so that ``standalone`` can write the same story page into one file without a
desk. Every page is served under the strict content policy of ``policy``: no inline script or style, nothing loaded
from elsewhere before a click.
"""
