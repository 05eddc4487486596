"""Who asks: a secret cookie for each browser, and which machines may look after the library."""

import hashlib
import re
from collections.abc import Callable, Iterable
from ipaddress import ip_address, ip_network
from secrets import token_urlsafe

from starlette.requests import HTTPConnection

COOKIE = "hoi-dap-ke-hoach"
_TOKEN = re.compile(r"[\w-]{43}", re.ASCII)
_A_YEAR = 365 * 24 * 3600  # seconds


def user_of(request: HTTPConnection) -> str | None:
    """Give the name under which a browser's conversations are kept, None where it has no valid cookie.

    It is a hash, so that the stored names open nobody's conversations.
    """
    token = request.cookies.get(COOKIE, "")
    return hashlib.sha256(token.encode()).hexdigest() if _TOKEN.fullmatch(token) else None


def new_cookie() -> str:
    """Give the value of a Set-Cookie header that makes a browser a new person.

    Lax, not Strict: a browser that follows a link of another site to the page must be known, or it would be
    made a new person and lose its conversations. `ui.same_origin` keeps other sites from changing anything.
    """
    return f"{COOKIE}={token_urlsafe(32)}; Path=/; Max-Age={_A_YEAR}; HttpOnly; SameSite=Lax"


def manager_check(networks: Iterable[str]) -> Callable[[HTTPConnection], bool]:
    """Give the test for machines that may look after the library: this one, and those of the networks.

    A network is an address or a range ("10.1.2.3", "10.1.2.0/24"); raises ValueError where it is none.
    """
    allowed = [ip_network(network, strict=False) for network in ("127.0.0.0/8", "::1", *networks)]

    def may_manage(request: HTTPConnection) -> bool:
        if request.client is None:
            return False
        try:
            address = ip_address(request.client.host)
        except ValueError:
            return False
        # A server that listens on IPv6 sees IPv4 machines as ::ffff:10.1.2.3.
        address = getattr(address, "ipv4_mapped", None) or address
        return any(address in network for network in allowed)

    return may_manage
