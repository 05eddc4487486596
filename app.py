"""The front door: python app.py serves the page on this machine."""

import argparse
import os
import socket
import sys
from contextlib import closing, suppress
from io import TextIOWrapper
from ipaddress import ip_network
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.opening import IndexOpener
    from ui.engine import Engine

# Read by libraries while they are imported, so it has to be said before. Nothing leaves the machine.
QUIET = {
    "DO_NOT_TRACK": "1",
    "GRADIO_ANALYTICS_CACHE_FREQUENCY": "1000000000",  # else all events since the start are counted again with each
    "GRADIO_ANALYTICS_ENABLED": "False",
    "GRADIO_MCP_SERVER": "False",
    "GRADIO_RUN_HISTORY": "False",
    "GRADIO_SSR_MODE": "False",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
}


def main(arguments: list[str] | None = None) -> int:
    """Serve the page until it is stopped; 1 where the address cannot be had."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8")  # Vietnamese, whatever the locale says
    os.environ.update(QUIET)
    options = _parser().parse_args(arguments)
    try:
        door = listening_socket(options.host, options.port)
    except OSError as error:
        print(address_trouble(options.host, options.port, error), file=sys.stderr)
        return 1
    with door, suppress(KeyboardInterrupt):
        serve(door, options.data, [_name(host) for host in (options.host, *options.allow_host)], options.manage_from)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python app.py", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("data"), help="library and index folder")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=_port, default=7860, help="0 takes any free one")
    parser.add_argument(
        "--allow-host",
        action="append",
        default=[],
        metavar="NAME",
        help="another name or address of this machine that people type in the browser; repeatable",
    )
    parser.add_argument(
        "--manage-from",
        action="append",
        default=[],
        type=_network,
        metavar="ADDRESS",
        help="another machine or network (10.1.2.0/24) from which the library may be changed; repeatable",
    )
    return parser


def _network(text: str) -> str:
    try:
        ip_network(text, strict=False)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text} is no address and no network; give one like 10.1.2.0/24") from error
    return text


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= 65_535:
        raise argparse.ArgumentTypeError(f"{port} is no port; give one from 0 to 65535")
    return port


def _name(host: str) -> str:
    """Give a host as it stands in an address bar: IPv6 addresses in brackets."""
    return f"[{host}]" if ":" in host else host


def listening_socket(host: str, port: int) -> socket.socket:
    """Take the address before anything slow is loaded, and keep it."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family)


def address_trouble(host: str, port: int, error: OSError) -> str:
    """Say in one Vietnamese line why an address cannot be had and what to do."""
    return (
        f"Không mở được địa chỉ {host}:{port} ({error.strerror}), có thể cổng đang được chương trình "
        f"khác dùng. Hãy dừng chương trình đó hoặc chọn cổng khác: python app.py --port {port + 1}"
    )


def serve(door: socket.socket, data: Path, hosts: list[str], managers: list[str]) -> None:
    """Open the index, or wait for one to appear, and answer until stopped."""
    from index.opening import IndexOpener
    from ui.database import PAGE_FILE
    from ui.engine import EngineUnavailableError, LateEngine
    from ui.librarian import Librarian
    from ui.server import create_app
    from ui.serving import server_of

    opener = IndexOpener(data)
    told: set[str] = set()  # the page asks again and again while the first index is being built
    engine = LateEngine(lambda: opened_index(opener, told), opener.version)
    with suppress(EngineUnavailableError):  # said by opened_index; the page says it and tries again
        engine.opened()
    host, port = door.getsockname()[:2]
    print(f"Mở trình duyệt tại http://{_name(host)}:{port}", flush=True)
    with closing(Librarian(data)) as librarian:
        app = create_app(engine, hosts, database=data / PAGE_FILE, librarian=librarian, managers=managers)
        server_of(app).run(sockets=[door])


def opened_index(opener: "IndexOpener", told: set[str]) -> "Engine":
    """Open the current index; what is missing is said here in full and once, on the page in short."""
    from index.errors import IndexUnavailableError, ModelUnavailableError
    from ui.engine import EngineUnavailableError
    from ui.names import NO_INDEX, NO_MODEL

    try:
        return opener.open()
    except (IndexUnavailableError, ModelUnavailableError) as error:
        short = NO_INDEX if isinstance(error, IndexUnavailableError) else NO_MODEL
        message = f"{short}\n{error}"
        if message not in told:
            told.add(message)
            print(message, file=sys.stderr)
        raise EngineUnavailableError(short) from error


if __name__ == "__main__":
    sys.exit(main())
