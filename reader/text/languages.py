"""Languages of stories: detection, stop words and terms by language.

A language is an ISO 639-1 code, empty if it is not known.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import chain, islice

from reader.models import NOT_STATED, ExtractedField
from reader.text import wordlists
from reader.text.scripts import is_paired
from reader.text.tokens import fold, is_stop, stem, tokens

ENGLISH = "en"
_PARAGRAPHS = 20
_CHARACTERS = 900
"""Paragraphs and characters of a text that are examined for stop words,"""
_FEW_CHARACTERS = 600
"""and characters that the model sees."""
_MIN_WORDS = 3
_MIN_SHARE = 0.15
"""Number and share of words that must be stop words of a language for a text to be in it,"""
_MARGIN, _ENGLISH_MARGIN = 1.3, 2.0
"""and how many times as many they must be as those of any other language, and of English, whose headlines are short of them."""
_OVERRULES = 12
"""Stop words that show a text to be in another language than its source states."""
_LEAST_LETTERS = 12
_LEAST_PROBABILITY = 0.6
"""Letters of a text, and probability, for the model to be trusted."""
_LEAST_FOREIGN = 0.9
"""Probability of a language other than English for a text without accents, as names in English headlines are."""
_SCRIPT_SHARE = 0.3
"""Share of the letters that must be of a script for the text to be in its language."""
_CODE = re.compile(r"[A-Za-z]{2,3}")
_THREE_LETTERS = {
    "ara": "ar", "ces": "cs", "chi": "zh", "cze": "cs", "dan": "da", "deu": "de", "dut": "nl", "ell": "el", "eng": "en",
    "fin": "fi", "fra": "fr", "fre": "fr", "ger": "de", "gre": "el", "heb": "he", "hin": "hi", "hun": "hu", "ita": "it",
    "jpn": "ja", "kor": "ko", "nld": "nl", "nor": "no", "pol": "pl", "por": "pt", "ron": "ro", "rum": "ro", "rus": "ru",
    "spa": "es", "swe": "sv", "tha": "th", "tur": "tr", "ukr": "uk", "vie": "vi", "zho": "zh",
}  # fmt: skip
_ALIASES = {"iw": "he", "in": "id", "nb": "no", "nn": "no", "cn": "zh", "jp": "ja", "kr": "ko", "cz": "cs"}
_SCRIPTS = (
    ("ja", re.compile(r"[\u3041-\u309f\u30a1-\u30ff]"), 0.08),  # kana, beside the characters of Chinese
    ("ko", re.compile(r"[\u1100-\u11ff\uac00-\ud7a3]"), _SCRIPT_SHARE),
    ("zh", re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]"), _SCRIPT_SHARE),
    ("el", re.compile(r"[\u0370-\u03ff]"), _SCRIPT_SHARE),
    ("he", re.compile(r"[\u05d0-\u05ea]"), _SCRIPT_SHARE),
    ("th", re.compile(r"[\u0e01-\u0e30]"), _SCRIPT_SHARE),
    ("ka", re.compile(r"[\u10d0-\u10ff]"), _SCRIPT_SHARE),
    ("hy", re.compile(r"[\u0531-\u0587]"), _SCRIPT_SHARE),
    ("ta", re.compile(r"[\u0b80-\u0bff]"), _SCRIPT_SHARE),
    ("bn", re.compile(r"[\u0980-\u09ff]"), _SCRIPT_SHARE),
)
"""Scripts that one language of the news is written in, and the share of letters that shows it."""
CODES = frozenset(
    "ar az be bg bn ca cs da de el en es et eu fa fi fr ga gl he hi hr hu hy id is it ja ka kk ko lt lv mk mr ms nl no pl pt ro ru"
    " sk sl sq sr sv sw ta th tr uk ur vi zh".split()
)
"""Languages that are told apart."""
UNSPACED = frozenset({"ja", "km", "lo", "my", "th", "zh"})
"""Languages written without spaces between words."""
COMPOUNDING = frozenset("da de et fi hu is nl no sv".split())
"""Languages that write compounds as one word."""
_WORDLIKE = re.compile(r"[^\W\d_]")
_FUNCTION_CHARACTERS = frozenset(
    "的了是在和与與及也就都而又被把为為于於以其之这這那他她它们們个個对對从從到等将將向或但因所着著吗嗎呢吧"
)
_KANA = re.compile(r"[\u3041-\u309f]+")


def detect(title: str, body: Sequence[str], stated: str = "") -> ExtractedField:
    """Language of a story, from its text or as its source states it, with confidence and reason; no value if unclear.

    A text that is clearly in another language overrules its source: many pages of all languages state `en`.
    """
    code, text = normalize(stated), "\n".join(chain((title,), islice(body, _PARAGRAPHS)))[:_CHARACTERS]
    own = _by_script(text)
    if own:
        return ExtractedField(own, 0.95, "script")
    best, count, clear = _by_stop_words(text)
    if code and (not clear or best == code or count < _OVERRULES):
        return ExtractedField(code, 0.9, f"stated:{code}")
    if clear:
        return ExtractedField(best, 0.9, "stop_words")
    return _by_model(text)


def normalize(stated: str) -> str:
    """ISO 639-1 code of a stated language such as `fr-CA` or `fra`; empty if there is none."""
    match = _CODE.match(stated.strip())
    code = match.group().lower() if match else ""
    code = _ALIASES.get(code, _THREE_LETTERS.get(code, code))
    return code if code in CODES else ""


def is_stop_in(word: str, language: str) -> bool:
    """Whether a word is a stop word of a language, or the name of a day or month."""
    if not language or language == ENGLISH:
        return is_stop(word)
    folded = fold(word)
    if is_paired(folded):
        return _is_stop_pair(folded, language)
    return folded in _stop_words().get(language, frozenset()) or folded in _calendar()


def stem_in(word: str, language: str) -> str:
    """Folded stem of a word by its language."""
    return stem(word, "" if language == ENGLISH else language)


def _by_script(text: str) -> str:
    """Language that the letters of a text alone show; empty if none does."""
    if text.isascii():
        return ""
    letters = len(_WORDLIKE.findall(text)) or 1
    return next((code for code, pattern, share in _SCRIPTS if len(pattern.findall(text)) >= share * letters), "")


def _by_stop_words(text: str) -> tuple[str, int, bool]:
    """Language with the most stop words in a text, their number, and whether that is clear."""
    known = _languages_of()
    words = [fold(word) for word in tokens(text)]
    counts = Counter(code for word in words for code in known.get(word, ()))
    if not counts:
        return "", 0, False
    ranked = sorted(counts, key=lambda code: (-counts[code], code != ENGLISH, code))
    best, second = ranked[0], counts[ranked[1]] if len(ranked) > 1 else 0
    enough = counts[best] >= max(_MIN_WORDS, _MIN_SHARE * len(words))
    alone = counts[best] >= max(_MARGIN * second, _ENGLISH_MARGIN * counts[ENGLISH])
    return best, counts[best], enough and (best == ENGLISH or alone)


def _by_model(text: str) -> ExtractedField:
    """Language by the probabilities of character sequences (py3langid, a naive Bayes model in its package)."""
    if len(_WORDLIKE.findall(text)) < _LEAST_LETTERS:
        return NOT_STATED
    code, probability = _classify()(text[:_FEW_CHARACTERS])
    least = _LEAST_FOREIGN if code != ENGLISH and text.isascii() else _LEAST_PROBABILITY
    return ExtractedField(code, round(probability, 2), "model") if probability >= least else NOT_STATED


@cache
def _classify() -> Callable[[str], tuple[str, float]]:
    """The model, restricted to the languages above; loading takes half a second, so only what is unclear needs it."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    model.set_languages([code for code in model.labels if code in CODES])
    found: Callable[[str], tuple[str, float]] = model.classify
    return found


def _is_stop_pair(pair: str, language: str) -> bool:
    """Whether a pair of characters says nothing: kana alone as in endings and particles, or with a Chinese function word in it."""
    if pair.isascii() or len(pair) < 2:
        return True
    if "\uac00" <= pair[0] <= "\ud7a3":
        return False
    return bool(_KANA.search(pair)) or (language == "zh" and not _FUNCTION_CHARACTERS.isdisjoint(pair))


@cache
def _stop_words() -> dict[str, frozenset[str]]:
    """Folded stop words of each language."""
    from whoosh.lang.stopwords import stoplists

    found: dict[str, set[str]] = {code: set(map(fold, words)) for code, words in stoplists.items()}
    for entry in wordlists.entries("stop_words_by_language"):
        code, _, words = entry.partition("\t")
        found.setdefault(code, set()).update(map(fold, words.split()))
    return {code: frozenset(words) for code, words in found.items()}


@cache
def _languages_of() -> dict[str, tuple[str, ...]]:
    """Languages by their stop words."""
    words: Iterable[str] = frozenset().union(*_stop_words().values())
    return {word: tuple(code for code, own in _stop_words().items() if word in own) for word in words}


@cache
def _calendar() -> frozenset[str]:
    """Folded names of days and months in all languages, without the shortest, which are words of other kinds elsewhere."""
    return frozenset(
        entry.partition("\t")[0]
        for name in ("months", "weekdays")
        for entry in wordlists.entries(name)
        if len(entry.partition("\t")[0]) > 3
    )
