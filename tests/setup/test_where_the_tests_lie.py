"""The cluster of the tests lies in memory where there is room, and nowhere that is somebody else's."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from huiliu.platform.embedded import testing

HERE = Path(".huiliu") / "test-cluster"


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("HUILIU_TEST_DATA", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def memory(tmp_path: Path) -> Path:
    (tmp_path / "memory").mkdir()
    return tmp_path / "memory"


def test_in_memory_with_a_name_of_the_checkout(checkout, memory, monkeypatch):
    one = testing.cluster_directory(memory=memory)
    (checkout / "other").mkdir()
    monkeypatch.chdir(checkout / "other")
    other = testing.cluster_directory(memory=memory)

    assert one.parent == other.parent == memory
    assert one != other


def test_once_begun_it_stays_also_when_memory_becomes_short(checkout, memory, monkeypatch):
    place = testing.cluster_directory(memory=memory)
    place.mkdir()
    monkeypatch.setattr(testing, "has_room", lambda _memory: False)

    assert testing.cluster_directory(memory=memory) == place


def test_on_the_disk_where_memory_is_short_or_there_is_none(checkout, memory, monkeypatch):
    assert not testing.has_room(memory, wanted=1 << 60)
    assert testing.has_room(memory, wanted=1)
    assert testing.cluster_directory(memory=checkout / "none") == checkout / HERE
    monkeypatch.setattr(testing, "has_room", lambda _memory: False)
    assert testing.cluster_directory(memory=memory) == checkout / HERE


def test_a_place_of_that_name_that_is_not_ours_is_left_alone(checkout, memory, monkeypatch):
    place = testing.cluster_directory(memory=memory)
    place.symlink_to(checkout)
    assert testing.cluster_directory(memory=memory) == checkout / HERE
    place.unlink()
    place.mkdir()
    assert testing.cluster_directory(memory=memory) == place
    monkeypatch.setattr(testing, "_owner", lambda _place: os.geteuid() + 1)
    assert testing.cluster_directory(memory=memory) == checkout / HERE


def test_a_named_place_is_taken_as_it_is(checkout, monkeypatch):
    monkeypatch.setenv("HUILIU_TEST_DATA", str(checkout / "mine"))
    assert testing.cluster_directory() == checkout / "mine"
