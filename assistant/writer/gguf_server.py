"""Serves one GGUF file by the OpenAI protocol on this machine; run as a process of its own, which `gguf` starts.

llama.cpp comes from xllamacpp, which installs as a wheel. It runs apart from Dateline as it is C++ that reads a large
file of somebody else's: where it runs out of memory or stops, an answer is lost and not the program.

It takes one line of JSON on stdin: `{"path": ..., "key": ..., "threads": ...}`, answers with one on stdout,
`{"url": ...}`, and ends when stdin does, so that it never outlives who started it.
"""

from __future__ import annotations

import json
import os
import sys

_CONTEXT = 4_096


def main() -> None:
    """Serve until stdin ends."""
    asked = json.loads(sys.stdin.readline())
    from xllamacpp import CommonParams, Server

    params = CommonParams()
    params.model.path = asked["path"]
    params.hostnames, params.port = ["127.0.0.1"], 0
    params.api_keys = [asked["key"]]
    params.n_ctx, params.n_parallel = _CONTEXT, 1
    params.ui = params.endpoint_slots = params.warmup = False
    params.offline = True
    params.verbosity = -1
    if asked["threads"]:
        params.cpuparams.n_threads = asked["threads"]
    server = Server(params)
    sys.stdout.write(json.dumps({"url": f"{server.listening_address}/v1"}) + "\n")
    sys.stdout.flush()
    sys.stdin.read()
    os._exit(0)  # an answer may be on its way, and nobody waits for it any more


if __name__ == "__main__":
    main()
