"""Every number of the answer path that was chosen by hand: where it is from, and how much depends on it.

Search has its own in `index.search.tuning`; what is fitted stands in the Reader's calibration file, what a network was
trained with, such as the form of its input, beside that network (`assistant.reader.encoding`), and what figures and
notices go by in their modules. "Not measured" says just that: another value may be as good, or better.
"""

from __future__ import annotations

# Retrieval. Both forms of a question, as typed and with what was said before it, count alike.

FAVOUR = 0.3
"""What is added to the scores (0 to 2) of the articles that the last exchanges cited. Evidence among the ten passages
that are read, of newsroom_dev's 129 answerable later turns: .984, and .860 without it; other values: not measured."""

CONTEXT_EXCHANGES = 2
"""Exchanges that a question is also searched with. Not measured."""

CONTEXT_ANSWER_WORDS = 40
"""Words of the last answer that go along. Not measured."""

SUBJECT_POOL = 3
"""Times as many passages are looked at as are wanted, where those that lack the name spoken of are left out. Not
measured; without leaving them out, 15 of NewsQA's 137 follow-ups had their best sentence there, 12 of them wrongly."""

FEW_ARTICLES = 3
"""So many articles named in a filter are meant as a whole. Not measured."""

MORE_OF_FEW = 2
"""Times as many passages are read of them. Not measured."""

# Reading. The fitted weights depend on the next three: after a change they must be fitted again.

SCORE_CEILING = 16.0
"""Log-odds beyond which a score of the network says no more. Not measured."""

LEAST_STANDING = 0.01
"""The least share of the best score of search that counts: search gives 0 to what fits no better than chance. Not
measured."""

EARLY = 1000
"""Code points of an article that count as its beginning. Not measured."""

FOLLOWS = 2.0
"""Log-odds that a sentence loses without the conversation, from which on the question is said to have followed it. It
changes what is said of a question, never its answer. Not measured."""

KEPT_EXCHANGES = 12
"""Exchanges after which what was said is not spoken of any more. Only the last two are searched with and read."""

# Refusing.

FAR = 0.25
"""The cosine of a question and the nearest passage below which nothing is about it. Of 100 questions of SQuAD 2.0 asked
of the seed article 97 are below (median .04), asked of RealTimeQA's 2,743 articles 8; of 400 answerable ones over
archives none, of the seed's own 97 a quarter: those of a few words. It changes the reason of a refusal, never whether
there is one, except that an overview of what nothing is about is refused."""
