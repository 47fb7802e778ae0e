"""Reasons in words: why a field has its value and why a line was left out, rendered from the codes that are stored."""

from __future__ import annotations

_TEXTS = {
    # fields
    "not_stated": "not stated",
    "feed": "stated by the feed",
    "feed_name": "the name of the feed",
    "feed_order": "stated by the feed; day and month by the order of its other dates",
    "feed_ahead": "the feed states {}, which is in the future",
    "unreadable_date": "the feed states {}, which is not a readable date",
    "first_words": "made from the first words; no headline is given",
    "address": "the address contains {}",
    "address_host": "the host of its address",
    "author_element": "marked as the author on the page",
    "dateline": "the dateline {}",
    "far_line": "the line {}, far from the headline",
    "file_name": "the file name contains {}",
    "first_line": "the first line of the page names it after the headline",
    "heading_and_data": "the heading of the page, confirmed by its data",
    "line": "the line {}",
    "mail_date": "the date of the mail",
    "mail_sender": "the sender of the mail",
    "mail_subject": "the subject of the mail",
    "meta": "the page gives it as {}",
    "only_caption": "only a caption contains a date",
    "only_heading": "the only heading of the page",
    "opening": "the text opens with {}",
    "sign_off": "the signature of the last paragraph",
    "source_line": "the line {} names the source",
    "structured_data": "the data of the page gives it as {}",
    "text": "the text contains {}",
    "time_element": "the first time marked on the page",
    "window_title": "the title of the page",
    # languages
    "model": "detected by its letters",
    "script": "detected by its script",
    "stated": "stated by its source as {}",
    "stop_words": "detected by its common words",
    # headlines
    "byline_follows": "a byline or a date follows",
    "first_line_apart": "a short first line, a blank line, then prose",
    "first_line_repeats": "repeated by the first line of the page",
    "first_line_short": "a short first line that is not a sentence, then prose",
    "first_that_shares": "the first line that does",
    "only_line": "the only line of the text",
    "no_full_stop": "no full stop",
    "shares_words": "shares {} of its words with the prose",
    "stands_twice": "appears twice",
    # estimated dates
    "near_story": "the text names no day; a similar story is from {}",
    # lines left out
    "above_headline": "above the headline",
    "advertisement": "advertisement",
    "among_comments": "among the readers' comments",
    "author": "about the author",
    "boilerplate": "boilerplate",
    "byline": "byline",
    "caption": "caption",
    "comments": "readers' comments",
    "copyright": "rights or terms",
    "counter": "a bare number or symbol",
    "digest_broken": "summary of another story with broken sentences",
    "digest_heading": "headline of another story",
    "digest_list": "list of other stories",
    "digest_repeats_heading": "summary of another story, repeating its headline",
    "digest_under_heading": "summary of another story",
    "donation": "request for money",
    "doubled": "repeats a line above",
    "end": "after the last paragraph of the story",
    "navigation": "menu, button or page heading",
    "newsletter": "newsletter, account or app offer",
    "notice": "note about the page",
    "outside": "outside the main text",
    "post": "signature of an embedded post",
    "related": "link to other stories",
    "repeated": "repeated in {} stories of this source",
    "repeats_headline": "repeats the headline",
    "share": "share or follow buttons",
    "source": "source line",
    "stamp": "date line",
}


_QUOTED = frozenset({"dateline", "far_line", "feed_ahead", "line", "opening", "source_line", "text", "unreadable_date"})
"""Codes whose argument is a text of the page or the feed."""
_HEADLINE = frozenset({"byline_follows", "first_line_repeats", "first_that_shares", "no_full_stop", "shares_words", "stands_twice"})
"""Codes that stand together, joined by `+`."""


def describe(reason: str) -> str:
    """Render a reason (`code`, `code:argument`, or several joined by `+`); text stored before codes existed stays as it is."""
    parts = reason.split("+")
    if len(parts) > 1 and all(part.partition(":")[0] in _HEADLINE for part in parts):
        return ", ".join(map(describe, parts))
    code, _, argument = reason.partition(":")
    if code == "near_story_and_text":
        day, _, phrase = argument.partition(" ")
        return f"the text contains “{phrase}”; a similar story is from {day}"
    if code == "unsure":
        value, _, inner = argument.partition(" ")
        return f"{value} is too uncertain: {describe(inner)}"
    return _TEXTS[code].format(f"“{argument}”" if code in _QUOTED else argument) if code in _TEXTS else reason
