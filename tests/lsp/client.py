"""An editor, as far as the tests need one: JSON-RPC over the standard input and output of `calcds lsp`."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

PATIENCE = 60.0


class Editor:
    """Starts the server and speaks with it; every notification is kept."""

    def __init__(self, folder: Path, options: dict[str, Any] | None = None, encodings: list[str] | None = None) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "calcds", "lsp", "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, cwd=folder, env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        )  # fmt: skip
        self.messages: queue.Queue[dict[str, Any]] = queue.Queue()
        self.number = 0
        self.listener = threading.Thread(target=self._listen, daemon=True)
        self.listener.start()
        general = {"positionEncodings": encodings} if encodings else {}
        self.started = self.request(
            "initialize",
            {"processId": os.getpid(), "rootUri": None, "capabilities": {"general": general}, "initializationOptions": options},
        )
        self.notify("initialized", {})

    def _listen(self) -> None:
        stream = self.process.stdout
        assert stream is not None
        while header := stream.readline():
            length = int(header.partition(b":")[2]) if header.lower().startswith(b"content-length") else 0
            while stream.readline().strip():
                pass
            self.messages.put(json.loads(stream.read(length)))

    def _send(self, message: dict[str, Any]) -> None:
        assert self.process.stdin is not None
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(data), data))
        self.process.stdin.flush()

    def notify(self, method: str, params: Any) -> None:
        self._send({"method": method, "params": params})

    def request(self, method: str, params: Any) -> Any:
        self.number += 1
        self._send({"id": self.number, "method": method, "params": params})
        while True:
            message = self.messages.get(timeout=PATIENCE)
            if message.get("id") == self.number and "method" not in message:
                assert "error" not in message, message
                return message["result"]

    def published(self, uri: str) -> list[dict[str, Any]]:
        """The next diagnostics of a document."""
        while True:
            message = self.messages.get(timeout=PATIENCE)
            if message.get("method") == "textDocument/publishDiagnostics" and message["params"]["uri"] == uri:
                found: list[dict[str, Any]] = message["params"]["diagnostics"]
                return found

    def opens(self, uri: str, text: str) -> list[dict[str, Any]]:
        item = {"uri": uri, "languageId": "markdown", "version": 1, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": item})
        return self.published(uri)

    def changes(self, uri: str, *edits: dict[str, Any]) -> None:
        self.notify(
            "textDocument/didChange", {"textDocument": {"uri": uri, "version": 2}, "contentChanges": list(edits)}
        )

    def hovers(self, uri: str, line: int, character: int) -> str:
        where = {"textDocument": {"uri": uri}, "position": {"line": line, "character": character}}
        found = self.request("textDocument/hover", where)
        return str(found["contents"]["value"]) if found else ""

    def actions(self, uri: str, line: int, character: int = 0) -> list[dict[str, Any]]:
        at = {"line": line, "character": character}
        where = {"textDocument": {"uri": uri}, "range": {"start": at, "end": at}, "context": {"diagnostics": []}}
        found: list[dict[str, Any]] = self.request("textDocument/codeAction", where)
        return found

    def quits(self) -> int:
        self.request("shutdown", None)
        self.notify("exit", None)
        return self.process.wait(timeout=PATIENCE)

    def ends(self) -> bytes:
        """Whatever became of the server, nothing of it is left; what it complained of."""
        self.process.kill()
        self.process.wait()
        self.listener.join(PATIENCE)
        assert self.process.stderr is not None
        complaints = self.process.stderr.read()
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            if stream is not None:
                with contextlib.suppress(BrokenPipeError):
                    stream.close()
        return complaints


def applied(text: str, edit: dict[str, Any]) -> str:
    """A text after an edit, for columns of UTF-16."""
    lines = text.split("\n")
    at = edit["range"]["start"]
    assert edit["range"]["end"] == at, "it only inserts"
    units = lines[at["line"]].encode("utf-16-le")
    before, after = units[: 2 * at["character"]].decode("utf-16-le"), units[2 * at["character"] :].decode("utf-16-le")
    lines[at["line"]] = before + edit["newText"] + after
    return "\n".join(lines)
