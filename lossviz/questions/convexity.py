"""Questions on squared error and cross-entropy for classes."""

__all__ = []
