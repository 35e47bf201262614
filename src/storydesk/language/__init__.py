"""The models of language that several stages share: which language, syntax, meaning. Loaded when first used.

They arrive with packages (``docs/decisions/0004-models.md``); nothing is downloaded at run time.
"""

from storydesk.language.detection import detect, guess
from storydesk.language.foreign import namer
from storydesk.language.syntax import is_stop_word, parse, sentences
from storydesk.language.vectors import Encoder, Remembered, encode

__all__ = ["Encoder", "Remembered", "detect", "encode", "guess", "is_stop_word", "namer", "parse", "sentences"]
