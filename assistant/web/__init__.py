"""The pages in the browser. The one place that imports Gradio, so nothing but `app` and the command line imports it."""

import index.offline  # noqa: F401  before Gradio, which would otherwise report its use over the network
from assistant.web.app import build_app
from assistant.web.server import serve

__all__ = ["build_app", "serve"]
