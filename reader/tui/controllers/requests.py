"""Asking the library without making the reader wait: calls run in threads, and an answer that comes too late is dropped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from textual.screen import Screen

T = TypeVar("T")
R = TypeVar("R")


class AskingScreen(Screen[R]):
    """A screen that asks the library questions.

    Questions of one kind follow each other: only the newest one's answer is taken. A question that fails is handed to `otherwise`,
    and where that is not given to `failed`.
    """

    def __init__(self) -> None:
        super().__init__()
        self._asked: Counter[str] = Counter()
        self._open: Counter[str] = Counter()
        self._answered: Counter[str] = Counter()

    def ask(
        self, kind: str, call: Callable[[], T], then: Callable[[T], None], otherwise: Callable[[Exception], None] | None = None
    ) -> None:
        """Run `call` in a thread and give its result to `then`, unless another question of that kind was asked meanwhile."""
        self._asked[kind] += 1
        self._open[kind] += 1
        number = self._asked[kind]

        def answered(act: Callable[[], None]) -> None:
            self._open[kind] -= 1
            if number == self._asked[kind] and self.is_attached:
                self._answered[kind] = number
                act()

        def work() -> None:
            try:
                result = call()
            except Exception as fault:
                act = partial(otherwise or self.failed, fault)
            else:
                act = partial(then, result)
            self.call_later(answered, act)

        self.run_worker(work, thread=True, group=kind, exit_on_error=False)

    def is_asking(self, kind: str) -> bool:
        """Whether a question of this kind has not been answered yet."""
        return self._open[kind] > 0

    def awaits(self, kind: str) -> bool:
        """Whether the newest question of this kind has not been answered yet, whatever became of older ones."""
        return self._asked[kind] > self._answered[kind]

    def drop(self, kind: str) -> None:
        """Forget what was asked of this kind: its answer is not wanted any more."""
        self._asked[kind] += 1
        self._answered[kind] = self._asked[kind]

    def failed(self, fault: Exception) -> None:
        """Say that a question failed; screens that can say it better do."""
        raise fault
