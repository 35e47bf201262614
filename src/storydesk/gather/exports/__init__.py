"""The comments of other systems, out of the files in which they give them away, one after the other in bounded memory.

    disqus      the XML of "Export": threads first, then posts that name theirs
    wordpress   WXR, what WordPress exports and what Disqus takes in: comments within the post
    coral       the collections ``comments``, ``stories`` and ``users`` as mongoexport writes them, files together
    isso        its database, or the JSON that it imports: threads with their comments

What cannot be read is named (:class:`Damage`), and the rest is read. Nothing is fetched, no entity is resolved.
"""

from storydesk.gather.exports.exported import Damage, Exported, Standing
from storydesk.gather.exports.order import parents_first
from storydesk.gather.exports.reading import FORMATS, Format, format_of, read

__all__ = ["FORMATS", "Damage", "Exported", "Format", "Standing", "format_of", "parents_first", "read"]
