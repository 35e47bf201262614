"""When two addresses are one piece: laws of the keys."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storydesk.desk.identity import address_key, alike, entry_key, lies_in_feed, piece_key
from storydesk.model import Entry

WORD = st.from_regex(r"[a-z][a-z0-9-]{0,8}[a-z]", fullmatch=True).filter(lambda word: "amp" not in word)
HOSTS = st.builds("{}.example".format, WORD.filter(lambda word: word not in ("mobile", "www")))
PATHS = st.lists(WORD, min_size=1, max_size=4).map("/".join)
QUERIES = st.sampled_from(["", "?id=7", "?id=7&page=2"])


@given(HOSTS, PATHS, QUERIES)
def test_the_addresses_of_one_piece_have_one_key(host: str, path: str, query: str) -> None:
    plain, joined = f"https://{host}/{path}{query}", "&" if query else "?"
    same = [
        f"http://{host}/{path}{query}",
        f"https://www.{host}/{path}{query}",
        f"https://m.{host}/{path}{query}",
        f"https://amp.{host}/{path}{query}",
        f"https://{host.upper()}/{path}/{query}",
        f"https://{host}:443/{path}{query}",
        f"https://{host}/{path}/amp{query}",
        f"https://{host}/amp/{path}{query}",
        f"{plain}{joined}amp=1",
        f"{plain}{joined}outputType=amp",
        f"{plain}{joined}utm_source=feed&fbclid=x",
        f"{plain}#comments",
    ]
    assert {piece_key(address) for address in same} == {piece_key(plain)}


@given(HOSTS, PATHS, QUERIES, HOSTS, PATHS, QUERIES)
def test_other_pieces_have_other_keys(one: str, path: str, query: str, other: str, way: str, asked: str) -> None:
    same = (one, path, query) == (other, way, asked)
    assert (piece_key(f"https://{one}/{path}{query}") == piece_key(f"https://{other}/{way}{asked}")) == same


@given(st.text(max_size=80) | st.builds("https://a.example/{}".format, st.text(min_size=400, max_size=900)))
def test_whatever_it_is_given_it_answers_within_bounds(address: str) -> None:
    assert len(piece_key(address)) <= 500
    assert len(address_key(address)) <= 500


def test_the_path_of_words_that_only_hold_the_letters_is_left_alone() -> None:
    assert piece_key("https://a.example/camp/lamp") == "//a.example/camp/lamp"
    assert piece_key("https://m.example/a") == "//m.example/a"  # a whole name, not a mark of phones


def test_an_entry_without_a_page_keeps_the_fragment_that_names_it() -> None:
    own, page = Entry(url="https://a.example/feed#7"), Entry(url="https://a.example/news#7")
    assert entry_key(own, "https://a.example/feed") == own.url
    assert lies_in_feed(entry_key(own, "https://a.example/feed"))
    assert not lies_in_feed(entry_key(page, "https://a.example/feed"))
    assert address_key(own.url) == own.url


FERRY = "A ferry with 212 people on board ran aground off Cork on Monday morning, the coast guard said."


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (FERRY, True),
        (FERRY.replace("212", "198") + " Three people were hurt, a hospital said on Monday evening.", True),
        ("", True),
        ("About 1,500 dockers at the port of Mombasa stopped work on Monday over pay, their union said.", False),
        ("The coast guard said on Monday that a ship had run aground near Cork with 212 passengers.", False),
    ],
)
def test_states_of_a_piece_are_told_from_other_pieces_on_the_same_event(other: str, same: bool) -> None:
    assert alike(FERRY, other) is alike(other, FERRY) is same


@given(
    st.one_of(
        st.sampled_from(["http://[", "http://[::1", "http://a:x/"]),
        st.from_regex(r"https?://[\[\]:a.%℀]*", fullmatch=True),
    )
)
def test_what_is_no_web_address_is_its_own_key(url: str) -> None:
    key = piece_key(url)
    assert key == url.strip() or key.startswith("//")
    assert address_key(url) == key
