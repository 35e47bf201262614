"""What visitors send that nobody types: no page fails over it."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.site.conftest import Edition


@pytest.mark.parametrize(
    "path", ["/stories/s1%00/", "/names/a%00b/", "/members/?q=a%00", "/?a%00b=1", "/queue/?rule=%00"]
)
def test_an_address_with_a_nul_is_refused(edition: Edition, owner: Client, path: str) -> None:
    assert owner.get(path).status_code == 400


@pytest.mark.parametrize("field", ["author", "text", "key", "mail", "reply_to", "a\0b"])
def test_a_form_with_a_nul_is_refused(edition: Edition, stranger: Client, field: str) -> None:
    form = {"key": "form-1", "author": "Una", "text": "When does it sail?", field: "a\0b"}
    assert stranger.post("/stories/s1/comments/", form).status_code == 400


@pytest.mark.parametrize("number", ["9" * 18, "9" * 5_000, "-1", "1.5", "²", ""])
def test_what_is_no_number_of_the_desks_is_not_found_or_none(edition: Edition, owner: Client, number: str) -> None:
    decided = {"seen": number, "verdict": "publish", "pick": f"{number}:1", "span": f"{number}-2"}
    pk = edition.held.pk
    for page in (f"/queue/{pk}/decide/", "/queue/bulk/", f"/queue/{pk}/redact/"):
        assert owner.post(page, decided).status_code == 404, page
    assert owner.post(f"/queue/{pk}/redact/", {**decided, "seen": "1"}).status_code == 409
    for page in ("/queue/?author=", "/queue/log/?comment=", "/stories/s1/?reply="):
        assert owner.get(page + number).status_code == 200, page
    edition.held.refresh_from_db()
    assert edition.held.version == 1


@pytest.mark.parametrize("picks", [["1"], ["1:1:1"], ["1:"], [":"], ["x:1"]])
def test_picks_that_are_none_are_not_found(edition: Edition, moderator: Client, picks: list[str]) -> None:
    assert moderator.post("/queue/bulk/", {"verdict": "publish", "pick": picks}).status_code == 404
