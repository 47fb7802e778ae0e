"""Files and folders, opened with care: the bytes, or a reason."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from reader.errors import SourceError
from reader.models import SourceFailure
from reader.sources.document_buffer import LARGEST
from reader.sources.files import expand, read_bytes, shown

TEXT = "Fox jumps over dog\n\nThe quick brown fox jumped over the lazy dog in the park, and nobody was looking at it.\n"


def refusal(path: Path) -> SourceError:
    with pytest.raises(SourceError) as caught:
        read_bytes(path)
    assert caught.value.source == shown(str(path))
    assert caught.value.remedy
    return caught.value


def test_a_file_gives_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "fox.txt"
    path.write_bytes(b"\xff\xfeany\0bytes")
    assert read_bytes(path) == b"\xff\xfeany\0bytes"


def test_a_file_too_large_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(LARGEST + 1)
    assert refusal(path).why == "is larger than 10 MB"


def test_a_pipe_a_socket_a_device_and_a_folder_are_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert refusal(tmp_path / "pipe").why == "is a pipe, not a file"
    assert refusal(Path(os.devnull)).why == "is a device, not a file"
    assert refusal(tmp_path).why == "is a folder, not a file"


def test_what_is_not_there_or_not_allowed_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.txt").why == "cannot be read: no such file or directory"
    link = tmp_path / "loop.txt"
    link.symlink_to(link)
    assert refusal(link).why.startswith("cannot be read: ")


def test_a_folder_gives_its_text_files_sorted(tmp_path: Path) -> None:
    names = [
        "b.txt",
        "a/z.md",
        "a/b/c.text",
        "a.txt",
        "plain",
        "stories.d/x.txt",
        "U.S. to withdraw",
        "1.eml",
        "page.HTML",
        "saved.mhtml",
    ]
    aside = [
        "README.md",
        "a/readme.de.txt",
        "threads.yaml",
        "page.css",
        ".hidden.txt",
        ".git/x.txt",
        "b.txt~",
        "b.txt.bak",
        "#b.txt#",
        "LICENSE",
    ]
    for name in names + aside:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(TEXT)
    assert list(expand([str(tmp_path)])) == [tmp_path / name for name in sorted(names, key=lambda name: Path(name).parts)]


def test_the_samples_folder_gives_the_samples(seeds: list[Path]) -> None:
    assert list(expand([str(seeds[0].parent)])) == seeds


def test_sources_come_in_the_order_given_and_a_named_file_is_always_tried(tmp_path: Path) -> None:
    for name in ("b.log", "a.txt"):
        (tmp_path / name).write_text(TEXT)
    found = list(expand([str(tmp_path / "b.log"), str(tmp_path / "none.txt"), str(tmp_path / "a.txt")]))
    assert found == [
        tmp_path / "b.log",
        SourceFailure(str(tmp_path / "none.txt"), "does not exist", "check the name"),
        tmp_path / "a.txt",
    ]


def test_links_in_folders_are_not_followed_and_pipes_not_opened(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "link.txt").symlink_to("/etc/hostname")
    os.mkfifo(tmp_path / "pipe")
    found = list(expand([str(tmp_path)]))
    assert [(Path(refusal.source).name, refusal.why) for refusal in found if isinstance(refusal, SourceFailure)] == [
        ("link.txt", "is a link, and links in folders are not followed"),
        ("loop", "is a link, and links in folders are not followed"),
        ("pipe", "is a pipe, not a file"),
    ]
    assert len(found) == 3


def test_a_link_given_by_name_is_followed(tmp_path: Path) -> None:
    (tmp_path / "stories").mkdir()
    (tmp_path / "stories" / "fox.txt").write_text(TEXT)
    (tmp_path / "link").symlink_to(tmp_path / "stories")
    assert list(expand([str(tmp_path / "link")])) == [tmp_path / "link" / "fox.txt"]


def test_a_socket_is_named_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # the address of a socket may be no longer than a hundred bytes
    with socket.socket(socket.AF_UNIX) as door:
        door.bind("door")
        (found,) = expand([str(tmp_path)])
    assert isinstance(found, SourceFailure)
    assert found.why == "is a socket, not a file"


def test_a_name_in_no_encoding_is_taken_and_shown_clean(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9\x1b[31m.txt"
    Path(os.fsdecode(path)).write_text(TEXT)
    (found,) = expand([str(tmp_path)])
    assert isinstance(found, Path)
    assert read_bytes(found) == TEXT.encode()
    assert shown(found.name) == r"caf\xe9.txt"
    assert shown("a\udce9b\x1b]0;x\x07c") == r"a\xe9bc"


def test_two_names_in_no_encoding_stay_two(tmp_path: Path) -> None:
    for byte in (b"\xe8", b"\xe9"):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + byte + b".txt")).write_text(TEXT)
    found = [path for path in expand([str(tmp_path)]) if isinstance(path, Path)]
    assert len({shown(str(path)) for path in found}) == 2


def test_what_holds_no_text_is_named_and_what_holds_other_text_is_not(tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0")
    (tmp_path / "style.css").write_text("body { color: red }")
    with (tmp_path / "disk.img").open("wb") as file:
        file.truncate(1 << 30)
    os.mkfifo(tmp_path / "door.png")
    (tmp_path / "fox.txt").write_text(TEXT)
    good, *rest = sorted(expand([str(tmp_path)]), key=lambda found: isinstance(found, SourceFailure))
    assert good == tmp_path / "fox.txt"
    assert {Path(each.source).name: each.why for each in rest if isinstance(each, SourceFailure)} == {
        "disk.img": "is binary, not text",
        "door.png": "is a pipe, not a file",
        "picture.png": "is binary, not text",
    }


def test_the_parts_of_a_saved_page_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "Fox.html").write_text("<p>" + TEXT)
    for folder in ("Fox_files", "other_files"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "frame.html").write_text("<p>" + TEXT)
    assert list(expand([str(tmp_path)])) == [tmp_path / "Fox.html", tmp_path / "other_files" / "frame.html"]


def test_a_folder_of_great_depth_is_walked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for _ in range(1200):
        Path("d").mkdir()
        monkeypatch.chdir("d")
    Path("fox.txt").write_text(TEXT)
    monkeypatch.chdir(tmp_path)
    (found,) = expand([str(tmp_path)])
    assert isinstance(found, Path)
    assert read_bytes(found) == TEXT.encode()
    empty_out(tmp_path)


def empty_out(folder: Path) -> None:
    """Take a deep chain of folders away from its top, which the clean-up of the test's folder cannot."""
    top = folder / "d"
    while top.exists():
        inner = top / "d"
        if inner.exists():
            inner.rename(folder / "next")
        (top / "fox.txt").unlink(missing_ok=True)
        top.rmdir()
        if (folder / "next").exists():
            (folder / "next").rename(top)
