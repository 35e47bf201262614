"""Addresses that open an outlet's page at the words."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storydesk.site.fragment import link_to_words, safe_address, text_directive


@pytest.mark.parametrize(
    ("words", "directive"),
    [
        ("no secret", ":~:text=no%20secret"),
        ("a well-known, if small, risk & more", ":~:text=a%20well%2Dknown%2C%20if%20small%2C%20risk%20%26%20more"),
        ("Tromsø’s", ":~:text=Troms%C3%B8%E2%80%99s"),
        ("one\ntwo three", ":~:text=one,two%20three"),
        (" ".join("abcdefghijkl"), ":~:text=a%20b%20c%20d,i%20j%20k%20l"),
        ("  \n ", ""),
    ],
)
def test_a_directive(words: str, directive: str) -> None:
    assert text_directive(words) == directive


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://a.example/x?y=1", "https://a.example/x?y=1#:~:text=words"),
        ("https://a.example/x#part", "https://a.example/x#part:~:text=words"),
        ("https://a.example/x#:~:text=other", "https://a.example/x#:~:text=words"),
        ("https://a.example/x#part:~:text=other", "https://a.example/x#part:~:text=words"),
        ("javascript:alert(1)", ""),
        (None, ""),
    ],
)
def test_a_link(url: str | None, link: str) -> None:
    assert link_to_words(url, "words") == link


@pytest.mark.parametrize(
    "url",
    [
        "javascript:x",
        "data:text/html,x",
        "//a.example",
        "/x",
        "ftp://a.example",
        "https:",
        "http://[",
        " ",
        "vbscript:x",
        "java\nscript:x",
    ],
)
def test_what_is_no_web_address_is_none(url: str) -> None:
    assert safe_address(url) == ""


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_a_directive_says_the_words_and_only_its_own_comma(words: str) -> None:
    directive = text_directive(words)
    if not words.split():
        assert directive == ""
        return
    said = directive.removeprefix(":~:text=")
    assert not set(said) & set("-& \n#")
    parts = [unquote(part).split() for part in said.split(",")]
    assert len(parts) <= 2
    spoken = words.split()
    assert parts[0] == spoken[: len(parts[0])]
    assert parts[-1] == spoken[-len(parts[-1]) :]
