"""Made-up stories of one event, to be set side by side, and a library with them.

The lamp: three outlets tell of a fire in a lighthouse, with a passage all tell, some that two tell, a quotation told differently,
a figure that differs and passages of one story alone. The mill: two stories of one text. The quay: two with nothing in common.
"""

from __future__ import annotations

from reader.models import Story
from tests.support.example_library import ExampleLibrary, shared_library
from tests.support.example_stories import story

LAMP = (
    story(
        "lampxxxa",
        "Fire Damages the Lighthouse at Gull Point",
        [
            "A fire damaged the old lighthouse at Gull Point on Tuesday night, the harbour office of Northhaven said."
            " Nobody lives in the tower since the keeper retired nine years ago.",
            "The volunteer brigade of Northhaven fought the flames for three hours with water pumped from the bay."
            " “We could not save the great lamp, and we are very sorry for that,” said the brigade captain Marta Olsen.",
            "The heat cracked 14 panes of the lantern room, according to the harbour office.",
            "Ships were warned by radio to keep clear of the reef until a buoy could be laid on Wednesday morning.",
            "Engineers from the mainland will look at the stairs, which were built of oak in the reign of the last queen.",
            "An insurer in the capital had doubled its premium in autumn because no sprinkler was ever fitted."
            " Two goats that graze below the wall were found unharmed behind the coal shed.",
            "Should the council agree, a mast of steel will take over the beam before the winter storms.",
        ],
        outlet="Coast Courier",
        published="2021-12-20",
        byline="A. Lindqvist",
    ),
    story(
        "lampxxxb",
        "Flames at Gull Point",
        [
            "The keeper of the museum, Jonas Reed, saw sparks from his kitchen window and rang the bell of the parish.",
            "Until a buoy could be laid on Wednesday morning, ships were warned by radio to keep clear of the reef.",
            "The old lighthouse at Gull Point was damaged by a fire on Tuesday night, said the harbour office of Northhaven.",
            "“We could not save the old lamp, and we are very sorry for that,” the brigade captain, Marta Olsen, told reporters.",
            "The heat cracked 40 panes of the lantern room, the parish council said."
            " Visitors had paid for a new gallery only last summer.",
            "Reed keeps the log books of four generations in a tin trunk that he carried out under his arm.",
            "Children brought him cocoa while the smoke still hung over the dunes and the ferry waited."
            " He means to open the ground floor again at Easter, soot or no soot.",
        ],
        outlet="Island Wire",
        published="2021-12-21T14:05",
    ),
    story(
        "lampxxxc",
        "What the Lamp Meant",
        [
            "On Tuesday night a fire damaged the old lighthouse at Gull Point, the harbour office of Northhaven said.",
            "The volunteer brigade of Northhaven pumped water from the bay and fought the flames for three hours.",
            "Painters came to the point every spring, and the inn below the cliff hung their sketches in its parlour.",
            "A schoolgirl of eleven has begun to gather coins for a new lens in a jar of pickled herring.",
        ],
        published="2021-12-22",
    ),
)
MILL = tuple(
    story(
        name,
        "Mill Wheel Turns Again",
        [
            "The wheel of the mill at Oakford turned on Friday for the first time since the great flood of the spring.",
            "Carpenters had worked through the winter on new paddles of larch and on a sluice that children may not climb.",
            "The miller Anna Brandt baked forty loaves from the first flour and gave them to the school across the brook.",
            "A second pair of stones will follow when the council has found the money for a roof over the grain loft.",
        ],
        outlet=outlet,
        published="2021-11-02",
    )
    for name, outlet in (("millxxxa", "Coast Courier"), ("millxxxb", "Port Gazette"))
)
QUAY = (
    story(
        "quayxxxa",
        "Quay to Be Paved",
        [
            "Granite from the northern quarry will be laid along the quay before the herring fair opens in August.",
            "Shopkeepers fear for their deliveries while the masons work between the market hall and the slipway.",
            "The surveyor promised planks for carts and a lane for the fish lorries on every weekday morning.",
            "Old bollards are kept, said the office, because three generations have tied their boats to them.",
        ],
        outlet="Coast Courier",
        published="2021-10-02",
    ),
    story(
        "quayxxxb",
        "Choir Wins a Silver Cup",
        [
            "Twenty singers from the chapel brought a silver cup home after a weekend of contests in the capital.",
            "Their conductor had chosen a hymn in an ancient dialect that puzzled the judges and pleased the gallery.",
            "A baker printed the tune on ginger biscuits and sold every tray before the train had reached the station.",
            "Rehearsals begin again on Thursday, and basses are wanted more than anything, the verger told listeners.",
        ],
        outlet="Island Wire",
        published="2021-10-03",
    ),
)
GROUPS = (("k3", "Quay", QUAY), ("k2", "Oakford mill", MILL), ("k1", "Gull Point fire", LAMP))


def compared_library(*stories: Story) -> ExampleLibrary:
    """The example library, with these stories in threads of their own before its own; further `stories` join the lighthouse."""
    library = ExampleLibrary(fill=_fill)
    if stories:
        library.put(*stories)
        library.place("k1", "Gull Point fire", [one.id for one in (*LAMP, *stories)])
    return library


def shared_compared_library() -> ExampleLibrary:
    """The one library of this process for tests that only read."""
    return shared_library(_fill)


def _fill(library: ExampleLibrary) -> None:
    for id, name, members in GROUPS:
        library.put(*members)
        library.place(id, name, [one.id for one in members])
