"""Who refuses, told by the headers that protection services set."""

from __future__ import annotations

import pytest

from storydesk.gather.blockers import blocker, challenger
from tests.gather.servers import Misbehaving


@pytest.mark.parametrize(
    ("status", "headers", "name"),
    [
        (403, {"cf-mitigated": "challenge", "server": "cloudflare"}, "Cloudflare"),
        (403, {"server": "cloudflare", "cf-ray": "8a-ARN"}, "Cloudflare"),
        (403, {"server": "cloudflare", "cf-cache-status": "DYNAMIC"}, "the server itself"),
        (403, {"server": "AkamaiGHost"}, "Akamai"),
        (403, {"x-datadome": "protected", "server": "cloudflare"}, "DataDome, or the site behind it"),
        (403, {"set-cookie": "datadome=x; Secure", "x-dd-b": "1"}, "DataDome"),
        (403, {"x-iinfo": "9-1-0 0CNN RT(1 2)"}, "Imperva, or the site behind it"),
        (403, {"x-cdn": "Incapsula"}, "Imperva, or the site behind it"),
        (503, {"set-cookie": "a=1, visid_incap_12=x; HttpOnly"}, "Imperva, or the site behind it"),
        (405, {"x-amzn-waf-action": "captcha"}, "AWS WAF"),
        (403, {"server": "awselb/2.0"}, "AWS WAF"),
        (403, {"server": "CloudFront"}, "Amazon CloudFront"),
        (429, {"x-vercel-mitigated": "challenge", "server": "Vercel"}, "Vercel's firewall"),
        (403, {"x-sucuri-id": "13005", "x-sucuri-block": "IP"}, "Sucuri"),
        (406, {"x-served-by": "cache-fra-1"}, "Fastly's firewall"),
        (403, {"x-served-by": "cache-fra-1"}, "the server itself"),
        (429, {"x-kpsdk-ct": "0a"}, "Kasada"),
        (403, {"server": "ddos-guard"}, "DDoS-Guard, or the site behind it"),
        (401, {"www-authenticate": "Basic", "server": "cloudflare"}, "a login wall"),
        (402, {}, "a paywall"),
        (451, {}, "a legal demand"),
        (
            451,
            {"link": '<https://isp.example/>; rel="blocked-by"'},
            "a legal demand, carried out by https://isp.example/",
        ),
        (511, {}, "a login wall of the network between"),
        (403, {"server": "nginx"}, "the server itself"),
        (403, {}, "the server itself"),
        (400, {"server": "AkamaiGHost"}, "the server itself"),
    ],
)
def test_the_one_who_refuses_is_named_with_what_to_try(status: int, headers: dict[str, str], name: str) -> None:
    found = blocker(status, headers)
    assert found.name == name
    assert len(found.advice) > 20


def test_a_challenge_is_known_whatever_its_status() -> None:
    assert challenger({"x-amzn-waf-action": "challenge"})
    assert challenger({"server": "cloudflare", "x-datadome": "protected"}) is None


@pytest.mark.parametrize(
    ("path", "by", "words"),
    [
        ("/behind-cloudflare", "Cloudflare", "HTTP 403"),
        ("/aws-challenge", "AWS WAF", "HTTP 202"),
        ("/forbidden", "the server itself", "HTTP 403"),
        ("/to-private", "this desk's own guard", "private"),
        ("/gzip-bomb", "this desk's own limits", "unpacks"),
        ("/origin-down", "the server behind Cloudflare", "HTTP 521"),
    ],
)
def test_the_client_says_who_it_was(server: Misbehaving, client, path: str, by: str, words: str) -> None:
    from storydesk.errors import GatherError

    with pytest.raises(GatherError, match=words) as caught:
        client.fetch(server.url(path))
    assert caught.value.by == by
