"""Names of events: who or where and what happened."""

from __future__ import annotations

import pytest

from reader.clustering.titles.candidates import belonging, candidates
from reader.clustering.titles.entities import full_name
from reader.clustering.titles.event_phrases import eventful, is_event, tells
from reader.clustering.titles.salience import SUPPORT, most_present, presence, supported
from reader.clustering.titles.term_usage import TermUsageTable, is_verbal
from reader.models import StoryText

FERRY = StoryText(
    "Ferry strike in Aldport ends",
    ["The strike in Aldport began on Monday.", "Crews from Aldport said the strike was over, and Aldport cheered."],
)


def test_a_name_is_a_place_and_an_event() -> None:
    assert candidates(TermUsageTable([FERRY]))[0].text == "Aldport strike"


def test_who_belongs_to_what_happened_is_told_by_the_sentences_that_have_both() -> None:
    told = [
        "Dalby opened the fair at noon.",
        "The fire in Aldport was put out.",
        "The Corby fire and the Aldport fire began at once.",
    ]
    found = belonging(TermUsageTable([StoryText("", told)]), "fire", ["dalbi", "aldport", "corbi"])
    assert found.keys() == {"aldport", "corbi"}
    assert found["aldport"] > found["corbi"] > 0


def test_candidates_are_distinct_and_the_best_comes_first() -> None:
    found = candidates(TermUsageTable([FERRY]))
    assert len({name.text.lower() for name in found}) == len(found)
    assert [name.score for name in found] == sorted((name.score for name in found), reverse=True)


def test_a_demonym_counts_for_its_place() -> None:
    told = StoryText("", ["The troops left after the Iraqi vote.", "A vote in Iraq came late, and the Iraqi vote was close."])
    assert "Iraq vote" in {name.text for name in candidates(TermUsageTable([told]))}


def test_a_name_says_nothing_twice() -> None:
    told = StoryText(
        "", ["Crowds and floats filled the Quince Parade. The parade was long, the parade was loud, and the floats passed."]
    )
    names = {name.text for name in candidates(TermUsageTable([told]))}
    assert names
    assert "Quince Parade parade" not in names
    assert all(len(set(name.lower().split())) == len(name.split()) for name in names)


@pytest.mark.parametrize("told", [StoryText("", []), StoryText("", ["the of and"]), StoryText("[/b] [@click=x]", ["1 2 3."])])
def test_there_is_always_a_name(told: StoryText) -> None:
    assert candidates(TermUsageTable([told]))[0].text


def test_verbs_are_known_by_their_looks() -> None:
    assert is_verbal("resigned")
    assert not is_verbal("resignation")


def test_usage_counts_stories_titles_and_capitals() -> None:
    usages = TermUsageTable([FERRY, StoryText("", ["They went to Aldport."])])
    usage = usages.terms["aldport"]
    assert (usage.stories, usage.titles, usage.is_name) == (2, 1, True)
    assert usages.terms["strike"].nouns["strike"] > 0


def first(*told: StoryText) -> str:
    return candidates(TermUsageTable(told))[0].text


def test_two_words_that_belong_together_name_one_event() -> None:
    told = StoryText(
        "Aldport ferry ban angers islanders",
        [
            "The council of Aldport passed a ferry ban. The ferry ban in Aldport holds until spring.",
            "In Aldport the ferry ban is hated.",
        ],
    )
    assert first(told) == "Aldport ferry ban"


def test_an_adjective_alone_is_no_event() -> None:
    told = StoryText("Aldport goes nuclear", ["In Aldport a nuclear bakery opened. The nuclear bakery in Aldport sells buns."])
    nouns = {name.noun for name in candidates(TermUsageTable([told]))}
    assert "nuclear bakery" in nouns
    assert "nuclear" not in nouns


@pytest.mark.parametrize(
    ("verb", "noun"), [("resigned", "resignation"), ("died", "death"), ("fled", "escape"), ("testified", "testimony")]
)
def test_a_verb_is_told_by_its_noun(verb: str, noun: str) -> None:
    told = StoryText(
        f"Brandywell {verb} at dawn", [f"The old mayor Brandywell {verb}. In town Brandywell {verb} as they had feared."]
    )
    assert first(told) == f"Brandywell {noun}"


def test_a_form_of_an_irregular_verb_is_no_event() -> None:
    told = StoryText("Brandywell broke", ["In spring Brandywell broke a vase. The vase of Brandywell broke."])
    assert "broke" not in {name.noun for name in candidates(TermUsageTable([told]))}


def test_a_given_name_is_not_an_entity_by_itself() -> None:
    told = StoryText(
        "",
        [
            "The strike was called by Tabitha Quince. Later Tabitha Quince joined the strike, and Quince spoke.",
            "In town they cheered Quince.",
        ],
    )
    entities = {name.text.removesuffix(name.noun).strip() for name in candidates(TermUsageTable([told]))}
    assert "Quince" in entities
    assert "Tabitha" not in entities


def test_a_name_of_several_words_is_kept_whole() -> None:
    told = StoryText("", ["The strike in New Aldport City went on. In New Aldport City the strike ended, said New Aldport City."])
    assert full_name(TermUsageTable([told]), "aldport") == "New Aldport City"


def test_a_kind_of_thing_is_no_name_for_its_capital() -> None:
    usages = TermUsageTable(
        [
            StoryText(
                "",
                ["In the end they met the Ferry Committee. Later the Harbour Committee met all of the Tram Committee."],
            )
        ]
    )
    assert full_name(usages, "committe") == ""


def test_words_that_belong_together_name_a_thread_without_a_name() -> None:
    told = StoryText("Ferry strike goes on", ["the crews began a ferry strike.", "by night the ferry strike went on."])
    assert first(told) == "Ferry strike"


def test_headlines_alone_give_names() -> None:
    told = [StoryText(f"Crews call strike in Aldport {more}", []) for more in ("at dawn", "again", "over pay")]
    assert first(*told) == "Aldport strike"


def test_a_name_stays_as_a_thread_grows() -> None:
    more = StoryText("Aldport strike spreads", ["On Tuesday the strike in Aldport reached the trams, and Aldport walked."])
    assert {first(*[FERRY, more][:count]) for count in (1, 2)} == {first(*[FERRY, *[more] * 6])} == {"Aldport strike"}


HARBOUR = StoryText(
    "Aldport and Upham sign a ferry treaty",
    ["The treaty of Aldport and Upham was signed. In Aldport the treaty pleased Upham and Brandywell."],
)
BRIDGE = StoryText("Ferry treaty divides Aldport from Upham", ["A treaty with Upham divides Aldport. The treaty stands."])


def test_a_second_place_is_named_where_two_headlines_agree_on_it() -> None:
    found = candidates(TermUsageTable([HARBOUR, BRIDGE]))[0]
    assert (found.text, found.noun) == ("Aldport Upham treaty", "Upham treaty")


def test_a_single_headline_names_no_second_place() -> None:
    assert first(HARBOUR) == "Aldport treaty"
    assert not any({"Aldport", "Upham"} <= set(name.text.split()) for name in candidates(TermUsageTable([HARBOUR])))


def test_a_rank_is_nobody_by_itself() -> None:
    told = [
        StoryText(
            f"Senator Brandywell {says} treaty",
            [f"In town Senator Brandywell {says} the treaty, and so did Senator Quince, said the Senator."],
        )
        for says in ("defends", "explains")
    ]
    names = candidates(TermUsageTable(told))
    assert names[0].text == "Brandywell treaty"
    assert not any("Senator" in name.text for name in names)


def test_words_of_fewer_headlines_name_a_thread_where_no_words_of_many_do() -> None:
    more = [StoryText(f"Where in Aldport they {verb}", []) for verb in "sing dance swim skate paint cook sleep knit row".split()]
    told = [StoryText("Why in Aldport the strike goes on", []), StoryText("All of Aldport is in the strike", []), *more]
    usages = TermUsageTable(told)
    assert "strike" not in supported(usages, SUPPORT[0])
    assert candidates(usages)[0].text == "Aldport strike"


def test_counts_hold_nothing_that_was_only_asked_for() -> None:
    usage = TermUsageTable([FERRY]).terms["aldport"]
    assert usage.verbs["aldport"] == usage.verbs.total() == len(usage.verbs) == 0


def test_presence_rises_with_titles_and_falls_with_depth() -> None:
    deep = StoryText("Harbour", ["quiet " * 300 + "lantern"])
    usages = TermUsageTable([deep])
    values = {key: presence(usages, usage) for key, usage in supported(usages).items()}
    assert values["harbour"] > values["lantern"]
    assert most_present({"b": 1.0, "c": 2.0, "a": 1.0}, "bca", 2) == ["c", "a"]


def test_a_term_of_few_stories_is_not_supported() -> None:
    usages = TermUsageTable([FERRY, *[StoryText("Trams run", ["The trams run."])] * 4])
    assert "tram" in supported(usages)
    assert "strike" not in supported(usages)


def test_the_tables_tell_events_from_people_and_from_empty_words() -> None:
    assert is_event("strikes")
    assert not is_event("lantern")
    assert tells("lantern")
    assert not tells("matters")
    assert eventful("strike") > eventful("lantern") > eventful("lawmakers")
