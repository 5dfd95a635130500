"""No identity and no secrecy mark in free text, and no refusal of an innocent sentence (security.md 27)."""

import time
import unicodedata
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from cluster.validators import no_identity

INNOCENT = Path(__file__).with_name("innocent_sentences.txt").read_text(encoding="utf-8").splitlines()

GUILTY = {
    "identity number": [
        "CCCD 044201001234 của người vi phạm",
        "Số 044201001234 đã kiểm tra",
        "(044201001234)",
        "CCCD: 045 201 001 234",
        "CCCD 0452 0100 1234",
        "Người này có CMND 191234567, trú tại thôn Sen Đông",
        "CMND số: 191 234 567",
        "CMND 191.234.567",
        "chứng minh nhân dân số 191234567",
        "Chứng minh thư 191234567 cấp ngày 01/02/2010",
        "căn cước công dân mang số 044201001234",
        "số định danh cá nhân 044201001234",
        "hộ chiếu C1234567",
        "Hộ chiếu số B7654321 hết hạn",
        "GPLX 450123456789",
        "giấy tờ tùy thân: 191234567",
    ],
    "telephone number": [
        "Gọi 0912345678 để xác minh",
        "SĐT: 0912 345 678",
        "0912.345.678",
        "091-234-5678",
        "số 0905 12 34 56",
        "Zalo 0987654321",
        "nhắn tin zalo/0987654321",
        "số cũ 01234567890",
        "0168 234 5678",
        "điện thoại 02333852123",
        "02333852123",
        "(0233) 3.852.123",
        "024 3825 1234",
        "+84 912 345 678",
        "+84912345678",
        "0084 912345678",
        "84912345678 là số của đối tượng",
        "SĐT 912345678",
        "số máy 0 9 1 2 3 4 5 6 7 8",
        "điện thoại của chủ xe: 052 3823 456",
        "ĐT: 0533852123",
    ],
    "number plate": [
        "xe mô tô 73H1-234.56",
        "xe 74H1-23456 bỏ chạy",
        "ô tô 73A-123.45",
        "ô tô 30F12345",
        "xe tải 74C 01234",
        "xe 73-F1 2345",
        "biển số 73h1 23456",
        "Biển kiểm soát: 74-H1 2345",
        "BKS 73l1-5678",
        "bks: 74k1 234.56",
        "biển đăng ký 51G-123.45",
        "biển số 29-MĐ1 234.56",
        "xe quân đội biển số TM 12-34",
    ],
    "secrecy mark": [
        "MẬT",
        "Kế hoạch đóng dấu MẬT",
        "Tài liệu TỐI MẬT kèm theo",
        "TUYỆT MẬT",
        "Độ MẬT: A",
        "(MẬT)",
        "công văn MẬT, không phổ biến",
        "bản MẬT\nngày 01/02/2017",
    ],
}
CASES = [(kind, text) for kind, texts in GUILTY.items() for text in texts]


def refusal_of(text):
    try:
        no_identity(text)
    except ValidationError as refusal:
        return refusal
    return None


@pytest.mark.parametrize(("kind", "text"), CASES)
def test_identity_is_refused_with_its_kind(kind, text):
    refusal = refusal_of(text)
    assert refusal
    with translation.override("en"):
        assert kind in str(refusal.message)


@pytest.mark.parametrize(("kind", "text"), CASES)
def test_identity_is_refused_within_a_sentence_and_a_line(kind, text):
    assert refusal_of(f"Ca tuần tra lúc 21 giờ 30 phát hiện: {text}.\nĐã nhắc nhở, phạt 150.000 đồng.")


@pytest.mark.parametrize("text", INNOCENT)
def test_innocent_sentence_passes(text):
    assert refusal_of(text) is None


def test_innocent_sentences_are_two_hundred():
    assert len(set(INNOCENT)) >= 200


def test_refusal_quotes_what_was_found():
    refusal = refusal_of("Đã gọi số 0912 345 678 lúc 21 giờ.")
    assert refusal.params == {"found": "0912 345 678"}
    assert "0912 345 678" in refusal.messages[0]


def test_secrecy_mark_is_known_in_decomposed_letters():
    assert refusal_of(unicodedata.normalize("NFD", "Tài liệu MẬT"))


def test_all_innocent_sentences_pass_as_one_text():
    assert refusal_of("\n".join(INNOCENT)) is None


@pytest.mark.parametrize("piece", ["0 ", "1 2.", "biển số ", "điện thoại 0 ", "CMND 12 ", "MẬT ONG ", "0123.456-"])
def test_long_text_is_read_in_a_moment(piece):
    started = time.perf_counter()
    refusal_of(piece * (20_000 // len(piece)))
    assert time.perf_counter() - started < 2
