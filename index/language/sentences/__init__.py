"""Sentences: where they begin and end in a text."""

from index.language.sentences.splitting import MAX_SENTENCE, split_sentences

__all__ = ["MAX_SENTENCE", "split_sentences"]
