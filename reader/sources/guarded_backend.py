"""Network backend that connects to permitted addresses only.

A name is resolved once, and all its addresses are checked before one of them is used.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Collection, Iterable
from typing import Any

from httpcore2 import AnyIOBackend, AsyncNetworkBackend, AsyncNetworkStream, ConnectError

from reader.sources.url_policy import host, is_public


class PrivateAddress(Exception):
    """A host name that resolves to an address which is not public."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class GuardedBackend(AsyncNetworkBackend):
    """Connects to public addresses, and to allowed hosts."""

    def __init__(self, allowed: Collection[str]) -> None:
        self._allowed = allowed
        self._inner = AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> AsyncNetworkStream:
        """Connect to the first address of the host that answers; raises PrivateAddress if one of them is not public."""
        fault: Exception = ConnectError(f"{host} has no address")
        for address in await self._addresses(host, port):
            try:
                return await self._inner.connect_tcp(address, port, timeout, local_address, socket_options)
            except ConnectError as failed:
                fault = failed
        raise fault

    async def sleep(self, seconds: float) -> None:
        """Sleep."""
        await self._inner.sleep(seconds)

    async def _addresses(self, name: str, port: int) -> list[str]:
        """Checked addresses of a host."""
        try:
            found = await asyncio.get_running_loop().getaddrinfo(name, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as fault:
            raise ConnectError("unknown host name") from fault
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        if host(f"http://[{name}]/" if ":" in name else f"http://{name}/") not in self._allowed:
            for address in addresses:
                if not is_public(ipaddress.ip_address(address.partition("%")[0])):
                    raise PrivateAddress(name)
        return addresses
