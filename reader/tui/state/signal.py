"""A signal: objects connect to it, and its owner calls them all in order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, ParamSpec

P = ParamSpec("P")


class Signal(Generic[P]):
    """Handlers that are called, in the order they were connected, each time the owner emits the signal."""

    def __init__(self) -> None:
        self._handlers: list[Callable[P, object]] = []

    def connect(self, handler: Callable[P, object]) -> None:
        """Call `handler` from now on."""
        self._handlers.append(handler)

    def disconnect(self, handler: Callable[P, object]) -> None:
        """Stop calling `handler`."""
        self._handlers.remove(handler)

    def emit(self, *args: P.args, **kwargs: P.kwargs) -> None:
        """Call all handlers."""
        for handler in tuple(self._handlers):
            handler(*args, **kwargs)
