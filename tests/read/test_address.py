"""One spelling for an address."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storydesk.read.address import absolute, host, normalise, path_parts, same_site


@pytest.mark.parametrize(
    ("given_address", "expected"),
    [
        ("HTTPS://News.Example.org:443/a?b=1#top", "https://news.example.org/a?b=1"),
        ("https://example.org/a?utm_source=x&id=7&utm_medium=y", "https://example.org/a?id=7"),
        ("https://example.org/a?fbclid=abc", "https://example.org/a"),
        ("https://example.org", "https://example.org/"),
        ("http://example.org:8080/a", "http://example.org:8080/a"),
        ("https://example.org/a?q=a%20b&empty=", "https://example.org/a?q=a%20b&empty="),
        ("mailto:desk@example.org", "mailto:desk@example.org"),
        ("http://[::1/", "http://[::1/"),
    ],
)
def test_normalise(given_address: str, expected: str) -> None:
    assert normalise(given_address) == expected


@given(
    st.one_of(
        st.text(max_size=60),
        st.from_regex(r"https?://[a-z]{1,8}\.example(:[0-9]{1,5})?(/[a-z#?&=;%_]{0,20})?", fullmatch=True),
    )
)
def test_normalising_twice_changes_nothing(address: str) -> None:
    assert normalise(normalise(address)) == normalise(address)


def test_absolute() -> None:
    assert absolute("/b", "https://example.org/a") == "https://example.org/b"
    assert absolute("//cdn.example.org/i.png", "https://example.org/a") == "https://cdn.example.org/i.png"
    assert absolute("javascript:alert(1)", "https://example.org/") is None
    assert absolute("/b", None) is None


def test_sites() -> None:
    assert host("https://www.example.org/a") == "example.org"
    assert host(None) is None
    assert same_site("https://m.example.org/a", "https://www.example.org/b")
    assert not same_site("https://example.org/a", "https://notexample.org/a")


@pytest.mark.parametrize(
    ("address", "parts"),
    [
        ("https://t.example/water/crack-found.html?page=2#top", ["water", "crack-found.html"]),
        ("https://t.example//s%C3%A9isme/", ["séisme"]),
        ("https://t.example", []),
        ("http://[::1/a", []),
        (None, []),
    ],
)
def test_the_parts_of_a_path(address: str | None, parts: list[str]) -> None:
    assert path_parts(address) == parts
