"""Uploads over HTTP: what is sent is judged, what is fetched is harmless, and only where it may be seen."""

from __future__ import annotations

import resource
import tempfile
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from huiliu.access.types import Role
from huiliu.kernel.ids import uuid7
from huiliu.platform.files import store
from huiliu.platform.http import bodies
from huiliu.platform.models import AuditRecord, File
from huiliu.testing.actors import a_brand, an_actor, an_organization
from huiliu.testing.api import Api
from huiliu.testing.platform import a_picture
from huiliu.testing.trade import a_channel

pytestmark = pytest.mark.django_db
#: One fails where the form is received, the other where the file is stored.
SIZES = (1_000_000, 400_000)
ROWS = "编码,数量\nA1,3\n".encode()


@pytest.fixture(autouse=True)
def _own_store(tmp_path, monkeypatch):
    monkeypatch.setattr(store, "directory", lambda: tmp_path / "store")


def a_part(content: bytes = ROWS, name: str = "rows.csv", content_type: str = "text/csv"):
    return SimpleUploadedFile(name, content, content_type)


@pytest.fixture
def dealer():
    return an_organization(parent=a_brand())


@pytest.fixture
def owner(dealer):
    return Api(an_actor(dealer, Role.OWNER))


def content_of(answer) -> bytes:
    return b"".join(answer.streaming_content)


def test_a_file_comes_back_as_it_was_sent_and_a_browser_runs_nothing_of_it(owner):
    sent = owner.upload("/files", file=a_part(name="订单 8月.csv"), use="SHEET")

    assert sent.status_code == 201
    file = sent.json()
    assert (file["name"], file["content_type"], file["size_bytes"]) == ("订单 8月.csv", "text/csv", len(ROWS))
    assert (file["private"], file["has_thumbnail"]) == (True, False)
    fetched = owner.get(f"/files/{file['id']}/content")
    assert content_of(fetched) == ROWS
    assert fetched["Content-Type"] == "text/csv; charset=utf-8"
    assert (
        fetched["Content-Disposition"] == "attachment; filename*=utf-8''%E8%AE%A2%E5%8D%95%208%E6%9C%88.csv"
    )
    assert fetched["X-Content-Type-Options"] == "nosniff"
    assert fetched["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert owner.get(f"/files/{file['id']}/thumbnail").status_code == 404
    assert AuditRecord.objects.get(action="file.kept").subject_id == file["id"]


def test_a_picture_has_a_small_one_and_is_shown_in_place(owner):
    file = owner.upload("/files", file=a_part(a_picture(size=(900, 300)), "照片.png"), use="PICTURE").json()

    assert file["has_thumbnail"] is True
    shown = owner.get(f"/files/{file['id']}/content")
    assert shown["Content-Disposition"].startswith("inline;")
    small = owner.get(f"/files/{file['id']}/thumbnail")
    assert small["Content-Type"] == "image/webp"
    with Image.open(BytesIO(content_of(small))) as picture:
        assert picture.size == (256, 85)


@pytest.mark.parametrize(
    ("content", "name", "use", "status", "code"),
    [
        (b"", "a.csv", "SHEET", 422, "platform.file_empty"),
        (b"<html><script>alert(1)</script>", "a.png", "PICTURE", 415, "platform.file_type_refused"),
        (b"<svg><script>alert(1)</script></svg>", "a.svg", "ATTACHMENT", 415, "platform.file_type_refused"),
        (b"MZ\x90\x00\x03", "a.csv", "SHEET", 415, "platform.file_type_refused"),
        (b"\x89PNG\r\n\x1a\n...", "a.png", "PICTURE", 422, "platform.picture_unreadable"),
        (ROWS, "a.csv", "NOTHING", 422, "platform.invalid_input"),
    ],
)
def test_what_is_refused_is_told_and_leaves_nothing(owner, content, name, use, status, code):
    answer = owner.upload("/files", file=a_part(content, name), use=use)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert not File.objects.exists()
    assert not [path for path in store.directory().rglob("*") if path.is_file()]


def test_a_name_of_300_letters_that_climbs_up_is_a_name(owner):
    file = owner.upload("/files", file=a_part(name="../../" + "订" * 300 + ".csv"), use="SHEET").json()

    assert file["name"].endswith("订.csv")
    assert "/" not in file["name"]
    assert 200 < len(file["name"].encode()) <= 255


def test_a_form_larger_than_any_file_is_refused_by_its_head(owner, monkeypatch):
    monkeypatch.setattr(bodies, "FORM_BYTES_MAX", 100)
    answer = owner.upload("/files", file=a_part(b"a,b\n" * 100), use="SHEET")

    assert (answer.status_code, answer.json()["code"]) == (413, "platform.too_large")
    assert answer.json()["facts"]["limit"] == 100


@pytest.mark.parametrize(
    "content_type",
    ["multipart/form-data", "multipart/form-data; boundary=x", "multipart/form-data; boundary="],
)
def test_a_form_that_is_none_is_a_refusal(owner, content_type):
    answer = owner.raw("POST", "/files", b"no parts at all", content_type)

    assert answer.status_code == 422
    assert not File.objects.exists()


def test_the_same_upload_sent_twice_is_one_file_and_another_one_under_its_key_none(owner):
    key = str(uuid4())
    first = owner.upload("/files", key=key, file=a_part(), use="SHEET")
    again = owner.upload("/files", key=key, file=a_part(), use="SHEET")
    other = owner.upload("/files", key=key, file=a_part(b"other,rows\n"), use="SHEET")

    assert again.json() == first.json()
    assert (other.status_code, other.json()["code"]) == (409, "platform.idempotency_key_reused")
    assert File.objects.count() == 1


def test_nobody_else_sees_or_removes_it_but_headquarters_sees_it(owner, dealer):
    file = owner.upload("/files", file=a_part(), use="SHEET").json()
    colleague = Api(an_actor(dealer, Role.OWNER))
    clerk = Api(an_actor(a_brand(), Role.ADMINISTRATOR))

    for path in ("", "/content", "/thumbnail"):
        assert colleague.get(f"/files/{file['id']}{path}").status_code == 404
    assert colleague.delete(f"/files/{file['id']}").status_code == 404
    assert clerk.get(f"/files/{file['id']}").json()["id"] == file["id"]
    assert Api().get(f"/files/{file['id']}").status_code == 401


def test_only_headquarters_shows_a_file_to_all(owner, dealer):
    refused = owner.upload("/files", file=a_part(a_picture()), use="PICTURE", shown_to_all="true")
    assert (refused.status_code, refused.json()["code"]) == (403, "platform.headquarters_only")

    clerk = Api(an_actor(a_brand(), Role.ADMINISTRATOR))
    file = clerk.upload("/files", file=a_part(a_picture()), use="PICTURE", shown_to_all="true").json()
    assert owner.get(f"/files/{file['id']}/thumbnail").status_code == 200


def test_a_removed_file_is_gone_for_everyone(owner):
    file = owner.upload("/files", file=a_part(), use="SHEET").json()

    assert owner.delete(f"/files/{file['id']}").json()["id"] == file["id"]
    assert owner.get(f"/files/{file['id']}").status_code == 404
    assert AuditRecord.objects.filter(action="file.removed", subject_id=file["id"]).exists()


def test_bytes_that_are_gone_are_a_refusal(owner):
    file = owner.upload("/files", file=a_part(), use="SHEET").json()
    store.path_of(file["sha256"]).unlink()

    answer = owner.get(f"/files/{file['id']}/content")
    assert (answer.status_code, answer.json()["code"]) == (404, "platform.file_unknown")


def test_both_sides_of_an_order_see_what_is_attached_to_it_and_nobody_else():
    channel = a_channel()
    buyer, seller = Api(channel.owner), Api(channel.staff)
    lines = [{"sku_id": channel.sku.pk, "unit": "箱", "quantity": "2"}]
    ordered = buyer.post("/orders", {"id": str(uuid7()), "lines": lines})
    assert ordered.status_code == 201
    subject = {"subject_type": "order", "subject_id": ordered.json()["id"]}

    sent = buyer.upload("/files", file=a_part(b"%PDF-1.7 receipt", "回单.pdf"), **subject)

    assert sent.status_code == 201
    assert sent.json()["private"] is False
    for api in (buyer, seller):
        assert [one["id"] for one in api.get("/files", **subject).json()] == [sent.json()["id"]]
        assert api.get(f"/files/{sent.json()['id']}/content").status_code == 200
    stranger = Api(channel.other_owner)
    assert stranger.get(f"/files/{sent.json()['id']}").status_code == 404
    for answer in (
        stranger.get("/files", **subject),
        stranger.upload("/files", file=a_part(), **subject),
        buyer.upload("/files", file=a_part(), subject_type="order", subject_id="7"),
        buyer.upload("/files", file=a_part(), subject_type="weather", subject_id="7"),
        buyer.upload("/files", file=a_part(), subject_id="7"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (422, "platform.subject_unknown")
    assert File.objects.count() == 1


def test_a_full_disk_is_said_and_nothing_is_half_done(owner):
    store.directory().mkdir(parents=True)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = set(Path(tempfile.gettempdir()).iterdir())
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, hard))
    try:
        answers = [owner.upload("/files", file=a_part(b"a,b\n" * size), use="SHEET") for size in SIZES]
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    for answer in answers:
        assert (answer.status_code, answer.json()["code"]) == (503, "platform.disk_full")
        assert "nothing was changed" in answer.json()["remedy"]
    assert not File.objects.exists()
    assert not [path for path in store.directory().rglob("*") if path.is_file() and path.name != "lock"]
    assert not [one for one in set(Path(tempfile.gettempdir()).iterdir()) - before if ".upload" in one.name]
