"""`python -m reference_impl`: serve the documented example, with the service that the environment names."""

from __future__ import annotations

import argparse
import os
import signal
import sqlite3
import sys
from typing import TYPE_CHECKING

from reference_impl.server import make_server

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until interrupted; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m reference_impl", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (%(default)s)")
    parser.add_argument("--port", default=7071, type=int, help="port, 0 for any free one (%(default)s)")
    parser.add_argument("--database", default="todo.db", help="SQLite file of the todos (%(default)s)")
    options = parser.parse_args(arguments)
    try:
        server = make_server(options.host, options.port, os.environ, options.database)
    except sqlite3.Error as error:
        parser.error(f"--database {options.database}: {error}")
    except (OSError, OverflowError) as error:
        parser.error(f"--host {options.host} --port {options.port}: {error}")
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # end in order when asked to end
    with server:
        sys.stdout.write(f"Listening on http://{options.host}:{server.server_port}/api/assistants/{{id}}\n")
        sys.stdout.flush()
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
