"""The samples in the real reader: three threads by their owner's names, and stories side by side."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.library import Library
from reader.paths import Directories
from reader.tui.app import Newsloom

SEEDS = Path(__file__).resolve().parent.parent.parent / "seeds"


@pytest.mark.parametrize("size", [(100, 30), (120, 40), (200, 50)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_samples_stand_side_by_side_while_they_are_added(size: tuple[int, int], tmp_path: Path) -> None:
    texts = ("Syria withdrawal", "Mattis exit", "Other stories", "about 22 Dec 2018")
    library = Library.open(tmp_path, followed=SEEDS / "threads.yaml")
    app = Newsloom(library, Directories(tmp_path, tmp_path), add=[str(SEEDS)])
    async with app.run_test(size=size) as pilot:
        for _ in range(100):
            await pilot.app.workers.wait_for_complete()
            await pilot.pause(0.1)
            shown = "\n".join(strip.text for strip in app.screen._compositor.render_strips())
            if all(text in shown for text in texts):
                break
        assert [text for text in texts if text not in shown] == []
    library.close()
