"""A client of the language server for YAML, as far as a test needs one: open a file, read what it says.

The server is the one that editors run, from npm; it speaks JSON-RPC on its standard streams.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

import pytest

FOLDER = Path(__file__).parents[1] / "editor"
SERVER = FOLDER / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
_SECONDS = 60


def needs_server() -> None:
    """Skip, with what to do, where the server is not installed."""
    if shutil.which("node") is None:
        pytest.skip("node is not installed: apt install nodejs npm")
    if not SERVER.exists():
        pytest.skip("the language server is not installed: npm ci --prefix tests/editor")


class LanguageServer:
    """A running server over one folder."""

    def __init__(self, folder: Path, *, settings: Mapping[str, object] | None = None) -> None:
        self._folder = folder
        self._settings = dict(settings or {})
        self._next = 0

    def __enter__(self) -> Self:
        command = ["node", str(SERVER), "--stdio"]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._in: IO[bytes] = self._process.stdin
        self._out: IO[bytes] = self._process.stdout
        root = self._folder.as_uri()
        self.request(
            "initialize",
            {
                "processId": None,
                "rootUri": root,
                "workspaceFolders": [{"uri": root, "name": "works"}],
                "capabilities": {
                    "workspace": {"configuration": True},
                    "textDocument": {"publishDiagnostics": {}, "completion": {}, "hover": {}},
                },
            },
        )
        self._notify("initialized", {})
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.kill()
        self._process.wait(timeout=_SECONDS)
        self._in.close()
        self._out.close()

    def open(self, path: str) -> list[tuple[int, str]]:
        """Open a file and return its faults: line (from 1) and message, in order."""
        file = self._folder / path
        uri = file.as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": file.read_text(encoding="utf-8")}
        self._notify("textDocument/didOpen", {"textDocument": document})
        while True:
            message = self._read()
            if message.get("method") != "textDocument/publishDiagnostics":
                continue
            params = message["params"]
            if params["uri"] == uri:
                found = [(one["range"]["start"]["line"] + 1, one["message"]) for one in params["diagnostics"]]
                return sorted(found)

    def complete(self, path: str, line: int, column: int) -> set[str]:
        """What is offered at a place of an open file; line and column from 1."""
        asked = {
            "textDocument": {"uri": (self._folder / path).as_uri()},
            "position": {"line": line - 1, "character": column - 1},
        }
        result = self.request("textDocument/completion", asked)
        items = result["items"] if isinstance(result, dict) else result
        return {item["label"] for item in items}

    def request(self, method: str, params: object) -> Any:  # noqa: ANN401 - the server answers as it likes
        """Ask, and return the answer; questions of the server are answered meanwhile."""
        self._next += 1
        number = self._next
        self._send({"jsonrpc": "2.0", "id": number, "method": method, "params": params})
        while True:
            message = self._read()
            if message.get("id") == number and "method" not in message:
                return message.get("result")

    def _notify(self, method: str, params: object) -> None:
        self._send({"jsonrpc": "2.0", "method": method, "params": params})

    def _send(self, message: Mapping[str, object]) -> None:
        body = json.dumps(message).encode()
        self._in.write(f"Content-Length: {len(body)}\r\n\r\n".encode() + body)
        self._in.flush()

    def _read(self) -> dict[str, Any]:
        """The next message that is for us."""
        while True:
            length = 0
            while (line := self._out.readline().strip()) != b"":
                name, _, value = line.partition(b":")
                if name.lower() == b"content-length":
                    length = int(value)
            assert length, "the language server ended"
            message: dict[str, Any] = json.loads(self._out.read(length))
            if "id" not in message or "method" not in message:
                return message
            self._answer(message)

    def _answer(self, message: Mapping[str, Any]) -> None:
        result: object = None
        if message["method"] == "workspace/configuration":
            asked = message["params"]["items"]
            result = [self._section(one.get("section", "")) for one in asked]
        self._send({"jsonrpc": "2.0", "id": message["id"], "result": result})

    def _section(self, name: str) -> object:
        # Nothing is asked of any other machine: no store of schemas.
        own = {key.removeprefix("yaml."): value for key, value in self._settings.items()}
        return {"schemaStore": {"enable": False}, "validate": True, **own} if name == "yaml" else {}
