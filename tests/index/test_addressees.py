"""To whom a letter is written."""

import pytest

from index.addressees import addressees_in


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("Số: 12\n\n**Kính gửi:** Sở Y tế các tỉnh\n", "Sở Y tế các tỉnh"),
        ("KÍNH GỬI:\n- Sở Y tế;\n- Sở Nội vụ.\n\nThực hiện", "- Sở Y tế; - Sở Nội vụ."),
        ("Kính gửi Ủy ban nhân dân xã Vỹ Dạ", "Ủy ban nhân dân xã Vỹ Dạ"),
        ("Kính gửi:\n\n", None),
        ("Số 12-KH/TU KẾ HOẠCH gửi các sở", None),
        ("", None),
    ],
)
def test_the_words_behind_the_greeting(head: str, expected: str | None) -> None:
    assert addressees_in(head) == expected
