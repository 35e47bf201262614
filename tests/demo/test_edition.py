"""What the edition holds, and what is said of one that does not hold together."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from storydesk.demo.edition import FOLDER, Edition, load_edition
from storydesk.errors import InputError, UnreadableFile


@pytest.fixture(scope="module")
def edition() -> Edition:
    return load_edition()


def test_many_outlets_in_several_countries(edition: Edition) -> None:
    assert len(edition.outlets) >= 10
    assert len({outlet.country for outlet in edition.outlets}) >= 4
    assert {"agency", "video channel"} <= {outlet.kind for outlet in edition.outlets}
    owners = [outlet.owner for outlet in edition.outlets]
    assert any(owners.count(owner) == 2 for owner in owners)
    assert all(len(outlet.profile.split()) > 20 for outlet in edition.outlets)


def test_enough_items_on_enough_events_over_several_days(edition: Edition) -> None:
    assert len(edition.pieces) >= 80
    assert len({piece.event for piece in edition.pieces}) >= 25
    assert len({piece.published.date() for piece in edition.pieces}) >= 5
    assert any(len(piece.states) > 1 for piece in edition.pieces)
    assert any(piece.credit for piece in edition.pieces)
    assert any(piece.video for piece in edition.pieces)
    assert {outlet.language for outlet in edition.outlets} >= {"en", "es"}


def test_every_feed_format_and_layout_is_used(edition: Edition) -> None:
    assert {outlet.feed for outlet in edition.outlets} == {"rss", "atom", "json", "media-rss", "sitemap"}
    assert {outlet.layout for outlet in edition.outlets} == {"classic", "broadsheet", "portal", "blog", "video"}


def test_comments_in_every_state(edition: Edition) -> None:
    assert {remark.state for remark in edition.remarks} == {"published", "held", "rejected"}
    assert all(bool(remark.reason) == (remark.state == "rejected") for remark in edition.remarks)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    folder = tmp_path / "edition"
    shutil.copytree(FOLDER, folder)
    return folder


def test_a_missing_file_is_named(copy: Path) -> None:
    (copy / "sources.toml").unlink()
    with pytest.raises(UnreadableFile, match=r"sources\.toml cannot be read"):
        load_edition(copy)


def test_a_file_that_is_no_toml_is_named(copy: Path) -> None:
    (copy / "comments.toml").write_text("[[comment]\n")
    with pytest.raises(UnreadableFile, match=r"comments\.toml is not TOML"):
        load_edition(copy)


AN_ITEM = (
    'slug = "x"\n[[item]]\nsource = "halyard"\nslug = "a"\ntitle = "t"\npublished = 2026-03-02T00:00:00Z\ntext = "b"\n'
)
A_COMMENT = '[[comment]]\nevent = "x"\nauthor = "a"\nat = 2026-03-02T00:00:00Z\ntext = "t"\nstate = "held"\n'


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("events/99-x.toml", AN_ITEM.replace('title = "t"', ""), r"99-x\.toml, item 1: .*title"),
        ("events/99-x.toml", AN_ITEM.replace("halyard", "nobody"), "nobody/a names no outlet"),
        ("events/99-x.toml", AN_ITEM.replace("00Z", "00"), "halyard/a has times without a zone"),
        ("events/99-x.toml", AN_ITEM + AN_ITEM.partition("\n")[2], "halyard/a stands there twice"),
        ("comments.toml", A_COMMENT, "comment 1 names no event: x"),
        ("comments.toml", A_COMMENT.replace("held", "gone"), r"comments\.toml, comment 1: .*gone"),
        (
            "comments.toml",
            A_COMMENT.replace('"x"', '"bergen-mackerel-talks"') + "reply_to = 1\n",
            "answers none before it",
        ),
    ],
)
def test_a_fault_is_named_with_its_place(copy: Path, file: str, text: str, said: str) -> None:
    (copy / file).write_text(text)
    with pytest.raises(InputError, match=said):
        load_edition(copy)
