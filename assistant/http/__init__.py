"""The same answers over HTTP: FastAPI, with limits and access control for all that the server gives, pages included.

It knows nothing of Gradio; `assistant.web.server` mounts the pages beside it.
"""

from assistant.http.app import http_app

__all__ = ["http_app"]
