"""Files: only what they are, under harmless names, whole or not at all, seen by those whose they are."""

from __future__ import annotations

import os
import resource
import struct
import subprocess
import sys
import zipfile
import zlib
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.db import transaction
from PIL import Image

from huiliu.access.models import Organization
from huiliu.access.types import Role
from huiliu.platform import files
from huiliu.platform.errors import DiskFull
from huiliu.platform.files import pictures, rules, store
from huiliu.platform.files.errors import (
    FileEmpty,
    FileTooLarge,
    FileTypeRefused,
    FileUnknown,
    PictureUnreadable,
)
from huiliu.platform.files.types import CSV, DOCX, PARQUET, PDF, SIZE_MAX, TEXT, XLS, XLSX, Use
from huiliu.platform.models import AuditRecord, File
from huiliu.testing.actors import NOW, a_brand, acting, an_actor, an_organization
from huiliu.testing.platform import a_picture

pytestmark = pytest.mark.django_db
ROWS = "编码,数量\nA1,3\n".encode()


@pytest.fixture(autouse=True)
def _own_store(tmp_path, monkeypatch):
    monkeypatch.setattr(store, "directory", lambda: tmp_path / "store")


def stored() -> list[Path]:
    """Every byte file there is, whole or half."""
    root = store.directory()
    return [path for path in root.rglob("*") if path.is_file() and path.name != "lock"]


def keep(actor, content: bytes = ROWS, *, name: str = "rows.csv", use: Use = Use.SHEET, **options):
    with acting(actor):
        return files.keep(actor=actor, source=[content], name=name, use=use, now=NOW, **options)


def a_clerk():
    return an_actor(a_brand(), Role.ADMINISTRATOR)


def a_workbook(*parts: str) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in ("[Content_Types].xml", *parts):
            archive.writestr(part, b"<x/>")
    return made.getvalue()


def test_a_file_is_kept_under_its_digest_and_found_again():
    actor = a_clerk()
    file = keep(actor, private=True)

    assert (file.name, file.content_type, file.size_bytes) == ("rows.csv", CSV, len(ROWS))
    assert file.private_to == actor.user_id
    with acting(actor):
        assert files.find(file.id) == file
    assert files.path_of(file).read_bytes() == ROWS
    assert stored() == [files.path_of(file)]


def test_equal_bytes_are_stored_once():
    actor = a_clerk()
    first, second = keep(actor), keep(actor, name="again.csv")

    assert first.id != second.id
    assert first.sha256 == second.sha256
    assert len(stored()) == 1


@pytest.mark.parametrize(
    ("given", "made"),
    [
        ("../../etc/passwd", "passwd.csv"),
        ("..\\..\\windows\\system32\\订单.csv", "订单.csv"),
        ("/", "file.csv"),
        ("", "file.csv"),
        (".", "file.csv"),
        (".csv", "csv.csv"),
        ("...hidden.csv", "hidden.csv"),
        ("a\x00b\nc\r\x1b[31m.csv", "abc[31m.csv"),
        ("invoice\u202evsc.exe", "invoicevsc.exe.csv"),
        ("\ufeff\u200b价格\u2066.csv", "价格.csv"),
        ('a<b>c:"d"|e?f*.csv', "a_b_c__d__e_f_.csv"),
        ("CON.csv", "_CON.csv"),
        ("nul", "_nul.csv"),
        ("report.CSV", "report.CSV"),
        ("photo.png", "photo.png.csv"),
        ("two   words .csv", "two words.csv"),
    ],
)
def test_a_name_says_what_it_is_and_leads_nowhere(given, made):
    assert rules.clean_name(given, content_type=CSV) == made


@pytest.mark.parametrize("letter", ["a", "订", "😀"])
def test_a_name_of_300_letters_is_cut_between_letters_and_keeps_its_ending(letter):
    name = rules.clean_name(letter * 300 + ".csv", content_type=CSV)

    assert len(name.encode()) <= 255
    assert len(name.encode()) > 255 - 4 - len(letter.encode())
    assert name == letter * ((255 - 4) // len(letter.encode())) + ".csv"


@pytest.mark.parametrize(
    ("content", "name", "found"),
    [
        (ROWS, "a.csv", CSV),
        (ROWS, "a.txt", TEXT),
        ("编码,数量\n".encode("gb18030"), "a.csv", CSV),
        ("编码,数量\n".encode("utf-16"), "a.csv", CSV),
        (b"\xef\xbb\xbf" + ROWS, "a.csv", CSV),
        (("订" * 40_000).encode(), "a.csv", CSV),  # the head ends within a letter
        (b"%PDF-1.7 ...", "a.png", PDF),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1...", "a.xls", XLS),
        (b"PAR1....PAR1", "a", PARQUET),
        (b"PAR1....", "a.parquet", None),
        (a_workbook("xl/workbook.xml"), "a.xlsx", XLSX),
        (a_workbook("word/document.xml"), "a.docx", DOCX),
        (a_workbook("xl/workbook.xml", "xl/vbaProject.bin"), "a.xlsm", None),
        (a_workbook("classes.dex"), "a.xlsx", None),
        (b"PK\x03\x04 and then nothing", "a.xlsx", None),
        (b"<html><script>alert(1)</script>", "a.png", None),
        (b"\n\t <!DOCTYPE html>", "a.csv", None),
        ("<svg onload='alert(1)'/>".encode("utf-16"), "a.csv", None),
        (b'<?xml version="1.0"?><svg/>', "a.svg", None),
        (b"MZ\x90\x00\x03\x00\x00\x00", "a.csv", None),
        (b"\x7fELF\x02\x01\x01\x00", "a.txt", None),
    ],
)
def test_the_type_is_what_the_content_shows(tmp_path, content, name, found):
    path = tmp_path / "judged"
    path.write_bytes(content)

    assert rules.sniff(path, name=name) == found


def test_a_workbook_that_unpacks_to_more_than_a_disk_holds_is_none(tmp_path, monkeypatch):
    monkeypatch.setattr(rules, "UNPACKED_MAX", 1_000_000)
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"")
        archive.writestr("xl/sheet1.xml", b"0" * 2_000_000)

    assert path.stat().st_size < 10_000
    assert rules.sniff(path, name="bomb.xlsx") is None


@pytest.mark.parametrize(
    ("content", "name", "use", "refusal"),
    [
        (b"", "a.csv", Use.SHEET, FileEmpty),
        (b"<html><script>alert(1)</script>", "a.png", Use.PICTURE, FileTypeRefused),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "a.svg", Use.PICTURE, FileTypeRefused),
        (ROWS, "a.png", Use.PICTURE, FileTypeRefused),
        (b"%PDF-1.7", "a.csv", Use.SHEET, FileTypeRefused),
        (b"\x89PNG\r\n\x1a\nbroken", "a.png", Use.PICTURE, PictureUnreadable),
        (a_picture()[:-30], "a.png", Use.PICTURE, PictureUnreadable),
        (b"GIF89a" + b"\xff" * 64, "a.gif", Use.PICTURE, PictureUnreadable),
    ],
)
def test_what_is_refused_leaves_nothing_behind(content, name, use, refusal):
    actor = a_clerk()
    with pytest.raises(refusal):
        keep(actor, content, name=name, use=use)

    assert stored() == []
    assert File.objects.count() == 0


def test_too_much_is_refused_while_it_arrives_not_when_all_of_it_is_there(monkeypatch):
    monkeypatch.setitem(SIZE_MAX, Use.SHEET, 10)
    actor, taken = a_clerk(), []

    def endless():
        while True:
            taken.append(1)
            yield b"12345678"

    with pytest.raises(FileTooLarge) as refused, acting(actor):
        files.keep(actor=actor, source=endless(), name="a.csv", use=Use.SHEET, now=NOW)
    assert refused.value.facts == {"field": "file", "limit": 10}
    assert len(taken) == 2
    assert stored() == []


def test_a_picture_is_drawn_anew_without_place_and_camera_and_has_a_small_one():
    actor = a_clerk()
    exif = Image.Exif()
    exif[0x010F] = "Secret camera"
    exif[0x0112] = 6  # lies on its side
    given = a_picture(size=(600, 300), form="JPEG", exif=exif, comment=b"<script>alert(1)</script>")
    assert b"Secret camera" in given

    file = keep(actor, given + b"PK\x03\x04 hidden archive", name="IMG.jpeg", use=Use.PICTURE)

    content = files.path_of(file).read_bytes()
    assert (file.name, file.content_type, file.size_bytes) == ("IMG.jpeg", "image/jpeg", len(content))
    assert not any(word in content for word in (b"Secret", b"script", b"hidden", b"Exif"))
    with Image.open(BytesIO(content)) as drawn, Image.open(files.thumbnail_path_of(file)) as small:
        assert drawn.size == (300, 600)
        assert small.size == (128, 256)
        assert small.format == "WEBP"
    assert len(stored()) == 2


def test_a_picture_keeps_what_is_clear_in_it():
    drawn = BytesIO()
    Image.new("RGBA", (10, 10), (255, 0, 0, 0)).save(drawn, "PNG")
    file = keep(a_clerk(), drawn.getvalue(), name="logo.png", use=Use.PICTURE)

    with Image.open(files.path_of(file)) as kept:
        assert kept.mode == "RGBA"
        assert kept.getpixel((5, 5)) == (255, 0, 0, 0)


def a_bomb(side: int) -> bytes:
    """A PNG of a few hundred bytes whose head promises `side` x `side` pixels."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        )

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 10_000))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("side", [8_000, 12_000, 60_000])
def test_a_picture_that_unpacks_to_gigabytes_is_refused_by_its_head(side, monkeypatch):
    monkeypatch.setattr(Image.Image, "load", lambda *_: pytest.fail("a pixel was unpacked"))
    with pytest.raises(FileTooLarge) as refused:
        keep(a_clerk(), a_bomb(side), name="bomb.png", use=Use.PICTURE)

    assert refused.value.facts["limit"] == pictures.PIXELS_MAX
    assert stored() == []


def test_others_do_not_see_a_private_file_and_strangers_none():
    brand = a_brand()
    dealer = an_organization(parent=brand)
    owner, buyer = an_actor(dealer, Role.OWNER), an_actor(dealer, Role.BUYER)
    stranger = an_actor(an_organization(parent=brand), Role.OWNER)
    private, shared = keep(owner, private=True), keep(owner)
    shown = keep(an_actor(brand, Role.ADMINISTRATOR), shown_to_all=True)

    def sees(actor) -> set:
        with acting(actor):
            return set(File.objects.values_list("pk", flat=True))

    assert sees(owner) == {private.id, shared.id, shown.id}
    assert sees(buyer) == {shared.id, shown.id}
    assert sees(stranger) == {shown.id}
    with acting(buyer), pytest.raises(FileUnknown):
        files.find(private.id)


def test_both_sides_of_a_document_see_its_files():
    brand = a_brand()
    seller, buyer, other = (an_organization(parent=brand) for _ in range(3))
    sender = an_actor(buyer, Role.OWNER)
    file = keep(
        sender, paths=(buyer.path, seller.path), subject_type="order", subject_id="7", use=Use.ATTACHMENT
    )
    for place, found in ((seller, [file]), (buyer, [file]), (other, [])):
        with acting(an_actor(Organization.objects.get(pk=place.pk), Role.OWNER)):
            assert files.list_of(subject_type="order", subject_id="7") == found


def test_a_file_is_removed_by_whoever_sent_it_and_the_trail_says_so():
    brand = a_brand()
    dealer = an_organization(parent=brand)
    sender, colleague = an_actor(dealer, Role.OWNER), an_actor(dealer, Role.OWNER)
    file = keep(sender)
    with acting(colleague), pytest.raises(FileUnknown):
        files.remove(actor=colleague, file_id=file.id, now=NOW)
    with acting(sender):
        files.remove(actor=sender, file_id=file.id, now=NOW)
    assert File.objects.count() == 0
    record = AuditRecord.objects.get(action="file.removed")
    assert (record.user_id, (record.after or {})["sha256"]) == (sender.user_id, file.sha256)


def later(days: float):
    return NOW + timedelta(days=days)


def age(path: Path, days: float) -> None:
    moment = later(-days).timestamp()
    os.utime(path, (moment, moment))


def test_bytes_without_a_row_are_swept_after_a_day_and_all_others_stay():
    actor = a_clerk()
    named, young, orphan = keep(actor), keep(actor, b"young\n"), keep(actor, b"orphan\n")
    pictured = keep(actor, a_picture(), name="a.png", use=Use.PICTURE)
    File.objects.filter(pk__in=[young.id, orphan.id]).delete()
    for one in (named, orphan, pictured):
        age(files.path_of(one), days=2)
    age(files.thumbnail_path_of(pictured), days=2)
    age(files.path_of(young), days=0.9)

    assert files.sweep(now=NOW) == 1

    left = {files.path_of(named), files.path_of(young), files.path_of(pictured)}
    assert set(stored()) == left | {files.thumbnail_path_of(pictured)}


def test_bytes_that_are_sent_again_while_they_are_swept_stay():
    actor = a_clerk()
    old = keep(actor)
    File.objects.all().delete()
    age(files.path_of(old), days=2)
    [candidate] = store.unwanted(now=NOW)
    again = keep(actor)  # after the sweep has asked the database

    assert store.sweep_away(candidate, now=NOW) is False
    assert files.path_of(again).read_bytes() == ROWS


def test_an_upload_that_is_rolled_back_leaves_only_bytes_for_the_sweep():
    actor = a_clerk()

    def request() -> None:
        with transaction.atomic():
            keep(actor)
            raise FileUnknown("Refused after all.")

    with pytest.raises(FileUnknown):
        request()
    assert File.objects.count() == 0
    [left] = stored()
    age(left, days=2)
    assert files.sweep(now=NOW) == 1
    assert stored() == []


def test_a_full_disk_is_a_refusal_and_leaves_nothing_half_done():
    actor = a_clerk()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    store.directory().mkdir(parents=True)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, hard))
    try:
        with pytest.raises(DiskFull):
            keep(actor, b"a,b\n" * 1_000_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert stored() == []
    assert File.objects.count() == 0
    assert keep(actor).size_bytes == len(ROWS)


KILLED = """
import os, signal, sys
from pathlib import Path
from huiliu.platform.files import store
store.directory = lambda: Path(sys.argv[1])
def pieces():
    yield b"half of it"
    os.kill(os.getpid(), signal.SIGKILL)
with store.received(pieces(), size_max=1000) as aside:
    store.keep(aside)
"""


def test_a_killed_upload_leaves_no_half_file_under_a_digest(tmp_path):
    script = f"import django\ndjango.setup()\n{KILLED}"
    ended = subprocess.run([sys.executable, "-c", script, str(store.directory())], check=False, timeout=60)

    assert ended.returncode == -9
    [half] = stored()
    assert half.parent.name == "arriving"
    assert store.unwanted(now=later(1000)) == []
    os.utime(half, (0, 0))
    assert store.sweep_arriving() == 1
    assert stored() == []
