"""From a question to a checked answer, cited to the exact sentences.

```python
from assistant import Assistant

with Assistant.open(home=".dateline") as assistant:
    answer = assistant.ask("how many displaced?")
```
"""

from assistant.answer import Answer, Citation, Statement
from assistant.answering.assistant import Assistant

__all__ = ["Answer", "Assistant", "Citation", "Statement"]
