"""Compare: a story's accounts to its coverage, by what stands in their words.

    layout       accounts in order of time, every sentence a line with its meaning, words and names
    closeness    how close two lines are: cosine of meaning and of words together
    statements   lines that tell the same thing, closest pairs first; told by all, some or one origin
    only         what one origin alone tells, down to the clause, as far as the rivals were read
    utterances   what one speaker said, in every wording, the words that differ marked
    differences  figures (quantities, numerals, themes), days (dates) and certainty that cannot all be exact
    central      the headline; brief: the sentences most borne out; timeline: when

Everything shown is a passage with its item, revision and offsets. Nothing is generated. Counts are of independent
origins.
"""

from storydesk.compare.story import compare

__all__ = ["compare"]
