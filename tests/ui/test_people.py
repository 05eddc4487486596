"""Who asks: the cookie, and the machines that may look after the library."""

import re
from http.cookies import SimpleCookie

import pytest
from starlette.requests import Request

from ui.people import COOKIE, manager_check, new_cookie, user_of


def request(cookie: str | None = None, host: str | None = "127.0.0.1") -> Request:
    """Give a request with a cookie header, from a machine."""
    headers = [(b"cookie", cookie.encode("latin-1"))] if cookie is not None else []
    client = None if host is None else (host, 50_000)
    return Request({"type": "http", "method": "GET", "path": "/", "headers": headers, "client": client})


def test_a_new_cookie_makes_a_person_that_stays_the_same() -> None:
    cookies = SimpleCookie(new_cookie())
    header = f"{COOKIE}={cookies[COOKIE].value}"
    user = user_of(request(header))
    assert user is not None
    assert user == user_of(request(f"theme=dark; {header}"))
    assert cookies[COOKIE].value not in user  # what is stored opens nothing
    assert re.fullmatch(r"[0-9a-f]{64}", user)


def test_every_new_cookie_is_another_person() -> None:
    assert len({user_of(request(new_cookie().split(";")[0])) for _ in range(100)}) == 100


def test_scripts_cannot_read_the_cookie_and_links_from_elsewhere_bring_it() -> None:
    cookie = SimpleCookie(new_cookie())[COOKIE]
    assert cookie["httponly"] is True
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == "/"
    assert int(cookie["max-age"]) == 31_536_000


@pytest.mark.parametrize(
    "cookie",
    [
        None,
        "",
        f"{COOKIE}=",
        f"{COOKIE}={'a' * 42}",
        f"{COOKIE}={'a' * 44}",
        f"{COOKIE}={'a' * 42}é",
        f"{COOKIE}={'a' * 42}.",
        f"khac={'a' * 43}",
    ],
)
def test_without_a_valid_cookie_it_is_nobody(cookie: str | None) -> None:
    assert user_of(request(cookie)) is None


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"])
def test_this_machine_may_always_manage(host: str) -> None:
    assert manager_check([])(request(host=host))


@pytest.mark.parametrize("host", ["10.1.2.3", "192.168.1.1", "::2", "::ffff:10.1.2.3", "testclient", "", None])
def test_others_may_not_unless_they_are_named(host: str | None) -> None:
    assert not manager_check([])(request(host=host))


@pytest.mark.parametrize(
    ("host", "may"),
    [
        ("10.1.2.3", True),
        ("10.1.2.77", True),
        ("::ffff:10.1.2.77", True),
        ("10.1.3.1", False),
        ("192.168.1.5", True),
        ("192.168.1.6", False),
        ("fd00::17", True),
        ("fd01::17", False),
    ],
)
def test_networks_and_addresses_are_let_in(host: str, may: bool) -> None:
    assert manager_check(["10.1.2.0/24", "192.168.1.5", "fd00::/64"])(request(host=host)) is may


def test_a_network_may_be_given_by_any_of_its_addresses() -> None:
    assert manager_check(["10.1.2.9/24"])(request(host="10.1.2.200"))


@pytest.mark.parametrize("network", ["10.1.2.0/33", "máy chủ", "", "10.1.2"])
def test_what_is_no_network_is_said_at_once(network: str) -> None:
    with pytest.raises(ValueError, match=re.escape(repr(network))):
        manager_check([network])
