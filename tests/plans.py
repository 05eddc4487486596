"""Plans for tests: the real ones, and short ones by hand in the style of other provinces."""

from pathlib import Path

from ingest.metadata import FileMetadata
from ingest.parse import parse_document
from ingest.passages import PassageOptions, split_passages
from ingest.readers.pages import Pages
from ingest.types import Document, Passage

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "corpus"
CAN_THO = "can-tho-tuyen-truyen-hoi-nghi-trung-uong-25-11-2024"
BO_TTTT = "cuc-thong-tin-co-so-trong-tam-thang-12-2024"
NAM_TU_LIEM = "nam-tu-liem-ket-luan-127-kl-tw"
PHAN_RANG = "phan-rang-thap-cham-347-kh-tu-17-12-2024"
VUNG_TAU = "vung-tau-443-kh-tu-den-dai-hoi-xiv"

HUE = """TỈNH ỦY THỪA THIÊN HUẾ
BAN TUYÊN GIÁO
*
Số 112-KH/BTGTU
Huế, ngày 5 tháng 2 năm 2025

KẾ HOẠCH
Tuyên truyền kỷ niệm 95 năm Ngày thành lập Đảng Cộng sản Việt Nam

Căn cứ Hướng dẫn số 180-HD/BTGTW ngày 10/01/2025 của Ban Tuyên giáo Trung ương, Ban Tuyên giáo Tỉnh ủy ban hành \
kế hoạch như sau:

I. MỤC ĐÍCH, YÊU CẦU

1. Tuyên truyền sâu rộng truyền thống vẻ vang của Đảng trong các tầng lớp Nhân dân.

2. Các hoạt động thiết thực, hiệu quả, tránh phô trương.

II. TỔ CHỨC THỰC HIỆN

1. Sở Văn hóa và Thể thao chủ trì tổ chức chương trình văn nghệ tại Nhà hát Sông Hương.

2. Báo Thừa Thiên Huế, Đài Phát thanh và Truyền hình tỉnh: mở chuyên mục từ ngày 20/01/2025.

Trên đây là Kế hoạch tuyên truyền, đề nghị các đơn vị nghiêm túc thực hiện.

TRƯỞNG BAN

Hoàng Văn An

Nơi nhận:
- Thường trực Tỉnh ủy;
- Lưu: VT.
"""


def parsed(text: str, name: str = "kế hoạch.txt", metadata: FileMetadata | None = None) -> Document:
    """Parse a text as the only page of a file."""
    return parse_document(Pages((text,), is_paged=False), name, "0" * 64, metadata or FileMetadata())


def passages_of(text: str, options: PassageOptions | None = None) -> list[Passage]:
    """Cut a text into passages as ingest does."""
    return split_passages(parsed(text), options)


def rows(text: str) -> list[tuple[str, str]]:
    """Give locator and title of every section of a text."""
    return [(section.locator, section.title) for section in parsed(text).sections]


def item(words: str, item_heading: str = "I. NỘI DUNG") -> str:
    """Give a text whose only section holds these words."""
    return f"{item_heading}\n\n{words}\n"
