"""Worker processes: results, errors and limits."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reader.errors import SourceError, WorkerTerminated
from reader.library.worker_pool import WorkerPool
from tests.support import worker_functions

pytestmark = pytest.mark.process


@pytest.fixture(scope="module")
def workers() -> Iterator[WorkerPool]:
    made = WorkerPool(count=2)
    yield made
    made.close()


def test_tasks_run_in_other_processes(workers: WorkerPool) -> None:
    assert [future.result() for future in [workers.submit(worker_functions.double, number) for number in range(20)]] == list(
        range(0, 40, 2)
    )


def test_refusals_of_a_task_are_raised(workers: WorkerPool) -> None:
    with pytest.raises(SourceError, match="is none"):
        workers.submit(worker_functions.refuse).result()


@pytest.mark.parametrize("work", [worker_functions.hang, worker_functions.spin])
def test_a_slow_task_is_killed_and_others_continue(workers: WorkerPool, work: Callable[[], None]) -> None:
    slow = workers.submit(work, deadline=0.3)
    assert workers.submit(worker_functions.double, 4).result() == 8
    with pytest.raises(WorkerTerminated, match=r"longer than 0\.3 s"):
        slow.result()
    assert workers.submit(worker_functions.double, 5).result() == 10


def test_a_task_that_needs_too_much_memory_fails(workers: WorkerPool) -> None:
    with pytest.raises(WorkerTerminated, match="more than 256 MB"):
        workers.submit(worker_functions.hoard).result()


@pytest.mark.parametrize("work", [worker_functions.break_down, worker_functions.die])
def test_a_crashed_task_is_reported(workers: WorkerPool, work: object) -> None:
    with pytest.raises(WorkerTerminated, match="cannot be read"):
        workers.submit(work).result()  # type: ignore[arg-type]
    assert workers.submit(worker_functions.double, 6).result() == 12


def test_closing_ends_running_tasks() -> None:
    workers = WorkerPool(count=1)
    workers.submit(worker_functions.double, 1).result()
    workers.submit(worker_functions.hang, deadline=None)
    workers.close()
    with pytest.raises(RuntimeError):
        workers.submit(worker_functions.double, 1)


def test_workers_die_with_their_parent(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(
        "import os, signal, sys\n"
        "if __name__ == '__main__':\n"
        "    from reader.library.worker_pool import WorkerPool\n"
        "    from tests.support import worker_functions\n"
        "    workers = WorkerPool(count=1)\n"
        "    print(workers.submit(worker_functions.whoami).result(), flush=True)\n"
        "    workers.submit(worker_functions.hang, deadline=None)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    paths = {"PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    told = subprocess.run([sys.executable, str(script)], env=paths, stdout=subprocess.PIPE, text=True, check=False)
    status = Path(f"/proc/{int(told.stdout)}")
    for _ in range(100):
        if not status.exists():
            return
        time.sleep(0.1)
    pytest.fail("the worker lives on")
