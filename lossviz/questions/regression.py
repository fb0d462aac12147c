"""Questions on the losses of regression."""

__all__ = []
