"""A librarian who keeps everything in memory and does what a test tells it, and the page around it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from ingest.edits import edited_facts
from ingest.types import Document, DocumentFacts
from tests.ui.fake_engine import DOCUMENTS, FakeEngine
from ui.conversations import Conversations
from ui.database import PAGE_FILE, Database
from ui.engine import Engine
from ui.feedback import FeedbackBook
from ui.headers import OnlyWhatThePageNeeds, SecurityHeaders
from ui.librarian import Decision, FileOutcome, Librarian, LibrarianError, Work
from ui.library_types import FileStatus, IndexState
from ui.people import manager_check
from ui.routes import library
from ui.same_origin import SameOriginChanges
from ui.server import STATIC
from ui.services import Services


def document(doc_id: str, title: str, **facts: str) -> Document:
    """Give a document of one line."""
    text = f"{title}\n"
    return Document(
        doc_id, f"{doc_id}.txt", doc_id, text, (), "text", edited_facts(DocumentFacts(title, title), facts), ()
    )


class FakeLibrarian(Librarian):
    """Files become documents named after them when a test says `read`; a name with "trùng số" is a conflict."""

    def __init__(self, documents: Sequence[Document] = tuple(DOCUMENTS)) -> None:
        self.held = list(documents)
        self.given: list[tuple[str, bytes, str | None]] = []  # name, bytes, and the document to be replaced
        self.by_hand: dict[str, dict[str, str]] = {}
        self.decisions: list[tuple[str, Decision]] = []
        self.builds = 0
        self.now = Work()
        self._before: list[tuple[list[Document], str]] = []  # what undo brings back

    def tell(self, **changes: object) -> None:
        """Set parts of what `work` gives."""
        self.now = replace(self.now, **changes)  # type: ignore[arg-type]

    def work(self) -> Work:
        """Give what a test has set."""
        return self.now

    def add(self, files: Sequence[tuple[str, Path]]) -> None:
        """Have the files wait."""
        self._accept(files, None)

    def replace(self, doc_id: str, name: str, path: Path) -> None:
        """Have the file wait for the place of a document."""
        self._accept([(name, path)], doc_id)

    def _accept(self, files: Sequence[tuple[str, Path]], doc_id: str | None) -> None:
        earlier = self.now.files if self.now.total else tuple(f for f in self.now.files if f.status == "conflict")
        for name, path in files:
            if name.startswith("đĩa đầy"):
                raise LibrarianError("Đĩa của máy chủ đã đầy. Xin báo người quản trị.")
            self.given.append((name, path.read_bytes(), doc_id))
            path.unlink()
            earlier = (*earlier, FileOutcome(name, "waiting"))
        self.tell(files=earlier, total=self.now.total + len(files))

    def start(self) -> None:
        """Begin to read the first file that waits."""
        name = next(f.name for f in self.now.files if f.status == "waiting")
        self.tell(files=self._files_with(FileOutcome(name, "reading")))

    def read(self, indexing: IndexState = "idle") -> None:
        """Be done with the first file that is not: added, in conflict, or failed, by its name."""
        name = next(f.name for f in self.now.files if f.status in ("waiting", "reading"))
        doc_id = name.rpartition(".")[0].replace(" ", "-")
        title = f"Văn bản {doc_id}"
        if "trùng số" in name:
            outcome = FileOutcome(name, "conflict", title, "phan-rang", "Cùng số với một văn bản khác.")
        elif "hỏng" in name:
            outcome = FileOutcome(name, "failed", message="Tệp bị hỏng. Xin lưu lại rồi thêm lại.")
        else:
            outcome = FileOutcome(name, "added", title, doc_id)
            self._hold(f"Thêm “{title}”", [*self.held, document(doc_id, title)])
        done, total = self.now.reading + 1, self.now.total
        if done == total:
            done = total = 0
        self.tell(files=self._files_with(outcome), reading=done, total=total, indexing=indexing)

    def decide(self, name: str, decision: Decision) -> None:
        """Settle a conflict."""
        outcome = next((f for f in self.now.files if f.name == name and f.status == "conflict"), None)
        if outcome is None:
            raise LibrarianError("Tệp này không còn chờ quyết định. Xin tải lại trang.")
        self.decisions.append((name, decision))
        if decision == "leave out":
            self.tell(files=tuple(f for f in self.now.files if f.name != name))
            return
        self._hold(f"Thêm “{outcome.title}”", [*self.held, document("moi", outcome.title)])
        status: FileStatus = "replaced" if decision == "replace" else "added"
        self.tell(files=self._files_with(replace(outcome, status=status, doc_id="moi", message="")))

    def edit(self, doc_id: str, changes: Mapping[str, str]) -> None:
        """Correct facts; a place called "Cấm" is refused, as only the library itself can."""
        if changes.get("place") == "Cấm":
            raise LibrarianError("Kho đang được chương trình khác dùng. Xin thử lại.")
        kept = {**self.by_hand.get(doc_id, {}), **changes}
        self.by_hand[doc_id] = {fact: value for fact, value in kept.items() if value}
        held = [
            replace(d, facts=edited_facts(d.facts, self.by_hand[doc_id])) if d.doc_id == doc_id else d
            for d in self.held
        ]
        self._hold("Sửa thông tin", held)

    def edited(self, doc_id: str) -> dict[str, str]:
        """Give what was corrected."""
        return self.by_hand.get(doc_id, {})

    def remove(self, doc_id: str) -> None:
        """Take a document out."""
        self._hold(f"Gỡ “{doc_id}”", [d for d in self.held if d.doc_id != doc_id])

    def undo(self) -> str:
        """Bring back what was before the last change."""
        if not self._before:
            raise LibrarianError("Không còn thay đổi nào để hoàn tác.")
        what = self.now.last_change
        self.held, last_change = self._before.pop()
        self.tell(last_change=last_change)
        return f"Đã hoàn tác việc: {what}."

    def reindex(self) -> None:
        """Count."""
        self.builds += 1
        self.tell(indexing="waiting")

    def documents(self) -> list[Document]:
        """Give what is held."""
        return list(self.held)

    def close(self) -> None:
        """Do nothing."""

    def _hold(self, what: str, held: list[Document]) -> None:
        self._before.append((self.held, self.now.last_change))
        self.held = held
        self.tell(last_change=what)

    def _files_with(self, outcome: FileOutcome) -> tuple[FileOutcome, ...]:
        return tuple(outcome if f.name == outcome.name else f for f in self.now.files)


def library_app(
    folder: Path, librarian: Librarian | None, engine: Engine | None = None, managers: Sequence[str] = ()
) -> FastAPI:
    """Give the library's addresses alone, with what guards them."""
    kept = Database(folder / PAGE_FILE)
    services = Services(
        engine or FakeEngine(), Conversations(kept), FeedbackBook(kept), librarian, manager_check(managers)
    )
    app = FastAPI()
    app.add_middleware(SameOriginChanges)
    app.add_middleware(OnlyWhatThePageNeeds)
    app.add_middleware(SecurityHeaders)
    app.mount("/tai-nguyen", StaticFiles(directory=STATIC))
    app.include_router(library.router(services, folder / "incoming"))
    return app
