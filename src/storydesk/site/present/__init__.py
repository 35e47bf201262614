"""Values to what a template loops over. Pure: no table, no setting, no clock; the served and the standalone page
share it.

``story`` joins the parts of a story page: ``told`` (the items), ``chart`` (who published when), ``voices`` (who said
what), ``sides`` (side by side), ``cards`` (in this story); ``frame`` is what they share and ``words`` how a passage
is cut and marked. ``public`` says what of it strangers are given, ``export`` what can be taken away.
"""

from storydesk.site.present.frame import Addresses, Words
from storydesk.site.present.story import Background, StoryPage, story_page

__all__ = ["Addresses", "Background", "StoryPage", "Words", "story_page"]
