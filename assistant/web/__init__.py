"""The pages in the browser, and Gradio, which serves them: nothing but `app` and the command line imports it."""

import index.offline  # noqa: F401  before Gradio, which would otherwise report its use over the network
from assistant.web.server import serve

__all__ = ["serve"]
