"""Reasons why a source cannot be used: codes, which the library stores, and their texts."""

from __future__ import annotations

from reader.errors import SourceError, WorkerTerminated

_LATER = "Newsloom tries again later"
_BROWSER = "check the address in a browser"
_COMPLETE = "check that it is complete"
_SUSPICIOUS = "it may be damaged or malicious; check it in a browser, or remove it"

_TEXTS = {
    # addresses
    "command": ("would run a command, and Newsloom runs none", "use the feed's own address"),
    "too_long": ("is longer than {} characters", _COMPLETE),
    "no_address": ("is not an address", _COMPLETE),
    "scheme": ("is not a web address ({} scheme)", "use one that begins with https://"),
    "user_name": (
        "contains a user name",
        "remove the part before the @, and set a password_command in network.yaml (docs/settings.md)",
    ),
    "no_host": ("names no host", _COMPLETE),
    "private": ("points to this machine or a private network ({})", "if you trust it: `newsloom feeds allow {}`"),
    # connections
    "timeout": ("did not answer within {} s", _LATER),
    "unreachable": ("cannot be reached: {}", f"check your connection and the address; {_LATER}"),
    "certificate": ("has an invalid certificate ({})", _BROWSER),
    "interrupted": ("broke off: {}", _LATER),
    "truncated": ("ended before it was complete", _LATER),
    "encoding": ("has the content encoding {}, which cannot be decoded", "report this to the site"),
    "bad_encoding": ("has a damaged content encoding", _LATER),
    "too_large": ("is larger than {} MB", "look for a smaller feed of the site"),
    "redirects": ("redirects more than {} times", _BROWSER),
    "redirect_to": ("redirects to {}", _BROWSER),
    "downgrade": ("redirects from https to http", _BROWSER),
    "cookies": ("redirects to itself and requires cookies", _BROWSER),
    "proxy": ("cannot be reached through the proxy {}", "check the proxy settings"),
    "password_command": ("the password command for {} failed ({})", "run the command yourself and check what it prints"),
    # answers
    "http_400": ("rejected the request (400)", _BROWSER),
    "http_401": ("requires a password (401)", "set a password_command for it in network.yaml (docs/settings.md)"),
    "http_403": (
        "refused access (403)",
        "it may refuse unknown programs; set a user_agent for it in network.yaml (docs/settings.md)",
    ),
    "http_404": ("was not found (404)", "look for its new address on the site"),
    "http_410": ("is gone for good (410)", "unsubscribe, or look for its new address"),
    "http_429": ("was requested too often (429)", "Newsloom waits until the time that the server set"),
    "http_451": ("is not available for legal reasons (451)", "look for another source"),
    "http_503": ("is unavailable at the moment (503)", _LATER),
    "http": ("answered with an error ({})", _LATER),
    # documents
    "not_feed": ("is not a feed", "look for the feed's address on the site"),
    "broken_feed": ("is not a readable feed ({})", "check it in a browser; sites often name their feed on the home page"),
    "broken_json": ("is not readable JSON ({})", _BROWSER),
    "not_json_feed": ("is JSON, but not a JSON feed", "look for the feed's address on the site"),
    "no_longer_feed": ("is no longer a feed", "check it in a browser and add the feed it names now"),
    "slow": ("took too long to read", _SUSPICIOUS),
    "memory": ("needed more than {} MB to read", _SUSPICIOUS),
    "crashed": ("could not be read: the parser failed ({})", _SUSPICIOUS),
    "no_folder": ("is not a readable folder", "check where it went, or remove it"),
}


def failure(source: str, code: str, *arguments: object) -> SourceError:
    """A failure of a source by its code; its texts are filled with the arguments."""
    reason = " ".join((code, *map(str, arguments))).replace(" ", ":", 1)
    return SourceError(source, *texts(reason), code=reason)


def worker_failure(source: str, ended: WorkerTerminated) -> SourceError:
    """The failure of a source whose worker process was ended."""
    code, _, argument = ended.code.partition(":")
    return failure(source, code, *[argument] * bool(argument))


def texts(reason: str, remedy: str = "") -> tuple[str, str]:
    """The message and the remedy of a stored reason; text stored before codes existed stays as it is, with its own `remedy`."""
    code, _, argument = reason.partition(":")
    if code not in _TEXTS:
        return reason, remedy
    message, advice = _TEXTS[code]
    if code == "redirect_to":
        target, _, inner = argument.partition(" ")
        return f"{message.format(target)}, which {texts(inner)[0]}", advice
    if message.count("{}") == 2:
        first, _, rest = argument.partition(" ")
        return message.format(first, rest), advice
    return message.format(argument), advice.format(argument)
