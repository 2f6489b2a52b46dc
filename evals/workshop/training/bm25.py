"""A small BM25 index over paragraphs, to find those that look like an answer and are none."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

_WORD = re.compile(r"\w+")
_K1, _B = 1.2, 0.75
_COMMON = 0.1  # a word in more than this share of the paragraphs says nothing


class Bm25:
    """BM25 scores of all paragraphs for a query, by numpy over inverted lists."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._size = len(texts)
        counts = [Counter(_WORD.findall(text.lower())) for text in texts]
        lengths = np.array([sum(count.values()) for count in counts], dtype=np.float32)
        norm = _K1 * (1 - _B + _B * lengths / max(1.0, float(lengths.mean())))
        where: dict[str, list[int]] = defaultdict(list)
        for number, count in enumerate(counts):
            for word in count:
                where[word].append(number)
        self._lists: dict[str, tuple[npt.NDArray[np.int32], npt.NDArray[np.float32]]] = {}
        for word, numbers in where.items():
            if len(numbers) > max(5.0, _COMMON * self._size):
                continue
            places = np.array(numbers, dtype=np.int32)
            times = np.array([counts[number][word] for number in numbers], dtype=np.float32)
            weight = math.log(1 + (self._size - len(numbers) + 0.5) / (len(numbers) + 0.5))
            self._lists[word] = (places, (weight * times * (_K1 + 1) / (times + norm[places])).astype(np.float32))

    def best(self, query: str, count: int) -> list[int]:
        """Numbers of the paragraphs that match a query best, best first; only such as match at all."""
        scores = np.zeros(self._size, dtype=np.float32)
        for word in sorted(set(_WORD.findall(query.lower()))):
            if word in self._lists:
                places, weights = self._lists[word]
                scores[places] += weights
        count = min(count, self._size)
        top = np.argpartition(-scores, count - 1)[:count]
        return [int(number) for number in top[np.argsort(-scores[top], kind="stable")] if scores[number] > 0]
