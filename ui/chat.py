"""The chat in Gradio components; its callbacks only translate."""

import logging
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast

import gradio as gr
from starlette.concurrency import run_in_threadpool

from index.conversation_subject import Subject
from index.types import SearchOptions
from ingest.types import SECTION_KINDS, Document
from ui.asking import answered
from ui.conversation_html import conversation_html
from ui.conversations import Conversations
from ui.engine import Engine
from ui.examples import COUNT, examples
from ui.markup import esc
from ui.names import KIND_NAMES, PRODUCT, TOO_MANY_ASK
from ui.notices import EMPTY_HTML, LOST_HTML, known_documents, library_state
from ui.people import user_of
from ui.scope import WHOLE_LIBRARY, Choices, document_choices, place_choices, scope_name, search_options
from ui.turn import Turn
from ui.waiting_line import LineFullError, WaitingLine

CONVERSATION = "hoi"  # the parameter of the page's address that names the conversation
CONCURRENCY = 20  # answers worked on at once: their questions are embedded together
MAX_WAITING = 100  # questions that wait for a place before new ones are turned away
MAX_TYPED = 20_000  # characters the box takes; more than 1,000 the engine refuses in Vietnamese
MAX_SESSIONS = 500  # browser tabs whose state the server remembers

Updates = dict[Any, Any]  # component to its new value or properties

log = logging.getLogger(__name__)


class Chat:
    """The components of the chat and what happens between them; the engine is shared by all."""

    def __init__(self, engine: Engine, conversations: Conversations) -> None:
        self.engine = engine
        self.conversations = conversations
        self._examples: tuple[str, list[str]] | None = None  # version of the index, questions
        self._line = WaitingLine(CONCURRENCY, MAX_WAITING)
        with gr.Blocks(title=PRODUCT, analytics_enabled=False, fill_width=True) as self.blocks:
            self.conversation_id = gr.State("")
            self.notice = _html("", "library-notice", visible=False)
            self.retry = gr.Button("Thử lại", elem_id="retry", visible=False, size="sm")
            with gr.Column(elem_id="chat-view"):
                self._add_chat()
            self._connect()
        self.blocks.state_session_capacity = MAX_SESSIONS

    def _add_chat(self) -> None:
        self.conversation = _html(EMPTY_HTML, "conversation")
        with gr.Row(elem_id="examples"):
            self.examples = [gr.Button("", size="sm", visible=False) for _ in range(COUNT)]
        with gr.Column(elem_id="composer"):
            with gr.Row(elem_id="subject-row"):
                self.subject = _html("", "subject")
                self.forget = gr.Button("Bỏ", elem_id="forget-subject", size="sm", scale=0)
            with gr.Row(elem_id="ask-row"):
                self._add_question()
                self.send = gr.Button("Hỏi", variant="primary", elem_id="send", scale=0)
            with gr.Row(elem_id="tools"):
                self._add_scope()
                self.clear = gr.Button("Hỏi đáp mới", elem_id="clear", size="sm")
            # Pressed by the page's script for the button beside "Hiểu câu hỏi là".
            self.as_typed = gr.Button("Tìm đúng như đã gõ", elem_id="as-typed", visible="hidden")

    def _add_question(self) -> None:
        self.question = gr.Textbox(
            elem_id="question",
            label="Câu hỏi",
            show_label=False,
            placeholder="Nhập câu hỏi…",
            lines=1,
            max_lines=4,
            max_length=MAX_TYPED,
            autofocus=True,
            container=False,
            scale=1,
        )

    def _add_scope(self) -> None:
        kinds = [(KIND_NAMES[kind], kind) for kind in SECTION_KINDS]
        with gr.Accordion(WHOLE_LIBRARY, open=False, elem_id="scope") as self.scope:
            with gr.Row():
                self.documents = _choice("Văn bản", [])
                self.places = _choice("Địa phương", [])
                self.kinds = _choice("Loại mục", kinds)
            self.all_again = gr.Button("Tìm trong toàn bộ kho", size="sm")

    def _connect(self) -> None:
        filters = [self.documents, self.places, self.kinds]
        page = [self.conversation, self.conversation_id, self.subject]
        # Gradio's queue takes a third of a question's time; questions wait in a line of the page's own.
        quiet: Any = {"show_progress": "hidden", "api_visibility": "private", "queue": False}
        # What is sent while an answer is under way waits for it, and is not dropped.
        asking: Any = {"trigger_mode": "always_last", **quiet}
        asked = [self.question.submit, self.send.click]
        gr.on(asked, self.ask, [self.question, self.conversation_id, *filters], page, **asking)
        for example in self.examples:
            example.click(self.ask, [example, self.conversation_id, *filters], page, **asking)
        self.as_typed.click(self.ask_as_typed, [self.conversation_id, *filters], page, **asking)
        self.clear.click(self.start_again, None, page, **quiet)
        self.forget.click(self.forget_subject, self.conversation_id, page, **quiet)
        self.blocks.load(self.open_conversation, None, page, **quiet)
        library = [self.notice, self.retry, self.documents, self.places, *self.examples]
        for looked in (self.blocks.load, self.retry.click):
            looked(self.look_at_library, None, library, **quiet)
        for chosen in filters:
            chosen.change(self.scope_label, filters, self.scope, **quiet)
        self.all_again.click(lambda: ([], [], []), None, filters, **quiet)

    async def ask(
        self,
        question: str | None,
        conversation_id: str,
        documents: Choices,
        places: Choices,
        kinds: Choices,
        request: gr.Request,
    ) -> Updates:
        """Show the conversation with the answer; an empty box is no question. static/waiting.js shows the question."""
        if question and question.strip():
            return await self._in_turn(question, conversation_id, search_options(documents, places, kinds), request)
        return {self.conversation_id: conversation_id}

    async def ask_as_typed(
        self, conversation_id: str, documents: Choices, places: Choices, kinds: Choices, request: gr.Request
    ) -> Updates:
        """Ask the conversation's last question once more, exactly as it was typed."""
        options = search_options(documents, places, kinds, as_typed=True)
        return await self._in_turn(None, conversation_id, options, request)

    async def _in_turn(
        self, question: str | None, conversation_id: str, options: SearchOptions, request: gr.Request
    ) -> Updates:
        """Answer a question, None for the last one again, when its turn comes."""
        try:
            async with self._line.place():
                return await run_in_threadpool(self._asked, question, conversation_id, options, request)
        except LineFullError:
            return self._turned_away(question, conversation_id, request)

    def _turned_away(self, question: str | None, conversation_id: str, request: gr.Request) -> Updates:
        """Say that too many wait; the question is not kept."""
        user, conversation_id = _user(request), _conversation(request, conversation_id)
        turns = self.conversations.turns(user, conversation_id)
        turn = replace(_next_turn(turns, question), problem=TOO_MANY_ASK)
        subject = self.conversations.subject(user, conversation_id)
        return self._shown((*turns, turn), conversation_id if turns else "", subject)

    def _asked(
        self, question: str | None, conversation_id: str, options: SearchOptions, request: gr.Request
    ) -> Updates:
        user, conversation_id = _user(request), _conversation(request, conversation_id)
        turns = self.conversations.turns(user, conversation_id)
        turn = _next_turn(turns, question)
        if not turn.question:  # asked again where nothing was asked before
            return self._shown((), "")
        subject = self.conversations.subject(user, conversation_id)
        turn, subject = answered(turn, subject, self.engine, options)
        try:
            conversation_id = self.conversations.keep(user, conversation_id, turn, subject)
            return self._opened(user, conversation_id)
        except sqlite3.Error:  # the answer is there, and is shown even where it cannot be kept
            log.exception("a turn could not be kept")
            return self._shown((*turns, turn), conversation_id)

    def open_conversation(self, request: gr.Request) -> Updates:
        """Show the conversation that the page's address names, if it is this person's."""
        wanted = _conversation(request, "")
        if not wanted:  # the page is as it should be, and a question may already have been answered on it
            return cast(Updates, gr.skip())
        shown = self._opened(_user(request), wanted)
        return shown if shown[self.conversation_id] else shown | {self.conversation: LOST_HTML}

    def start_again(self) -> Updates:
        """Begin a new conversation; the old one is kept."""
        return self._shown((), "")

    def forget_subject(self, conversation_id: str, request: gr.Request) -> Updates:
        """Let the next question stand by itself."""
        user, conversation_id = _user(request), _conversation(request, conversation_id)
        self.conversations.forget_subject(user, conversation_id)
        return self._opened(user, conversation_id)

    def look_at_library(self) -> Updates:
        """Say what is wrong with the library, if anything; offer what can be filtered and asked."""
        state = library_state(self.engine)
        offered = [] if state.unavailable else self._offered(state.documents)
        buttons = {
            button: gr.update(value=text, visible=bool(text))
            for button, text in zip(self.examples, [*offered, *[""] * COUNT], strict=False)
        }
        return {
            self.notice: gr.update(value=state.notice_html, visible=bool(state.notice_html)),
            self.retry: gr.update(visible=state.unavailable),
            self.documents: gr.update(choices=document_choices(state.documents)),
            self.places: gr.update(choices=place_choices(state.documents)),
            **buttons,
        }

    def scope_label(self, documents: Choices, places: Choices, kinds: Choices) -> Updates:
        """Say on the closed filters what is searched."""
        options = search_options(documents, places, kinds)
        return cast(Updates, gr.update(label=scope_name(options, known_documents(self.engine))))

    def _offered(self, documents: list[Document]) -> list[str]:
        """Give the examples of the open index, found once for each version of it."""
        version = self.engine.version()
        if self._examples is None or self._examples[0] != version:
            try:
                self._examples = version, examples(documents, lambda text: self.engine.ask(text, SearchOptions()))
            except Exception:  # the page comes up all the same
                log.exception("no examples could be found")
                return []
        return self._examples[1]

    def _opened(self, user: str, conversation_id: str) -> Updates:
        """Show a person's conversation as it is kept."""
        turns = self.conversations.turns(user, conversation_id)
        subject = self.conversations.subject(user, conversation_id) if turns else None
        return self._shown(turns, conversation_id if turns else "", subject)

    def _shown(self, turns: tuple[Turn, ...], conversation_id: str, subject: Subject | None = None) -> Updates:
        # Only values: each changed property costs Gradio as much as a value ten times over, so what
        # is to be seen beside a conversation is for the style sheet to say.
        return {
            self.conversation: conversation_html(turns, conversation_id) or EMPTY_HTML,
            self.conversation_id: conversation_id,
            self.subject: f"Đang hỏi về: <strong>{esc(subject.label)}</strong>" if subject else "",
        }


def _next_turn(turns: tuple[Turn, ...], question: str | None) -> Turn:
    """Give the turn that follows; without a question the last one is asked again, "" where there is none."""
    last = turns[-1] if turns else Turn(0, "")
    return Turn(last.number + 1, question or last.question)


def _user(request: gr.Request) -> str:
    """Give who asks; a browser that keeps no cookies is a new person with each page that it opens."""
    user = user_of(request.request) if request.request else None
    return user or f"session {request.session_hash}"


def _conversation(request: gr.Request, opened: str) -> str:
    """Give the conversation of a page: by its address, which outlives a restart, or by what was opened in it."""
    return request.query_params.get(CONVERSATION) or opened


def _html(value: str, elem_id: str, visible: bool = True) -> gr.Markdown:
    """Show HTML; gr.HTML would need eval in the page, and Markdown is sanitised once more."""
    return gr.Markdown(value, elem_id=elem_id, visible=visible, latex_delimiters=[])


def _choice(label: str, choices: Sequence[tuple[str, str]]) -> gr.Dropdown:
    return gr.Dropdown(choices, label=label, multiselect=True, value=[])
