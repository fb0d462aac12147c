"""Questions on choosing a loss."""

__all__ = []
