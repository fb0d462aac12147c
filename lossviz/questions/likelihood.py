"""Questions on cross-entropy and likelihood."""

__all__ = []
