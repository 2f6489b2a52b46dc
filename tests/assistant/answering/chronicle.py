"""A small invented archive: a fire in a mill and the works on a tunnel, told by two outlets over two weeks."""

from collections.abc import Mapping


def _article(name: str, day: str | None, source: str, title: str, text: str) -> Mapping[str, object]:
    return {"id": name, "title": title, "text": text, "date": day, "source": source}


ARTICLES = (
    _article(
        "fire-1", "2030-05-07", "Harle Gazette", "Fire destroys the old mill in Harle",
        "HARLE — A fire destroyed the old paper mill in Harle on Monday night, and two firemen were hurt when the roof "
        "fell in. The flames were seen from the island of Ostrey, nine kilometres away. By Jonna Wick. Sixty people "
        "had to leave their homes in Weir Street. The last fire in the mill was in 1998. The police do not know yet "
        "what caused it. A meeting of residents will be held on Thursday.",
    ),
    _article(
        "fire-2", "2030-05-09", "Coast Radio", "Mill fire in Harle was caused by a heater, police say",
        "The fire in the paper mill of Harle was caused by an electric heater, the police said on Thursday. "
        "It stood beside a stack of paper in the drying room. Nobody is suspected of a crime. "
        "The owner, Lasse Brandt, said that the mill will not be rebuilt.",
    ),
    _article(
        "fire-3", "2030-05-16", "Harle Gazette", "Harle council buys the mill after the fire",
        "HARLE — The council decided on Wednesday to buy the mill that the fire destroyed, for 300,000 crowns. "
        "The families of Weir Street returned to their homes on Tuesday. "
        "Mayor Tilde Rask wants a school to be built where the mill stood.",
    ),
    _article(
        "tunnel-1", "2030-05-08", "Coast Radio", "Work on the Ostrey tunnel begins",
        "Work on the road tunnel to Ostrey began on Wednesday, four years late. The tunnel is to be five kilometres "
        "long and to cost 900 million crowns. Minister Henrik Sollas pressed the button of the drilling machine.",
    ),
    _article(
        "tunnel-2", "2030-05-18", "Harle Gazette", "Water stops the Ostrey tunnel",
        "Water broke into the Ostrey tunnel on Friday, and work has stopped. The builder, Nordbore, says that it will "
        "take three weeks to pump it out. Sollas said that the tunnel would still be finished in 2034.",
    ),
    _article(
        "show-1", "2030-05-20", "Coast Radio", "Goat wins prize at the Harle show",
        "A goat called Senator won the first prize at the Harle animal show on Sunday. About 4,000 visitors came.",
    ),
)  # fmt: skip
