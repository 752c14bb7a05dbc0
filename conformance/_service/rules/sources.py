"""Where the rules are known from; a word with a capital inside is a section of OpenAI's published API description."""

from typing import Final

REQUEST: Final = "CreateChatCompletionRequest"
AZURE: Final = "Azure OpenAI's description of createChatCompletionRequest"
CLIENT: Final = "URLs and headers of the Python client, openai 1.109, 2.54 and 3.54"
ISSUES: Final = "error bodies in public issues"
RECORDED: Final = "recorded exchanges"
STRICT: Final = "OpenAI's guide to structured outputs, supported schemas"
UNSEEN: Final = "likely, but seen nowhere"
