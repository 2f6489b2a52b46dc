"""Words for people, who are counted under many names, and for what became of them."""

from __future__ import annotations

from index.language.words import stem, words

PERSONS = frozenset(
    map(
        stem,
        """people person persons man men woman women child children adult adults resident residents inhabitant
        inhabitants villager villagers citizen citizens civilian civilians others other passenger passengers worker
        workers employee employees staff member members docker dockers striker strikers protester protesters
        demonstrator demonstrators soldier soldiers student students pupil pupils patient patients voter voters visitor
        visitors guest guests body bodies""".split(),
    )
)
"""Stems of the words for people that do not say what became of them."""

PEOPLE = PERSONS | frozenset(
    map(
        stem,
        """victim victims dead death deaths fatality fatalities casualty casualties survivor survivors refugee refugees
        evacuee evacuees injured wounded killed missing displaced homeless""".split(),
    )
)
"""Stems of the words for people; "others died" and "residents died" may be of one quantity."""

_BECAME = {
    stem(word): state
    for state, some in {
        "dead": "dead die died death deaths fatality fatalities kill killed",
        "hurt": "injured wounded injuries",
        "missing": "missing",
        "saved": "survivor survivors rescued",
        "away": "refugee refugees evacuee evacuees displaced homeless evacuated",
    }.items()
    for word in some.split()
}


def became_of(text: str) -> frozenset[str]:
    """What words say became of people, if anything: the missing are not the dead."""
    return frozenset(_BECAME[word] for word in map(stem, words(text)) if word in _BECAME)
