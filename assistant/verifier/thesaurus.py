"""Words that news reports use for the same thing: somebody who asks how many were displaced means those who fled.

The groups were written by hand from how reporters vary their words, and are small on purpose: a word stands in a group
only where it can nearly always take the place of the others in a report of an event.
"""

from __future__ import annotations

from functools import cache

from index.language.words import content_words, stem

__all__ = ["concepts"]

_GROUPS = """
displaced displacement flee fled fleeing evacuate evacuated evacuation uprooted refugee homeless
killed kill killing dead death deaths die died fatality fatalities slain
injured injury injuries wounded hurt
casualty casualties victim victims
arrested arrest detained detention custody apprehended
attack attacked assault raid strike bombing bombardment
airstrike airstrikes warplanes bomb bombed bombing bombs
soldier soldiers troops military army serviceman servicemen
insurgent insurgents rebel rebels rebellion uprising militant militants
offensive advance campaign
president premier leader chief head boss
leader led lead leads spearheaded headed commanded
company firm business corporation
buy bought purchase purchased acquire acquired acquisition takeover
sell sold sale
cost costs price priced worth
pay paid salary salaries wage wages earnings
fired sacked dismissed ousted
layoff layoffs redundancies redundant
quit resign resigned resignation stepped
begin began begun start started launched launch
end ended finish finished over concluded
win won winner victory victor beat defeated
lose lost loss defeat
elect elected election vote voted ballot poll polls
law legislation bill act statute
ban banned prohibit prohibited outlawed forbidden
approve approved pass passed adopted endorsed
reject rejected refuse refused turned denied
accuse accused charged charges allege alleged allegation
guilty convicted conviction
sentence sentenced jailed imprisoned prison jail
trial court judge
say said says told stated announced statement declared
reply replied answer answered respond responded response
ask asked request requested urged called
help aid assistance relief
backing support backed supported supporter supporters
ally allies allied
oppose opposed opponent opponents opposition
rise rose risen increase increased grew growth climbed soared up
fall fell fallen decrease decreased dropped declined decline down
quake earthquake tremor
flood floods flooding flooded inundated
storm hurricane typhoon cyclone
fire blaze wildfire
crash crashed collision collided
plane aircraft airliner jet
car vehicle automobile
ship vessel boat
doctor doctors physician medics
child children kid kids youngster
student students pupil pupils
film movie
wife husband spouse
murder murdered homicide
thief robbery robbed stole stolen theft burglary
illness disease sick sickness
virus infection infected
vaccine vaccination vaccinated jab
rule ruling ruled verdict decision decided
missing disappeared vanished
find found discover discovered discovery
build built construct constructed construction
destroy destroyed wrecked demolished razed
damage damaged
protest protests protester protesters demonstration demonstrators rally
policeman policemen police officers officer
meeting met talks summit
agreement deal accord pact treaty
delay delayed postpone postponed
cancel cancelled canceled scrapped
retaliation revenge reprisal
withdraw withdrew withdrawal withdrawn retreat retreated retreating pullout
headquartered based
born birth
suburb outskirts
"""


@cache
def _concept_of() -> dict[str, frozenset[str]]:
    """For each stem, the numbers of the groups that it stands in."""
    found: dict[str, set[str]] = {}
    for number, group in enumerate(_GROUPS.strip().splitlines()):
        for word in group.split():
            found.setdefault(stem(word), set()).add(f"#{number}")
    return {word: frozenset(numbers) for word, numbers in found.items()}


def concepts(text: str) -> list[frozenset[str]]:
    """The content words of a text, in order, each as the set of its stem and the groups that it stands in.

    Two words mean about the same where their sets have something in common.
    """
    groups = _concept_of()
    return [frozenset((word, *groups.get(word, ()))) for word in content_words(text)]
