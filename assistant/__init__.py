"""From a question to a checked answer, cited to the exact sentences.

```python
from assistant import Assistant

with Assistant.open(home=".dateline") as assistant:
    answer = assistant.ask("how many displaced?")
```
"""

from typing import TYPE_CHECKING

from index.lazily import lazily

if TYPE_CHECKING:
    from assistant.answer import Answer, Citation, Statement
    from assistant.answering.assistant import Assistant
else:  # for a type checker the names above are all that there are
    __getattr__ = lazily(
        __name__,
        {
            "Answer": "assistant.answer",
            "Assistant": "assistant.answering.assistant",
            "Citation": "assistant.answer",
            "Statement": "assistant.answer",
        },
    )

__all__ = ["Answer", "Assistant", "Citation", "Statement"]
