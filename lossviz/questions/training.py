"""Questions on what a loss is: loss, cost, objective, and the way down."""

__all__ = []
