"""python -m index build | ask, with a tiny model in the place of the real one."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from index.__main__ import main
from index.versions import current_folder
from ingest.__main__ import main as ingest
from tests.plans import CORPUS, HUE

KEYS = ["id", "question", "understood_as", "refusal", "answer", "citations", "nearest", "elapsed_ms"]
CITATION_KEYS = (
    "label doc_id source text_sha256 title number issuer place date locator heading_path kind unit page start end text "
    "quotes score"
).split()
WHO = "ai chịu trách nhiệm đấu tranh thông tin xấu độc?"
Captured = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, corpus_data: Path, tiny_model: Path) -> Path:
    data = Path(shutil.copytree(corpus_data, tmp_path_factory.mktemp("built") / "dữ liệu"))
    assert main(["build", "--data", str(data), "--model", str(tiny_model)]) == 0
    return data


@pytest.fixture
def data(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "data"))


def ask(data: Path, *arguments: str) -> int:
    return main(["ask", "--data", str(data), *arguments])


def answers(capsys: Captured) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_build_says_what_it_made_and_then_that_there_is_nothing_to_do(
    data: Path, tiny_model: Path, capsys: Captured
) -> None:
    shutil.rmtree(data / "index")
    assert main(["build", "--data", str(data), "--model", str(tiny_model)]) == 0
    assert capsys.readouterr() == (f"built: 256 passages of 5 documents, model {tiny_model}\n", "")
    before = sorted(path.stat().st_mtime_ns for path in data.rglob("*"))
    assert main(["build", "--data", str(data), "--model", str(tiny_model)]) == 0
    assert capsys.readouterr() == ("up to date: 256 passages of 5 documents\n", "")
    assert sorted(path.stat().st_mtime_ns for path in data.rglob("*")) == before


def test_an_answer_for_people(built: Path, capsys: Captured) -> None:
    assert ask(built, WHO, "--top", "2") == 0
    out = capsys.readouterr().out
    assert "[1" in out
    assert " · Mục " in out


def test_an_answer_for_programs(built: Path, capsys: Captured) -> None:
    assert ask(built, WHO, "--json", "--top", "3") == 0
    (answer,) = answers(capsys)
    assert list(answer) == KEYS
    assert (answer["id"], answer["question"], answer["refusal"]) == (None, WHO, None)
    assert {tuple(citation) for citation in answer["citations"]} == {tuple(CITATION_KEYS)}
    assert len({citation["label"].rstrip("abcdefgh") for citation in answer["citations"]}) == 3
    for citation in answer["citations"]:
        text = (CORPUS / citation["source"]).read_text(encoding="utf-8")
        assert text[citation["start"] : citation["end"]] == citation["text"]
        assert citation["quotes"]
        assert all(text[q["start"] : q["end"]] == q["text"] for q in citation["quotes"])


def test_a_question_is_searched_as_typed_where_asked(built: Path, capsys: Captured) -> None:
    assert ask(built, "ai ky ke hoach", "--json") == 0
    assert ask(built, "ai ky ke hoach", "--json", "--as-typed") == 0
    assert [answer["understood_as"] for answer in answers(capsys)] == ["ai ký kế hoạch", "ai ky ke hoach"]


def test_a_file_of_questions_is_answered_in_order(built: Path, tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "câu hỏi.jsonl"
    questions = [("q2", WHO), (1, "ai ký kế hoạch của Phan Rang?"), (None, ""), ("q2", "dùng pano ở đâu?")]
    lines = [json.dumps({"id": i, "question": q, "khác": 1}, ensure_ascii=False) for i, q in questions]
    path.write_text("\ufeff" + "\n\n".join(lines) + "\n", encoding="utf-8")
    assert ask(built, "--questions", str(path)) == 0
    found = answers(capsys)
    assert [(answer["id"], answer["question"]) for answer in found] == questions
    assert [answer["refusal"] for answer in found] == [None, None, "invalid_question", None]


@pytest.mark.parametrize("line", ["không phải JSON", "[]", '"chữ"', '{"id": 1}', "{", "1"])
def test_a_bad_line_names_its_number(built: Path, tmp_path: Path, capsys: Captured, line: str) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text(f'{{"id": 1, "question": "ai ký?"}}\n{line}\n', encoding="utf-8")
    assert ask(built, "--questions", str(path)) == 1
    message = f'error: {path}, line 2: is not {{"id": …, "question": …}}; correct the line\n'
    assert capsys.readouterr() == ("", message)


def test_a_file_of_questions_that_cannot_be_read(built: Path, tmp_path: Path, capsys: Captured) -> None:
    assert ask(built, "--questions", str(tmp_path / "không có.jsonl")) == 1
    assert "không có.jsonl: No such file or directory" in capsys.readouterr().err
    (tmp_path / "latin.jsonl").write_bytes(b'{"question": "th\xe0nh ph\xf4"}\n')
    assert ask(built, "--questions", str(tmp_path / "latin.jsonl")) == 1
    assert capsys.readouterr().err.startswith(f"error: {tmp_path / 'latin.jsonl'}")


def test_filters(built: Path, capsys: Captured) -> None:
    assert ask(built, WHO, "--json", "--document", "347-KH/TU") == 0
    assert ask(built, WHO, "--json", "--place", "vung tau") == 0
    assert ask(built, WHO, "--json", "--kind", "slogans") == 0
    by_number, by_place, by_kind = answers(capsys)
    assert {c["number"] for c in by_number["citations"] + by_number["nearest"]} == {"347-KH/TU"}
    assert {c["place"] for c in by_place["citations"] + by_place["nearest"]} == {"Vũng Tàu"}
    assert {c["kind"] for c in by_kind["citations"] + by_kind["nearest"]} == {"slogans"}
    assert ask(built, WHO, "--json", "--kind", "slogans", "--place", "vung tau") == 0
    assert answers(capsys)[0]["refusal"] == "filtered_out"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--document", "mưa"), "error: --document 'mưa': no such document; there are: can-tho-"),
        (
            ("--place", "Huế"),
            "error: --place 'Huế': no document of this place; there are: Cần Thơ, Nam Từ Liêm, Hà Nội,",
        ),
        (("--kind", "việc"), "error: --kind 'việc': no such kind; there are: header, basis, purpose,"),
    ],
)
def test_filters_that_mean_nothing(built: Path, capsys: Captured, arguments: tuple[str, ...], message: str) -> None:
    assert ask(built, WHO, *arguments) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(message)


def test_a_question_that_cannot_be_asked_has_status_2(built: Path, capsys: Captured) -> None:
    assert ask(built, "?!") == 2
    assert capsys.readouterr().out.startswith("Câu hỏi")
    assert main(["ask", "--data", str(built)]) == 2
    assert "give one question in quotation marks" in capsys.readouterr().err


@pytest.mark.parametrize("top", ["0", "-1", "hai"])
def test_top_is_at_least_1(built: Path, capsys: Captured, top: str) -> None:
    with pytest.raises(SystemExit) as caught:
        ask(built, WHO, "--top", top)
    assert caught.value.code == 2
    assert "--top" in capsys.readouterr().err


def test_without_data_the_command_to_run_is_named(tmp_path: Path, capsys: Captured) -> None:
    data = tmp_path / "data"
    assert ask(data, WHO) == 1
    assert capsys.readouterr() == ("", f"error: {data / 'index'}: there is no index yet; run: python -m index build\n")
    assert main(["build", "--data", str(data)]) == 1
    message = f"error: {data / 'library.db'}: there is no library yet; run: python -m ingest corpus\n"
    assert capsys.readouterr() == ("", message)


def test_on_stale_data_the_command_to_run_is_named(
    data: Path, tmp_path: Path, tiny_model: Path, capsys: Captured
) -> None:
    corpus = shutil.copytree(CORPUS, tmp_path / "corpus")
    (corpus / "huế.txt").write_text(HUE, encoding="utf-8")
    assert ingest([str(corpus), "--data", str(data)]) == 0
    capsys.readouterr()
    assert ask(data, WHO) == 1
    assert capsys.readouterr() == (
        "",
        f"error: {data}: the library has changed since the index was built; run: python -m index build\n",
    )
    assert main(["build", "--data", str(data), "--model", str(tiny_model)]) == 0
    assert ask(data, "văn nghệ tại Nhà hát Sông Hương", "--json") == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["citations"][0]["source"] == "huế.txt"


def test_a_damaged_library_and_a_damaged_index(data: Path, tiny_model: Path, capsys: Captured) -> None:
    vectors = current_folder(data) / "dense.faiss"
    for content in (b"", b"\x00" * vectors.stat().st_size):  # shorter, and as long as what was built
        vectors = current_folder(data) / "dense.faiss"
        vectors.write_bytes(content)
        assert ask(data, WHO) == 1
        message = f"error: {vectors}: is damaged (not the file that was built); run: python -m index build\n"
        assert capsys.readouterr() == ("", message)
        assert main(["build", "--data", str(data), "--model", str(tiny_model)]) == 0
        assert capsys.readouterr() == (f"built: 256 passages of 5 documents, model {tiny_model}\n", "")
        assert ask(data, WHO) == 0
        capsys.readouterr()
    (data / "library.db").write_bytes(b"nothing of a library" * 1000)
    assert main(["build", "--data", str(data), "--model", str(tiny_model)]) == 1
    assert "is damaged (file is not a database); move it away" in capsys.readouterr().err


def test_a_model_that_is_not_there(data: Path, tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "rỗng").mkdir()
    for model in (str(tmp_path / "rỗng"), "vinai/không-có"):
        assert main(["build", "--data", str(data), "--model", model]) == 1
        err = capsys.readouterr().err.splitlines()[-1]
        assert err.startswith(f"error: {model}: cannot be loaded from this machine (")
        assert err.endswith("or leave --model out for e5-small")
    assert ask(data, WHO) == 0
