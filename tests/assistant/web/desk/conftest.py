"""The page's side of a desk over real reports."""

from tests.assistant.desk.conftest import office

__all__ = ["office"]
