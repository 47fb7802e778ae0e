"""Settings for HTTP: user agent, proxy and credentials, read from `network.yaml` in the library folder.

    user_agent: Mozilla/5.0 (compatible)
    proxy: http://proxy.example:3128
    feeds:
      https://news.example/members/:
        user_agent: Mozilla/5.0
        user: ada
        password_command: pass show news.example

A key of `feeds` applies to every address that begins with it; the longest one wins. The command's first line of output is the
password, or, without `user`, `name:password` or `Bearer TOKEN`. Credentials are never stored.
"""

from __future__ import annotations

import base64
import os
import shlex
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from msgspec import Struct

from reader.errors import NetworkSettingsError
from reader.sources.failures import failure
from reader.text.user_files import read_user_file
from reader.text.yaml_nodes import plain

FILE = "network.yaml"
_LARGEST = 64 * 1024
_COMMAND_SECONDS = 30
_FEED_KEYS = frozenset({"user_agent", "user", "password_command"})
_KEYS = frozenset({"user_agent", "proxy", "feeds"})


class FeedAccess(Struct, frozen=True):
    """Settings for the addresses that begin with a prefix."""

    user_agent: str | None = None
    user: str | None = None
    password_command: str | None = None


class NetworkSettings(Struct, frozen=True):
    """The user agent and the proxy for all requests, and settings by address prefix."""

    user_agent: str | None = None
    proxy: str | None = None
    feeds: Mapping[str, FeedAccess] = {}

    def access(self, address: str) -> FeedAccess:
        """The settings for an address, by the longest prefix that ends at a part of it."""
        fitting = [prefix for prefix in self.feeds if _begins(address, prefix)]
        return self.feeds[max(fitting, key=len)] if fitting else FeedAccess()

    def proxy_for(self, address: str) -> str | None:
        """The proxy for an address: the one set here, else that of the environment; None for `no_proxy`."""
        parts = urlsplit(address)
        chosen = self.proxy or next(
            (value for name in (f"{parts.scheme}_proxy", "all_proxy") if (value := os.environ.get(name) or _upper(name))), None
        )
        return chosen if chosen and not _bypassed(parts.hostname or "") else None


def load_network_settings(folder: Path) -> NetworkSettings:
    """The settings in a library folder, the defaults where there is no file; raises `NetworkSettingsError`."""
    path = folder / FILE
    try:
        text = read_user_file(path, _LARGEST)
    except FileNotFoundError:
        return NetworkSettings()
    except OSError as fault:
        raise NetworkSettingsError(f"{path} cannot be read ({fault.strerror}); fix it or move it away") from fault
    found = plain(text, str(path), NetworkSettingsError, "fix it or move it away")
    return _checked(found, path) if found else NetworkSettings()


def authorization(access: FeedAccess, address: str) -> str | None:
    """The value of the `Authorization` header for an address, from its password command; None if it has none.

    Waits for the command, at most 30 s. Raises `SourceError` if the command fails; no message contains its output.
    """
    if not access.password_command:
        return None
    place = urlsplit(address).netloc
    try:
        done = subprocess.run(  # noqa: S603 the reader's own command, an argument list and no shell
            shlex.split(access.password_command),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_COMMAND_SECONDS,
            check=False,
        )
    except (OSError, ValueError, subprocess.SubprocessError) as fault:
        raise failure(address, "password_command", place, type(fault).__name__) from None
    secret = done.stdout.decode("utf-8", "replace").partition("\n")[0].strip("\r")
    if done.returncode or not secret:
        raise failure(address, "password_command", place, f"exit status {done.returncode}")
    if not access.user and secret.lower().startswith("bearer "):
        return secret
    pair = f"{access.user}:{secret}" if access.user else secret
    return "Basic " + base64.b64encode(pair.encode()).decode("ascii")


def _begins(address: str, prefix: str) -> bool:
    """Whether an address begins with a prefix that does not end inside its host."""
    rest = address[len(prefix) :]
    return address.startswith(prefix) and (not rest or prefix.count("/") > 2 or rest[0] in "/?")


def _upper(name: str) -> str | None:
    # HTTP_PROXY can be set by a client of a CGI program (httpoxy); the other names cannot
    return os.environ.get(name.upper()) if name != "http_proxy" else None


def _bypassed(host: str) -> bool:
    """Whether `no_proxy` exempts a host."""
    exempt = (os.environ.get("no_proxy") or os.environ.get("NO_PROXY") or "").split(",")
    names = [name.strip().lstrip(".").lower() for name in exempt]
    return any(name == "*" or (name and (host == name or host.endswith(f".{name}"))) for name in names)


def _checked(found: Any, path: Path) -> NetworkSettings:
    """Settings of a parsed file."""
    if not isinstance(found, dict):
        raise NetworkSettingsError(f"{path}: expected lines like “user_agent: Mozilla/5.0”")
    _check_keys(found, _KEYS, str(path))
    feeds = found.get("feeds") or {}
    if not isinstance(feeds, dict):
        raise NetworkSettingsError(f"{path}: “feeds” takes addresses, each with settings of its own")
    made: dict[str, FeedAccess] = {}
    for prefix, values in feeds.items():
        if not str(prefix).startswith(("https://", "http://")) or not isinstance(values, dict):
            raise NetworkSettingsError(f"{path}: “{prefix}” under “feeds” is not an address with settings")
        _check_keys(values, _FEED_KEYS, f"{path}: {prefix}")
        made[str(prefix)] = FeedAccess(**{name: _text(values[name], f"{path}: {prefix}: {name}") for name in values})
    plain = {name: _text(found[name], f"{path}: {name}") for name in ("user_agent", "proxy") if name in found}
    if not (plain.get("proxy") or "http://").startswith(("http://", "https://")):
        raise NetworkSettingsError(f"{path}: “proxy” takes an address that begins with http:// or https://")
    return NetworkSettings(**plain, feeds=made)


def _check_keys(found: dict[Any, Any], known: frozenset[str], place: str) -> None:
    for name in found:
        if name not in known:
            raise NetworkSettingsError(f"{place}: there is no setting “{name}”; choose from {', '.join(sorted(known))}")


def _text(value: Any, place: str) -> str:
    if not isinstance(value, str) or not value.isprintable():
        raise NetworkSettingsError(f"{place} takes text on one line")
    return value
