"""The words that sentence splitting has to know: abbreviations by what may follow them, and sentence starters.

All lists are of the English of newspapers, with a few entries of other European languages where they cost nothing.
"""

from __future__ import annotations

import re
from enum import Enum

__all__ = ["BRANDS", "DAY_OR_ZONE", "NOUN_STARTERS", "SPEECH_VERBS", "STARTERS", "Kind", "kind_of"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


class Kind(Enum):
    """What a word that ends in a full stop is, and so what the stop can be."""

    PLAIN = "an ordinary word: the stop ends the sentence"
    TITLE = "stands before what it belongs to (Gen., e.g., vs.): the stop never ends a sentence"
    NUMBERED = "an abbreviation only if a number follows (No. 5, sec. 12)"
    CLOCK = "a.m. and p.m.: ends a sentence unless a day, a time zone or a number follows"
    STATE = "a US state: a proper name seldom follows it within a sentence"
    INITIALS = (
        "one capital, or several with stops (George W., J.K., U.S.): may end a sentence before a sentence starter"
    )
    MAY_END = "any other abbreviation that may end a sentence (Inc., Jr., Sept.), before a sentence starter"


_TITLES = """
Mr Mrs Ms Mx Messrs Mme Mmes Mlle Dr Drs Prof Profs Rev Revs Hon Msgr Fr Sr Sra Srta Dra Hr
Gen Gens Maj Col Cols Lt Capt Cmdr Cdr Cpl Sgt Sgts Brig Adm Pvt Pfc Spc Ens Cpt Ltc Sfc Ssgt Tsgt Wg Sqn
Sen Sens Rep Reps Gov Govs Pres Amb Supt Det Dets Insp Atty Attys Asst Assoc Sgt-Maj Comdr Treas Ald Coun
Mt Mts Ft Pte
проф акад им Им пл см См ул просп пер наб стр рис табл гл тов св обл доц чл Акад Проф Ул Св
vs v e.g i.e cf viz ca approx incl a.k.a Vs eg ie resp nee ext bzw z.B d.h u.a ggf Nr Mio Mrd MM
"""
_NUMBERED = (
    "No Nos no nos Fig Figs fig figs Vol Vols vol vols Sec sec Secs Art art Ch ch Pt pt pp p pg par Op op Rs Tel tel c "
)
_MAY_END = """
Inc Corp Co Cos Ltd Bros LLC LLP Plc PLC Pty Ges Cie Mfg Intl Natl Assn Assns Dept Depts Univ Inst Comm Govt
Jr Sr Esq Ph.D PhD M.Sc B.Sc M.Phil D.Phil Ed.D Psy.D Pharm.D LL.B LL.M etc al Ret ret
Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec Mon Tue Tues Wed Weds Thu Thur Thurs Fri Sat
St Sts Ste Ave Aves Blvd Rd Rds Hwy Ln Sq Pkwy Ct Pl Bldg Apt
mph kph hr hrs min mins lb lbs oz yd yds km kg est Est
"""
_STATES = """
Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Mass Md Me Mich Minn Miss Mo Mont Neb Nev Okla Ore Pa Tenn Tex
Va Vt Wash Wis Wyo W.Va N.C N.D N.H N.J N.M N.Y S.C S.D R.I Ont Que Alta Sask
"""
_KINDS: dict[str, Kind] = {
    **dict.fromkeys(_MAY_END.split(), Kind.MAY_END),
    **dict.fromkeys(_STATES.split(), Kind.STATE),
    **dict.fromkeys(_NUMBERED.split(), Kind.NUMBERED),
    **dict.fromkeys(_TITLES.split(), Kind.TITLE),
    # "Sr." is Spanish for "Mr.", but in English news it is the father of a "Jr.".
    "Sr": Kind.MAY_END,
    **dict.fromkeys(("a.m", "p.m", "A.M", "P.M"), Kind.CLOCK),
}
# In a line of capitals (a headline, a dateline) "ST." and "GEN." are what they are elsewhere; but "NO." and "ME." are
# words far more often than abbreviations there.
_SHOUTED: dict[str, Kind] = {
    word.upper(): kind
    for word, kind in _KINDS.items()
    if kind in (Kind.TITLE, Kind.MAY_END) and len(word) > 1 and word.lower() not in {"al", "co", "sat", "sun", "del"}
}
_INITIALS = re.compile(r"(?:[^\W\d_]{1,2}\.)*[^\W\d_]{1,2}")


def kind_of(word: str) -> Kind:
    """What `word` is, given without its last full stop (`U.S`, `Gen`, `a.m`, `ended`)."""
    kind = _KINDS.get(word) or _SHOUTED.get(word)
    if kind is not None:
        return kind
    if len(word) == 1 and word.islower() and "а" <= word <= "я":
        return Kind.MAY_END  # a town, a year, a river in Russian; no sentence ends with such a letter of its own
    if len(word) == 1:
        # One capital is an initial; one letter of a script without case (an Arabic "Dr.") is an abbreviation too.
        return Kind.INITIALS if word.isalpha() and not word.islower() else Kind.PLAIN
    if "." in word and len(word) <= 9 and not word.islower() and _INITIALS.fullmatch(word):
        return Kind.INITIALS
    return Kind.PLAIN


# Words that, with a capital, begin a sentence and are hardly ever part of a name.
STARTERS = (
    _words(
        """
    A About Above According Across Additionally After Afterward Again Against Ahead All Almost Along Already Also
    Although Amid Among An And Another Any Anyone Are Around As Asked At Because Before Behind Being Below Besides
    Between Both But By Can Could Despite Did Do Does Doing During Each Earlier Eight Either Even Eventually Every
    Everybody Everyone Everything Except Few Finally Five For Four From Further Furthermore Given Had Has Have Having
    He Her Here Hers His Hopefully How However I If Immediately In Indeed Initially Instead Into Is It Its Just Last
    Late Later Less Like Many Maybe Meanwhile Moreover Most Much My Nearly Neither Never Nevertheless Nine Nobody
    None Nonetheless Nor Nothing Now Obviously Of Off Officially On Once Only Or Originally Other Others Otherwise Our
    Out Over Overall Perhaps Prior Rather Recently Seven Several Shall She Should Similarly Since Six So Some Someone
    Something Sometimes Soon Still Such Ten Than Thank That Their Them Then There Thereafter These They This Those
    Though Three Through Throughout Thus To Today Together Tomorrow Too Toward Under Unfortunately Unless Unlike Until
    Unsurprisingly Up Upon Was We Were What Whatever When Whenever Where Whether Which While Who Whose Why With Within
    Without Yes Yesterday Yet You Your
    Mr Mrs Ms
    """
    )
    | _words(
        """
    Он Она Они Оно Это Этот Эта Эти Потом Затем Однако Но В На По Об О С К У За Из От До Для При После Когда Если Как
    Так Также Там Тогда Тем Все Всё Мы Вы Я Ты Их Его Её Ранее Позже Сейчас Сегодня Вчера Завтра Кроме Между Поэтому
    Теперь
    """
    )
    | {"The", "Ce", "Il", "Elle", "Les", "El", "Los", "Der", "Die", "Das", "Er", "Sie"}
)

# Words that begin a sentence if what follows them is in lower case: "U.S. Officials said", but "U.S. Army Reserve".
NOUN_STARTERS = _words(
    """
    Activists Aid Analysts Anybody Attempts Authorities Based Citing Companies Consumers Critics Dozens
    Economists Emergency Employees Experts Fans Farmers Federal Firefighters First Former Groups
    Hundreds Immigrants Investigators Investors Journalists Lawmakers Lawyers Local Make Members Millions
    Neighbors New Next No Not Officers Officials One Opponents Parents Part People Police Previous Prosecutors Reports
    Researchers Residents Russian Scientists Second Shares State Students Supporters Teachers Thousands Two Using
    Victims Voters Witnesses Workers
    """
)

# What follows a.m. or p.m. within a sentence.
DAY_OR_ZONE = _words(
    """
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun
    January February March April May June July August September October November December
    Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec Christmas Easter New
    ET EST EDT CT CST CDT MT MST MDT PT PST PDT GMT UTC BST CET CEST AEST AKST HST IST JST MSK
    Atlantic Eastern Central Mountain Pacific Greenwich British Alaska Hawaii Zulu U.S US U
    """
)

SPEECH_VERBS = (
    "said|says|asked|asks|added|adds|replied|shouted|told|wrote|writes|tweeted|posted|yelled|cried|exclaimed|wondered|"
    "recalled|declared|joked|insisted|quipped|screamed|explained|continued|responded|answered|demanded|remarked|laughed"
)

# Names that end in an exclamation or question mark.
BRANDS = _words("Yahoo Jeopardy Yum E Joomla Oklahoma Wham Panic Ahoy Airplane Rouge Oliver Bazinga Kahoot")
