"""Short questions that lean on the one before; the pairs are in follow_ups.jsonl, half of them only to report on."""

import json
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from index.abbreviations import read_abbreviations
from index.conversation_subject import Subject, subject_from, subject_of
from index.diacritics import load_restorer
from index.follow_up import FollowUp, followed
from index.proper_names import read_names
from index.question import MAX_QUESTION_CHARACTERS, document_names, understand
from index.question_pieces import Lexicon, lexicon_of, vocabulary
from index.text import folded_syllables
from index.types import Answer, Citation
from ingest.folding import fold
from ingest.metadata import FileMetadata
from ingest.passages import split_passages
from ingest.types import Document
from tests import plans
from tests.fakes import understood
from tests.plans import BO_TTTT, CAN_THO, HUE, NAM_TU_LIEM, PHAN_RANG, ROOT, VUNG_TAU, parsed

PAIRS = [json.loads(line) for line in Path(__file__).with_name("follow_ups.jsonl").read_text("utf-8").splitlines()]
GOLD = [json.loads(line)["question"] for line in (ROOT / "eval" / "gold.jsonl").read_text("utf-8").splitlines()]
WHO_SIGNS = "ai ký kế hoạch tuyên truyền Đại hội Đảng ở Cần Thơ?"


def lexicon_for(documents: list[Document]) -> Lexicon:
    """Read as an index of these documents does."""
    names, abbreviations = document_names(documents), read_abbreviations(documents)
    proper = read_names(f"{document.text}\n{document.facts.place or ''}" for document in documents)
    restore = load_restorer().restore
    return lexicon_of(
        documents,
        names,
        lambda question: understand(question, names, abbreviations.expand, restore, proper.capitalized),
        ("Đà Nẵng", "Hải Phòng", "Hòa Bình"),
    )


@pytest.fixture(scope="module")
def lexicon(corpus_documents: list[Document]) -> Lexicon:
    return lexicon_for(corpus_documents)


def about(question: str, lexicon: Lexicon, *cited: str) -> Subject:
    subject = subject_from(lexicon.understand(question), cited, lexicon)
    assert subject is not None
    return subject


def check(pair: dict[str, Any], then: str, lexicon: Lexicon) -> None:
    subject = about(pair["first"], lexicon, *(getattr(plans, name) for name in pair["cited"]))
    found = followed(then, subject, lexicon)
    if "documents" not in pair:
        expected = FollowUp(then, None) if pair["question"] is None else FollowUp(pair["question"], subject)
        assert (found.question.lower(), found.subject) == (expected.question.lower(), expected.subject)
        return
    assert found.subject == subject
    meant = lexicon.understand(found.question)
    assert set(meant.documents) == {getattr(plans, name) for name in pair["documents"]}
    assert set(pair["intents"]) <= meant.intents
    words = f" {' '.join(folded_syllables(found.question))} "
    assert [held for held in pair["holds"] if f" {held} " not in words] == []
    assert [lacked for lacked in pair["lacks"] if f" {lacked} " in words] == []


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair['first']} | {pair['then']}")
def test_a_short_question_is_written_out(pair: dict[str, Any], lexicon: Lexicon) -> None:
    check(pair, pair["then"], lexicon)
    check(pair, unicodedata.normalize("NFD", pair["then"]), lexicon)
    check(pair, f"  {pair['then'].capitalize()}\n", lexicon)


# "còn" and "con", "thế" and "thẻ", "sở" and "số" are one word without marks: such a question stays as it is.
ONLY_WITH_MARKS = {"còn Sở Y tế?", "thế còn việc in áp phích thì ai lo?"}


@pytest.mark.parametrize(
    "pair",
    [pair for pair in PAIRS if pair["split"] == "dev" and pair["then"] not in ONLY_WITH_MARKS],
    ids=lambda pair: f"{pair['first']} | {pair['then']}",
)
def test_marks_and_small_letters_make_no_difference(pair: dict[str, Any], lexicon: Lexicon) -> None:
    check(pair, fold(pair["then"]), lexicon)
    check(pair, pair["then"].upper(), lexicon)


@pytest.mark.parametrize("then", sorted(ONLY_WITH_MARKS))
def test_what_may_be_another_word_without_marks_stays(then: str, lexicon: Lexicon) -> None:
    assert followed(fold(then), about(WHO_SIGNS, lexicon), lexicon) == FollowUp(fold(then), None)


@pytest.mark.parametrize("typed", [str, fold, str.upper])
def test_questions_that_stand_by_themselves_stay(typed: Callable[[str], str], lexicon: Lexicon) -> None:
    subject = about(WHO_SIGNS, lexicon)
    questions = [typed(question) for question in GOLD]
    assert len(questions) > 400
    assert [q for q in questions if followed(q, subject, lexicon) != FollowUp(q, None)] == []


@pytest.mark.parametrize(
    ("questions", "meant"),
    [
        (
            ["ai ký kế hoạch của Cần Thơ?", "còn Vũng Tàu thì sao?", "nơi nhận?", "con can tho?", "thế còn khẩu hiệu"],
            [
                "ai ký kế hoạch của Vũng Tàu?",
                "nơi nhận của kế hoạch của Vũng Tàu?",
                "nơi nhận của kế hoạch của Cần Thơ?",
                "khẩu hiệu của kế hoạch của Cần Thơ?",
            ],
        ),
        (
            [
                "Văn phòng Quận ủy Nam Từ Liêm có nhiệm vụ gì?",
                "ban tổ chức thì sao",
                "còn Vũng Tàu?",
                "ai ký",
                "số mấy",
            ],
            [
                "Ban Tổ chức Quận ủy Nam Từ Liêm có nhiệm vụ gì?",
                "Ban Tổ chức Thành ủy Vũng Tàu có nhiệm vụ gì?",
                "kế hoạch của Vũng Tàu ai ký?",
                "kế hoạch của Vũng Tàu mang số mấy?",
            ],
        ),
        (
            ["Cần Thơ chặn tin giả bằng cách nào", "còn Đà Nẵng?", "còn Phan Rang?"],
            ["Đà Nẵng chặn tin giả bằng cách nào?", "Phan Rang chặn tin giả bằng cách nào?"],
        ),
        (
            [
                "mục V.8 kế hoạch Cần Thơ giao việc gì",
                "còn mục V.7 thì sao?",
                "V.6?",
                "muc 2.2 noi gi",
                "điều 5 nói gì",
            ],
            [
                "ở Cần Thơ, mục V.7 thì sao?",
                "ở Cần Thơ, V.6?",
                "ở Cần Thơ, mục 2.2 nói gì?",
                "ở Cần Thơ, điều 5 nói gì?",
            ],
        ),
    ],
)
def test_follow_ups_of_follow_ups(questions: list[str], meant: list[str], lexicon: Lexicon) -> None:
    subject = about(questions[0], lexicon)
    found = []
    for question in questions[1:]:
        found.append(followed(question, subject, lexicon).question)
        subject = about(found[-1], lexicon)
    assert found == meant


def test_without_a_subject_every_question_stands(lexicon: Lexicon) -> None:
    for question in ("ai ký?", "còn Vũng Tàu thì sao?", "", "?"):
        assert followed(question, None, lexicon) == FollowUp(question, None)


@pytest.mark.parametrize("typed", ["", "  ", "???", "còn", "thế à?", "²", "vâng ạ", "không", "được rồi", "0"])
def test_what_asks_nothing_stays(typed: str, lexicon: Lexicon) -> None:
    assert followed(typed, about(WHO_SIGNS, lexicon), lexicon) == FollowUp(typed, None)


def test_a_question_too_long_to_be_written_out_stays(lexicon: Lexicon) -> None:
    long = about(f"ai chịu trách nhiệm {'tuyên truyền ' * 75}", lexicon)
    assert len(long.topic) < MAX_QUESTION_CHARACTERS
    short = "đơn vị nào chủ trì, đơn vị nào phối hợp, khi nào xong, gửi cho ai, ai ký, số mấy"
    assert followed(short, long, lexicon) == FollowUp(short, None)


def test_documents_that_a_page_kept_and_the_library_lost_are_left_out(lexicon: Lexicon) -> None:
    subject = Subject("áp phích nên dán ở đâu", ("gone",), "áp phích nên dán", "đã xóa")
    assert followed("ai ký?", subject, lexicon).question == "văn bản về áp phích nên dán ai ký?"


def test_a_subject_is_what_was_named_or_what_answered(lexicon: Lexicon) -> None:
    subject = about("ai ký kế hoạch của Cần Thơ?", lexicon, PHAN_RANG)
    assert (subject.question, subject.documents) == ("ai ký kế hoạch của Cần Thơ?", (CAN_THO,))
    assert subject.topic == "kế hoạch"
    assert subject.label == "Kế hoạch tuyên truyền Hội nghị Trung ương ngày 25/11/2024 của Thành ủy Cần Thơ"
    subject = about("treo pano o dau?", lexicon, PHAN_RANG, CAN_THO, PHAN_RANG)
    assert (subject.question, subject.topic) == ("treo pano ở đâu?", "treo pano")
    assert subject.documents == (PHAN_RANG, CAN_THO)
    subject = about("áp phích nên dán ở đâu?", lexicon, PHAN_RANG, CAN_THO, VUNG_TAU, NAM_TU_LIEM)
    assert (subject.documents, subject.label) == ((), "“áp phích nên dán ở đâu?”")
    assert about("công văn của Cục ai ký", lexicon).documents == (BO_TTTT,)
    assert subject_from(lexicon.understand("ở đâu?"), (), lexicon) is None


def test_a_label_is_cut_between_words(lexicon: Lexicon) -> None:
    label = about("cách " + "nấu phở bò " * 20, lexicon).label
    assert label.startswith("“cách nấu phở bò")
    assert label.endswith(("nấu…”", "phở…”", "bò…”"))
    assert len(label) <= 92


def citation(document: Document, label: str) -> Citation:
    return Citation(label, document, split_passages(document)[0], (), 1.0)


def test_the_subject_of_an_answer_is_in_the_documents_of_its_first_part(
    corpus_documents: list[Document], lexicon: Lexicon
) -> None:
    by_id = {document.doc_id: document for document in corpus_documents}
    labels = (("1a", CAN_THO), ("1b", PHAN_RANG), ("2", VUNG_TAU))
    citations = tuple(citation(by_id[doc_id], label) for label, doc_id in labels)
    answer = Answer("ap phich nen dan o dau", "áp phích nên dán ở đâu", "…", citations)
    subject = subject_of(answer, lexicon)
    assert subject is not None
    assert subject.documents == (CAN_THO, PHAN_RANG)
    missing = subject_of(replace(answer, citations=(), refusal="not_found"), lexicon)
    assert missing is not None
    assert (missing.documents, missing.topic) == ((), "áp phích nên dán")
    assert subject_of(replace(answer, refusal="invalid_question"), lexicon) is None
    assert subject_of(replace(answer, refusal="no_documents"), lexicon) is None


def test_a_page_can_keep_a_subject(lexicon: Lexicon) -> None:
    subject, kept = about(WHO_SIGNS, lexicon), TypeAdapter(Subject)
    assert kept.validate_json(kept.dump_json(subject)) == subject


def plan(name: str, place: str | None, number: str, issuer: str | None = None) -> Document:
    text = HUE.replace("112-KH/BTGTU", number)
    return parsed(text, f"{name}.txt", FileMetadata(place=place, issuer=issuer))


@pytest.mark.parametrize(
    ("doc_id", "meant"),
    [
        ("one", "kế hoạch của Vinh ai ký?"),
        ("two", "kế hoạch 35-KH/TU ai ký?"),  # its place has two plans
        ("three", "kế hoạch của Sở Y tế Sơn La ai ký?"),  # without a place
    ],
)
def test_a_document_is_called_by_a_name_that_tells_it_apart(doc_id: str, meant: str) -> None:
    documents = [
        plan("one", "Vinh, Nghệ An", "7-KH/TU"),
        plan("two", "Sóc Trăng", "35-KH/TU"),
        plan("four", "Sóc Trăng", "36-KH/TU"),
        plan("three", None, "9-KH/SYT", "Sở Y tế Sơn La"),
    ]
    lexicon = lexicon_for(documents)
    found = followed("ai ký?", about("ban nào treo pano", lexicon, doc_id), lexicon)
    assert found.question == meant
    assert lexicon.understand(found.question).documents == (doc_id,)


def test_a_province_is_one_only_where_a_place_stands(lexicon: Lexicon) -> None:
    assert about("giữ gìn hòa bình bằng cách nào", lexicon).topic == "giữ gìn hòa bình"
    found = followed("còn Cần Thơ?", about("Hòa Bình treo pano ở đâu", lexicon), lexicon)
    assert found.question == "Cần Thơ treo pano ở đâu?"


def test_the_vocabulary_is_read_once_and_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ("thì", "sao") in vocabulary()["about"]
    for bad in ("opening còn\n", "no_kind = còn\n", "about = thì sao\nabout = ra sao\n"):
        path = tmp_path / "conversation_words.txt"
        path.write_text(bad, encoding="utf-8")
        monkeypatch.setattr("index.question_pieces._FILE", path)
        with pytest.raises(ValueError, match=r"conversation_words\.txt, line \d"):
            vocabulary.__wrapped__()


def test_names_are_read_from_questions_as_they_stand(lexicon: Lexicon) -> None:
    """A question that nobody restored is followed as well."""
    bare = replace(lexicon, understand=understood)
    assert followed("còn Vũng Tàu?", about(WHO_SIGNS, bare), bare).question == (
        "ai ký kế hoạch tuyên truyền Đại hội Đảng ở Vũng Tàu?"
    )
