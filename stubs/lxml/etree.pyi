# lxml is compiled and carries no types; the published stubs type each xpath() as a union of everything it might return.
from typing import Any

def __getattr__(name: str) -> Any: ...
