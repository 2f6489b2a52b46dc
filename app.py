"""Starts the browser app: `python app.py`, the same as `dateline serve`."""

import sys

from assistant.cli import main

if __name__ == "__main__":
    sys.argv[1:1] = ["serve"]
    main()
