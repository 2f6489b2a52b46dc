"""Serving the page: a port, one line that says where it is, and a clean end."""

from __future__ import annotations

import asyncio
import errno
import logging
import signal
import socket
import sys
import webbrowser
from typing import cast

import gradio as gr
import uvicorn
from fastapi import FastAPI

from assistant.answering.assistant import Assistant
from assistant.http import http_app
from assistant.http.access import check_exposure
from assistant.http.addresses import Proxies
from assistant.http.guard import Admission
from assistant.http.limits import HEADER_BYTES, Connections
from assistant.http.logs import set_up_logs
from assistant.settings import Settings
from assistant.web.mcp import TOOL_ROUTES, add_tools, has_mcp
from assistant.web.pages import PAGE_ROUTES, pages
from index.errors import UsageError

_PORTS = 100
"""How many ports are tried, from the first one on, where none was asked for."""


def serve(settings: Settings, *, open_browser: bool) -> None:
    """Serve the browser app and the API until it is ended by Ctrl-C or SIGTERM.

    Args:
        settings: which store, and where to listen. A port that was set must be free; the default one may be taken, and
            then it is the next free one.
        open_browser: whether to show the page in a browser once it is up.

    Raises:
        UsageError: the port is taken, the address is not one of this machine, or others can reach it and nothing says
            who may come in.
        SettingsError: a setting of the server cannot be used.
        DatelineError: the store cannot be opened; see `Assistant.open`.
    """
    set_up_logs(settings.access_log)
    Admission(settings)  # before the store is opened, as it costs nothing and may be misspelt
    check_exposure(settings)
    with Assistant.open(settings=settings) as assistant, _listening(settings) as listener:
        config = uvicorn.Config(
            web_app(assistant),
            log_config=None,
            access_log=False,
            ws="none",
            timeout_graceful_shutdown=1,
            http=cast("type[asyncio.Protocol]", Connections(Proxies(settings).addresses)),
            h11_max_incomplete_event_size=HEADER_BYTES,
            proxy_headers=False,  # assistant.http decides which proxies are believed
            server_header=False,
        )
        _Server(config, _address(listener, settings.host), open_browser=open_browser).serve_until_ended(listener)


def web_app(assistant: Assistant) -> FastAPI:
    """The page, the API and the tools as one ASGI application.

    Gradio is the host of the page, whose routes come before its own, and of the tools; nothing else of it is on the
    list of what there is.
    """
    app = http_app(assistant, routes=(*PAGE_ROUTES, *TOOL_ROUTES), warm_up=True)
    blocks: gr.Blocks = gr.Blocks(title="Dateline", analytics_enabled=False)
    if has_mcp():
        add_tools(blocks, assistant, app.state.workers)
    gr.mount_gradio_app(
        app,
        blocks,
        path="/",
        app_kwargs={"routes": pages(), "openapi_url": None},
        run_history=False,
        ssr_mode=False,
        show_error=False,
        mcp_server=has_mcp(),
    )
    return app


class _Server(uvicorn.Server):
    """uvicorn, which says where the page is once it is there, and whose end by a signal is no failure."""

    def __init__(self, config: uvicorn.Config, address: str, *, open_browser: bool) -> None:
        super().__init__(config)
        self._address = address
        self._open_browser = open_browser

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to serve, and say where."""
        await super().startup(sockets)
        sys.stdout.write(f"Dateline is at {self._address} (Ctrl-C ends it)\n")
        sys.stdout.flush()
        if self._open_browser:
            webbrowser.open(self._address)

    def serve_until_ended(self, listener: socket.socket) -> None:
        """Serve until Ctrl-C or SIGTERM."""
        # Pages that are open hold connections that never end; uvicorn reports as errors that it ends them.
        logging.getLogger("uvicorn.error").addFilter(lambda _record: not self.should_exit)
        # Having shut down in good order, uvicorn raises the signal again: it must then find nothing that would fail.
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: None)
        self.run(sockets=[listener])


def _listening(settings: Settings) -> socket.socket:
    first = settings.port
    last = first if "port" in settings.model_fields_set else min(first + _PORTS - 1, 65535)
    for port in range(first, last + 1):
        try:
            return _bound(settings.host, port)
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                reason = error.strerror or str(error)
                raise UsageError(f"cannot listen on {settings.host} ({reason}); use another --host.") from None
    if first == last:
        raise UsageError(f"port {first} is taken or not allowed; choose another one with --port.")
    raise UsageError(f"the ports {first} to {last} are all taken; choose another one with --port.")


def _bound(host: str, port: int) -> socket.socket:
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    listener = socket.socket(family, kind, protocol)
    try:
        if sys.platform != "win32":  # there it would let two programs share a port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(socket.SOMAXCONN)
    except OSError:
        listener.close()
        raise
    return listener


def _address(listener: socket.socket, host: str) -> str:
    shown = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  what is bound to is the user's choice
    return f"http://{f'[{shown}]' if ':' in shown else shown}:{listener.getsockname()[1]}"
