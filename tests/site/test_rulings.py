"""Corrections of names on the pages: an editor says whose card it is not, whose it is, who are one; nobody else may."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest
from django.test import Client

from storydesk.desk import rulings
from storydesk.desk.models import MentionRow, RulingRow, StoryRow
from storydesk.desk.rulings import Scope
from storydesk.recognise import desk_person
from tests.site.conftest import HOSTILE, NOON, Edition, accounts, coverage, keep
from tests.site.test_escaping import check
from tests.site.test_story import text_of

TROMSO, OSLO = "Q26087", "Q585"
LUND = desk_person("Berit Lund")
ITEMS = ("courier-1", "echo-1", "radio-1")


@pytest.fixture
def desk(edition: Edition) -> Edition:
    """The ferry, with its mentions under the ids that the desk gives."""
    MentionRow.objects.filter(linked=False).update(entity=LUND)
    return edition


def rule(client: Client, do: str, entity: str, **more: str) -> str:
    """Sends the form of a card or an entity's page and reads what comes of it."""
    answer = client.post("/corrections/names/rule/", {"do": do, "entity": entity, **more}, follow=True)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def named(item: str) -> set[str]:
    return set(MentionRow.objects.filter(item=item).values_list("entity", flat=True))


def test_a_card_offers_its_correction_to_editors_alone(desk: Edition, editor: Client, moderator: Client) -> None:
    mine = editor.get("/stories/s1/").content.decode()
    assert f'<input type="hidden" name="entity" value="{TROMSO}"><input type="hidden" name="story" value="s1">' in mine
    assert f'<input type="hidden" name="entity" value="{LUND}"><input type="hidden" name="story" value="s1">' in mine
    for client in (moderator, Client()):
        for page in ("/stories/s1/", f"/names/{TROMSO}/", f"/names/{LUND}/"):
            assert "/corrections/names/" not in client.get(page).content.decode()


def test_a_wrong_card_goes_from_the_page_at_once(desk: Edition, editor: Client, stranger: Client) -> None:
    html = rule(editor, "not", TROMSO, story="s1")
    assert "Nothing in this story is Tromsø any more" in text_of(html)
    assert f'id="card-{TROMSO}"' not in stranger.get("/stories/s1/").content.decode()
    assert all(TROMSO not in named(item) for item in ITEMS)
    own = text_of(editor.get(f"/names/{TROMSO}/").content.decode())
    assert "No item of this desk names it" in own
    assert "Tromsø is the wrong card in Ferry aground off Tromsø editor" in own


def test_the_right_one_is_chosen_by_a_search(desk: Edition, editor: Client, stranger: Client) -> None:
    form = rule(editor, "is", TROMSO, story="s1")
    assert "Not Tromsø, but who or what?" in text_of(form)
    query = {"do": "is", "entity": TROMSO, "story": "s1"}
    by_name = editor.get("/corrections/names/choose/", {**query, "q": "oslo"}).content.decode()
    assert OSLO in re.findall(r'name="other" value="([^"]+)"', by_name)
    by_id = editor.get("/corrections/names/choose/", {**query, "q": OSLO}).content.decode()
    assert re.findall(r'name="other" value="([^"]+)"', by_id) == [OSLO]
    nothing = editor.get("/corrections/names/choose/", {**query, "q": "no such words"}).content.decode()
    assert "Nothing that the desk names or knows" in nothing
    assert "Tromsø is Oslo now" in text_of(rule(editor, "is", TROMSO, story="s1", other=OSLO))
    assert f'id="card-{OSLO}"' in stranger.get("/stories/s1/").content.decode()


def test_one_item_is_corrected_on_the_entitys_page(desk: Edition, editor: Client) -> None:
    html = editor.get(f"/names/{TROMSO}/").content.decode()
    assert re.findall(r'name="item" value="([^"]+)"', html) == ["radio-1", "echo-1", "courier-1"]
    assert "Nothing in this item is Tromsø any more" in text_of(rule(editor, "not", TROMSO, item="radio-1"))
    assert [TROMSO in named(item) for item in ITEMS] == [True, True, False]
    assert "2 recent items: Tromsø" in text_of(editor.get(f"/names/{TROMSO}/").content.decode())


def test_two_are_one_and_parted_again(desk: Edition, editor: Client, stranger: Client) -> None:
    assert "Tromsø is the same as…" in text_of(rule(editor, "one", TROMSO))
    rule(editor, "one", TROMSO, other=OSLO)
    answer = stranger.get(f"/names/{TROMSO}/")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/names/{OSLO}/"), "it may be taken back"
    page = text_of(stranger.get(f"/names/{OSLO}/").content.decode())
    assert "3 recent items: Oslo" in page
    assert "Also called Tromsø" in page
    row = RulingRow.objects.get()
    editor.post(f"/corrections/names/{row.pk}/undo/", {"to": "list"})
    assert stranger.get(f"/names/{TROMSO}/").status_code == 200
    assert all(TROMSO in named(item) for item in ITEMS)


def test_the_one_with_a_card_is_kept_whichever_page_asked(desk: Edition, editor: Client, stranger: Client) -> None:
    rule(editor, "one", OSLO, other=LUND)
    assert stranger.get(f"/names/{LUND}/").headers["Location"] == f"/names/{OSLO}/"


def test_a_namesake_is_offered_without_a_search(desk: Edition, editor: Client) -> None:
    MentionRow.objects.filter(entity=LUND, item="radio-1").update(entity=desk_person("B. Lund"), name="B. Lund")
    html = rule(editor, "one", LUND)
    assert desk_person("B. Lund") in re.findall(r'name="other" value="([^"]+)"', html)


def test_all_are_listed_with_who_and_when_and_taken_back(desk: Edition, editor: Client) -> None:
    rulings.not_this(TROMSO, Scope(item="echo-1"), "ana", NOON)
    rulings.undo(rulings.is_another(TROMSO, OSLO, Scope("s1", form="Tromsø"), "bo", NOON).pk, "cy", NOON)
    page = text_of(editor.get("/corrections/names/").content.decode())
    assert "Names 2" in page
    assert page.index("bo 2 March 2026, 12:00 UTC Taken back by cy") < page.index("ana 2 March")
    assert "“ Tromsø ”, taken for Tromsø , is Oslo in Ferry aground" in page
    html = editor.post(
        f"/corrections/names/{RulingRow.objects.order_by('pk')[0].pk}/undo/", {"to": "list"}, follow=True
    )
    assert "Taken back." in html.content.decode()
    assert TROMSO in named("echo-1")


def test_a_storys_page_lists_its_own(desk: Edition, editor: Client) -> None:
    rulings.not_this(TROMSO, Scope("s1"), "ana", NOON)
    html = editor.get("/stories/s1/").content.decode()
    assert "Corrections of names in it" in html
    assert "ana 2 March" in text_of(html)


@pytest.mark.parametrize(
    ("do", "entity", "more", "said"),
    [
        ("not", OSLO, {"story": "s1"}, "Nothing there is taken for it."),
        ("not", TROMSO, {"item": "nowhere"}, "There is no such item."),
        ("is", TROMSO, {"story": "s1", "other": "Q0"}, "Nobody is known as Q0."),
        ("is", TROMSO, {"story": "s1", "other": TROMSO}, "That is whom it is taken for already."),
        ("one", TROMSO, {"other": TROMSO}, "The two are one already."),
    ],
)
def test_what_cannot_be_done_says_why(
    desk: Edition, editor: Client, do: str, entity: str, more: dict[str, str], said: str
) -> None:
    assert said in rule(editor, do, entity, **more)
    assert not RulingRow.objects.exists()


def test_an_unknown_deed_or_name_is_not_found(desk: Edition, editor: Client) -> None:
    assert editor.post("/corrections/names/rule/", {"do": "burn", "entity": TROMSO}).status_code == 404
    assert editor.post("/corrections/names/rule/", {"do": "not"}).status_code == 404
    assert editor.get("/corrections/names/choose/", {"do": "is", "entity": "Q0"}).status_code == 404
    assert editor.get("/corrections/names/choose/", {"do": "not", "entity": TROMSO}).status_code == 404
    assert editor.post("/corrections/names/99/undo/").status_code == 404
    assert editor.get("/names/Q0/").status_code == 404


@pytest.mark.parametrize("who", ["stranger", "reader", "moderator"])
@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("post", "/corrections/names/rule/"),
        ("post", "/corrections/names/1/undo/"),
        ("get", f"/corrections/names/choose/?do=is&entity={TROMSO}"),
        ("get", "/corrections/names/"),
    ],
)
def test_corrections_of_names_are_for_editors(
    desk: Edition, request: pytest.FixtureRequest, who: str, method: str, address: str
) -> None:
    client: Client = request.getfixturevalue(who)
    form = {"do": "not", "entity": TROMSO, "story": "s1"} if method == "post" else None
    answer = getattr(client, method)(address, form)
    if who == "stranger":
        assert answer.headers["Location"].startswith("/sign-in/")
    else:
        assert answer.status_code == 403
    assert not RulingRow.objects.exists()


def test_a_forged_form_changes_nothing(desk: Edition, editor: Client) -> None:
    forging = Client(enforce_csrf_checks=True)
    forging.cookies = editor.cookies
    form = {"do": "not", "entity": TROMSO, "story": "s1"}
    assert forging.post("/corrections/names/rule/", form).status_code == 403
    assert editor.get("/corrections/names/rule/").status_code == 405
    assert not RulingRow.objects.exists()


def test_hostile_names_are_words(db: None, editor: Client) -> None:
    told = [
        replace(one, mentions=tuple(replace(mention, name=HOSTILE) for mention in one.mentions)) for one in accounts()
    ]
    keep(tuple(told), replace(coverage(), headline=HOSTILE))
    StoryRow.objects.filter(pk="s1").update(headline=HOSTILE)
    made = rulings.not_this(TROMSO, Scope(item="echo-1", form=HOSTILE), HOSTILE[:150], NOON)
    RulingRow.objects.filter(pk=made.pk).update(other_name=HOSTILE, other=OSLO)
    for page in (
        "/corrections/names/",
        f"/names/{TROMSO}/",
        "/stories/s1/",
        f"/corrections/names/choose/?do=is&story=s1&entity={TROMSO}&form=%3Cscript%3E&q=%3Cscript%3E",
    ):
        answer = editor.get(page)
        assert answer.status_code == 200
        check(answer.content.decode())
