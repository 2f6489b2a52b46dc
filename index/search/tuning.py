"""Every number of search that was chosen by hand: where it is from, and how much depends on it.

How many passages the keyword index scores is `index.store.keywords`' own. "Not measured" says just that.
"""

from __future__ import annotations

DENSE_SHARE = 0.6
"""How much of a query's score the cosines give. Chosen on RealTimeQA, NewsQA and MTRAG; from .4 to .65 little changes
(docs/measuring.md)."""

SIBLING_SHARE = 0.05
"""How much of the best other passage's score of its article a passage gets. Chosen on MTRAG, and does no harm on
RealTimeQA and NewsQA (docs/measuring.md)."""

DATE_HALF_LIFE = 14.0
"""Days in which the preference for articles of the days before a question falls by half. On RealTimeQA's 610 answerable
questions, when ranks were fused, document hit@1 / hit@10 rose from .661 / .967 without it to .762 / .993; every value
from 7 to 30 was within .02 of that."""

DATE_WEIGHT = 1.0
"""How strong that preference is. Chosen with it; every value from .5 to 2 was within .02."""

SHINGLE = 4
"""Words of the shingles by which texts are compared. After Broder (1997); not measured."""

SAME_TEXT = 0.8
"""The Jaccard similarity of shingles from which on two texts are one. Not measured."""

COPY_POOL = 20
"""Among how many hits more than are wanted copies are looked for first; more are looked at where that was too few."""
