"""Compare: a story's accounts to its coverage, by what stands in their words.

    analysis     what one account alone holds, worked out once: its lines with their words and names, what is said in it
    outlets      the name to show for who published an item
    layout       analyses in order of time, every line with its meaning, the weight of each word in this story
    closeness    how likely two lines tell in part the same, by meaning and words; nearest: the closest of each account
    statements   lines that tell the same thing, closest pairs first; told by all, some or one origin
    only         what one origin alone tells, down to the clause, as far as the rivals were read
    utterances   what one speaker said, in every wording: words that differ, quotes cut short or joined
    differences  what cannot all be exact, where it is told of one thing (frames): figures (tallies; quantities,
                 numerals, forms, themes), days (occasions; dates, spells), places and people (named), blame, certainty
    central      the headline; brief: the sentences most borne out, marked where contested;
                 timeline: when

What depends on one text alone is remembered, by account (:class:`Analyses`, ``once``) or by sentence. What depends on
pairs is worked out anew, since a word weighs what it is rare in the story: in arrays where all pairs are asked for,
reprints once, else of those alone that have a word in common and can differ. So a story that grows by an item costs
that item's texts and a part of a second, and comes out as if compared anew.

Everything shown is a passage with its item, revision and offsets. Nothing is generated. Counts are of independent
origins.
"""

from storydesk.compare.analysis import Analyses
from storydesk.compare.contested import contested
from storydesk.compare.outlets import file_names
from storydesk.compare.story import compare, prepare

__all__ = ["Analyses", "compare", "contested", "file_names", "prepare"]
