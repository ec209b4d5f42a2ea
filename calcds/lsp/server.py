"""The server: what an editor says to the desk, and what the desk says to the editor.

Settings, as initialization options or as configuration under "calcds": the level of an outcome, "error", "warning",
"information", "hint" or "off", as in `{"undecided": "information", "unread": "hint"}`.

Imports: pygls, lsprotocol; calcds.document.source.extract, calcds.lsp, calcds.verify.cache, .documents, calcds.version.
"""

from __future__ import annotations

import asyncio
import os
import signal
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

from lsprotocol import converters, types
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from calcds.document.source.extract import SUFFIXES
from calcds.lsp import actions, diagnostics
from calcds.lsp.desk import Checked, Desk, Job
from calcds.lsp.text import Position, Text
from calcds.verify import cache
from calcds.verify.documents import TIMEOUT, beside
from calcds.version import VERSION

PAUSE = 0.2  # seconds without a change, after which a text is checked
_CONVERTER = converters.get_converter()


@dataclass(slots=True)
class Open:
    """A document that is open: the newest version that was asked about, what is known of which text, and what is shown."""

    version: int = -1
    checked: Checked | None = None
    shown: tuple[str, list[dict[str, Any]]] | None = field(default=None, repr=False)
    timer: asyncio.TimerHandle | None = field(default=None, repr=False)


class Server(LanguageServer):
    """Checks documents that are open in an editor."""

    def __init__(self) -> None:
        super().__init__("calcds", VERSION)
        self.open: dict[str, Open] = {}
        self.levels = dict(diagnostics.USUAL)
        self.loop: asyncio.AbstractEventLoop | None = None
        self.desk = Desk(self._delivered)

    # -- from the editor ----------------------------------------------------------------------------------------

    def soon(self, uri: str, pause: float) -> None:
        """Check a document after a pause, counted anew at every change."""
        self.loop = asyncio.get_running_loop()
        state = self.open.setdefault(uri, Open())
        if state.timer is not None:
            state.timer.cancel()
        state.timer = self.loop.call_later(pause, self._ask, uri)

    def _ask(self, uri: str) -> None:
        document = self.workspace.get_text_document(uri)
        file = path_of(uri)
        if uri not in self.open or file.suffix not in SUFFIXES:
            return
        state = self.open[uri]
        state.version += 1
        job = Job(uri, state.version, file, document.source, beside(file))
        if state.checked is None and (known := stored(job)) is not None:
            state.checked = known
            self._show(uri)
        self.desk.ask(job)  # also what is known: after the first change only the change is to be decided

    def closed(self, uri: str) -> None:
        """Forget a document and what is underlined in it."""
        state = self.open.pop(uri, None)
        if state is not None and state.timer is not None:
            state.timer.cancel()
        self.desk.forget(uri)
        self._publish(uri, [])

    def configure(self, settings: Any) -> None:
        """Take settings, and show again what is known."""
        self.levels = diagnostics.levels(settings)
        for uri in self.open:
            self._show(uri)

    # -- to the editor ------------------------------------------------------------------------------------------

    def _delivered(self, checked: Checked) -> None:
        """Called by the desk in its thread."""
        if self.loop is not None and not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self._take, checked)

    def _take(self, checked: Checked) -> None:
        state = self.open.get(checked.job.uri)
        if state is None or checked.job.version != state.version:
            return
        if not checked.done and state.checked is not None and state.checked.done:
            return  # half of the new findings would make the others flicker
        state.checked = checked
        self._show(checked.job.uri)

    def _show(self, uri: str) -> None:
        state = self.open[uri]
        if (checked := state.checked) is None:
            return
        text = self.text(checked.job.text)
        rows = diagnostics.diagnostics(checked.job.file, text, checked.found, checked.notes, self.levels)
        if state.shown != (checked.job.text, rows):  # what the cache knew and what came first may be all there is
            state.shown = (checked.job.text, rows)
            self._publish(uri, rows)

    def _publish(self, uri: str, rows: list[dict[str, Any]]) -> None:
        found = [_CONVERTER.structure(row, types.Diagnostic) for row in rows]
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, found))

    def text(self, source: str) -> Text:
        """A text that counts as was agreed with the editor."""
        return Text(source, str(getattr(self.workspace.position_encoding, "value", self.workspace.position_encoding)))

    def current(self, uri: str, line: int) -> tuple[Checked, Text] | None:
        """What is known, if the line is still as it was when it was checked."""
        state = self.open.get(uri)
        if state is None or state.checked is None:
            return None
        text, now = self.text(state.checked.job.text), self.text(self.workspace.get_text_document(uri).source)
        return (state.checked, text) if text.line(line) == now.line(line) else None

    def hover(self, uri: str, line: int, character: int) -> types.Hover | None:
        """Verdict, reading and evidence of the equation at a place."""
        known = self.current(uri, line)
        if known is None:
            return None
        checked, text = known
        at = text.place(line, character)
        spans = [(diagnostics.span_of(one, text), one) for one in checked.found]
        here = [(span, one) for span, one in spans if span.touches(at, at)]
        if not here:
            return None
        span, _ = here[0]
        said = "\n\n---\n\n".join(diagnostics.hover(checked.job.file, one) for other, one in here if other == span)
        content = types.MarkupContent(types.MarkupKind.Markdown, said)
        return types.Hover(content, _CONVERTER.structure(text.range(span), types.Range))

    def actions(self, uri: str, begin: types.Position, end: types.Position) -> list[types.CodeAction]:
        """What can be done about the equations in a stretch; nothing while the text is newer than what is known."""
        known = self.current(uri, begin.line)
        if known is None or known[0].job.text != self.workspace.get_text_document(uri).source:
            return []
        checked, text = known
        first: Position = text.place(begin.line, begin.character)
        last: Position = text.place(end.line, end.character)
        rows = actions.actions(checked.job.file, uri, text, checked.found, first, last)
        return [_CONVERTER.structure(row, types.CodeAction) for row in rows]


def stored(job: Job) -> Checked | None:
    """What the cache knows of a text: it was checked as it is, by `calcds verify` or in another session."""
    try:
        annotations = job.annotations.read_bytes() if job.annotations else None
        known = cache.lookup(cache.key_of(job.text.encode(), job.file.suffix, annotations, TIMEOUT))
    except (OSError, ValueError):
        return None
    return Checked(job, *known, done=True) if known is not None else None


def path_of(uri: str) -> Path:
    """The path of a document; of one that was never saved a name, so that its suffix is known."""
    return Path(to_fs_path(uri) or uri.rpartition("/")[2] or "untitled.md")


def make_server() -> Server:
    """A server with its features."""
    server = Server()

    @server.feature(types.INITIALIZE)
    def initialize(params: types.InitializeParams) -> None:
        server.configure(params.initialization_options)

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        server.soon(params.text_document.uri, 0.0)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: types.DidChangeTextDocumentParams) -> None:
        server.soon(params.text_document.uri, PAUSE)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(params: types.DidSaveTextDocumentParams) -> None:
        server.soon(params.text_document.uri, 0.0)  # the annotations beside it may have changed

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        server.closed(params.text_document.uri)

    @server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
    def configured(params: types.DidChangeConfigurationParams) -> None:
        server.configure(params.settings)

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def hover(params: types.HoverParams) -> types.Hover | None:
        return server.hover(params.text_document.uri, params.position.line, params.position.character)

    @server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix])
    )
    def actions_at(params: types.CodeActionParams) -> list[types.CodeAction]:
        return server.actions(params.text_document.uri, params.range.start, params.range.end)

    @server.feature(types.SHUTDOWN)
    def shutdown(_params: None) -> None:
        server.desk.close()

    return server


def serve() -> None:
    """Speak with an editor over standard input and output until it is done."""
    server = make_server()

    def interrupted(_number: int, _frame: FrameType | None) -> None:
        server.desk.close()
        os._exit(130)  # the thread that reads the standard input would wait for another line

    signal.signal(signal.SIGINT, interrupted)
    try:
        server.start_io()
    finally:
        server.desk.close()
