"""Runs the application on a socket, and stops without waiting for open pages."""

import socket

import uvicorn
from fastapi import FastAPI
from gradio.routes import App
from starlette.routing import Mount


class Server(uvicorn.Server):
    """A server that ends Gradio's heartbeats when it stops; each open page holds one for ever."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop: no new connections, then the open ones, then the application."""
        for route in getattr(self.config.app, "routes", []):
            if isinstance(route, Mount) and isinstance(route.app, App):
                route.app.stop_event.set()
        await super().shutdown(sockets)


def server_of(app: FastAPI) -> Server:
    """Give the server of an application, to be run on a socket."""
    config = uvicorn.Config(
        app,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=3,  # seconds for answers under way
    )
    return Server(config)
