"""The page in Gradio components, questions beside the library; its callbacks only translate."""

from collections.abc import Iterator, Sequence
from typing import Any, cast

import gradio as gr

from index.types import SearchOptions
from ingest.types import SECTION_KINDS, Document
from ui.conversation import Turns, answered, conversation_html, waiting
from ui.engine import Engine
from ui.holdings import WAITING_HTML, holdings_html
from ui.names import KIND_NAMES, PRODUCT
from ui.notices import EMPTY_HTML, HEADER_HTML, library_state

EXAMPLES = (
    "ai chịu trách nhiệm đấu tranh thông tin xấu độc?",
    "Văn phòng Quận ủy Nam Từ Liêm có nhiệm vụ gì?",
    "ngày truyền thống Ban Đối ngoại Trung ương là ngày nào?",
    "ai ky ke hoach cua Phan Rang",
    "dùng pano, áp phích ở những đâu?",
)
WHOLE_LIBRARY = "Phạm vi: toàn bộ kho"
CONCURRENCY = 2  # answers worked on at once: the machine has two cores
MAX_WAITING = 100  # questions in the queue before new ones are turned away
MAX_TYPED = 20_000  # characters the box takes; more than 1,000 the engine refuses in Vietnamese
MAX_FILTER = 200  # characters of the filter of documents
MAX_SESSIONS = 500  # browser tabs whose conversation the server remembers

Choices = Sequence[str] | None  # what a dropdown gives: None before anything was chosen
Updates = dict[Any, Any]  # component to its new value or properties


class Chat:
    """The components of both views and what happens between them; the engine is shared by all."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        with gr.Blocks(title=PRODUCT, analytics_enabled=False, fill_width=True) as self.blocks:
            self.turns = gr.State(())
            _html(HEADER_HTML, "page-head")
            self.notice = _html("", "library-notice", visible=False)
            self.retry = gr.Button("Thử lại", elem_id="retry", visible=False, size="sm")
            with gr.Tabs(elem_id="views"):
                with gr.Tab("Hỏi đáp", elem_id="chat-view"):
                    self._add_chat()
                with gr.Tab("Kho văn bản", elem_id="library-view") as self.library_tab:
                    self._add_library()
            self._connect()
        self.blocks.queue(default_concurrency_limit=CONCURRENCY, max_size=MAX_WAITING)
        self.blocks.state_session_capacity = MAX_SESSIONS

    def _add_chat(self) -> None:
        self.conversation = _html(EMPTY_HTML, "conversation")
        self._add_examples()
        with gr.Column(elem_id="composer"):
            with gr.Row(elem_id="ask-row"):
                self._add_question()
                self.send = gr.Button("Hỏi", variant="primary", elem_id="send", scale=0)
            with gr.Row(elem_id="tools"):
                self._add_scope()
                self.clear = gr.Button("Hỏi đáp mới", elem_id="clear", size="sm", visible=False)

    def _add_library(self) -> None:
        self.wanted = gr.Textbox(
            elem_id="library-filter",
            label="Lọc văn bản",
            show_label=False,
            placeholder="Lọc theo tên, số, ngày, cơ quan, địa phương… (không cần dấu)",
            max_lines=1,
            max_length=MAX_FILTER,
            container=False,
        )
        self.holdings = _html(WAITING_HTML, "holdings")

    def _add_examples(self) -> None:
        with gr.Row(elem_id="examples") as self.example_row:
            self.examples = [gr.Button(example, size="sm") for example in EXAMPLES]

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
        page = [self.conversation, self.turns, self.question, self.example_row, self.clear]
        library = [self.notice, self.retry, self.documents, self.places]
        quiet: Any = {"show_progress": "hidden", "api_visibility": "private"}
        asking: Any = {"concurrency_id": "ask", "concurrency_limit": CONCURRENCY, **quiet}
        asked = [self.question.submit, self.send.click]
        gr.on(asked, self.ask, [self.question, self.turns, *filters], page, **asking)
        for example in self.examples:
            example.click(self.ask, [example, self.turns, *filters], page, **asking)
        # Only questions go through the queue: Gradio's client can lose an event that joins it
        # while another one of the same page is just being completed.
        quiet["queue"] = False
        self.clear.click(self.start_again, None, page, **quiet)
        self.blocks.load(self.look_at_library, None, library, **quiet)
        self.retry.click(self.look_at_library, None, library, **quiet)
        for opened in (self.library_tab.select, self.wanted.change, self.retry.click):
            opened(self.show_holdings, self.wanted, self.holdings, trigger_mode="always_last", **quiet)
        for chosen in filters:
            chosen.change(scope_label, filters, self.scope, **quiet)
        self.all_again.click(lambda: ([], [], []), None, filters, **quiet)

    def ask(
        self, question: str | None, turns: Turns, documents: Choices, places: Choices, kinds: Choices
    ) -> Iterator[Updates]:
        """Show the question at once, then its answer."""
        turns = waiting(turns, question or "")
        yield self._shown(turns) | {self.question: ""}
        turns = answered(turns, self.engine, search_options(documents, places, kinds))
        kept = {self.question: turns[-1].question} if turns[-1].keeps_question else {}
        yield self._shown(turns) | {self.turns: turns} | kept

    def start_again(self) -> Updates:
        """Empty the conversation."""
        return self._shown(()) | {self.turns: ()}

    def look_at_library(self) -> Updates:
        """Say what is wrong with the library, if anything, and offer what can be filtered."""
        state = library_state(self.engine)
        return {
            self.notice: gr.update(value=state.notice_html, visible=bool(state.notice_html)),
            self.retry: gr.update(visible=state.unavailable),
            self.documents: gr.update(choices=document_choices(state.documents)),
            self.places: gr.update(choices=place_choices(state.documents)),
        }

    def show_holdings(self, wanted: str | None) -> str:
        """Show what the open index holds, as far as the filter lets it through."""
        return holdings_html(self.engine, wanted or "")

    def _shown(self, turns: Turns) -> Updates:
        return {
            self.conversation: conversation_html(turns) or EMPTY_HTML,
            self.example_row: gr.update(visible=not turns),
            self.clear: gr.update(visible=bool(turns)),
        }


def search_options(documents: Choices, places: Choices, kinds: Choices) -> SearchOptions:
    """Give the search options of the chosen filters; a kind that does not exist is left out."""
    known = tuple(kind for kind in SECTION_KINDS if kind in (kinds or ()))
    return SearchOptions(documents=tuple(documents or ()), places=tuple(places or ()), kinds=known)


def scope_label(documents: Choices, places: Choices, kinds: Choices) -> Updates:
    """Say on the closed filters what is searched."""
    counts = [(documents, "văn bản"), (places, "địa phương"), (kinds, "loại mục")]
    chosen = ", ".join(f"{len(values)} {name}" for values, name in counts if values)
    label = f"Phạm vi: {chosen}" if chosen else WHOLE_LIBRARY
    return cast(Updates, gr.update(label=label))


def document_choices(documents: list[Document]) -> list[tuple[str, str]]:
    """Give the documents as a filter offers them: name and id."""
    return [(d.facts.short_title or d.facts.title or d.source, d.doc_id) for d in documents]


def place_choices(documents: list[Document]) -> list[str]:
    """Give the places that documents come from, each once."""
    return sorted({d.facts.place for d in documents if d.facts.place})


def _html(value: str, elem_id: str, visible: bool = True) -> gr.Markdown:
    """Show HTML; gr.HTML would need eval in the page, and Markdown is sanitised once more."""
    return gr.Markdown(value, elem_id=elem_id, visible=visible, latex_delimiters=[])


def _choice(label: str, choices: Sequence[tuple[str, str]]) -> gr.Dropdown:
    return gr.Dropdown(choices, label=label, multiselect=True, value=[])
