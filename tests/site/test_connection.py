"""By which address limits are counted: never by one that the visitor chose."""

from __future__ import annotations

from ipaddress import ip_network

import pytest
from django.test import RequestFactory
from pytest_django import Settings

from storydesk.site.connection import network_of

PROXY, OTHER = "10.0.0.7", "198.51.100.9"


@pytest.mark.parametrize(
    ("connection", "forwarded", "found"),
    [
        (OTHER, "", OTHER),
        (OTHER, "203.0.113.5", OTHER),
        (PROXY, "203.0.113.5", "203.0.113.5"),
        (PROXY, "192.0.2.1, 203.0.113.5", "203.0.113.5"),
        (PROXY, "192.0.2.1, 203.0.113.5, 10.0.0.8", "203.0.113.5"),
        (PROXY, "203.0.113.5, nonsense", PROXY),
        (PROXY, "", PROXY),
        (PROXY, "10.0.0.9", "10.0.0.9"),
        ("2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"),
        (PROXY, "2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("::ffff:198.51.100.9", "", OTHER),
        ("", "203.0.113.5", ""),
    ],
)
def test_only_a_known_proxy_is_believed(settings: Settings, connection: str, forwarded: str, found: str) -> None:
    settings.PROXIES = (ip_network("10.0.0.0/8"),)
    request = RequestFactory().get("/", REMOTE_ADDR=connection, HTTP_X_FORWARDED_FOR=forwarded)
    assert network_of(request) == found


def test_without_proxies_nothing_is_believed() -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="203.0.113.5")
    assert network_of(request) == "127.0.0.1"
