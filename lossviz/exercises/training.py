"""Exercises on loss, cost, objective, and the way down. A mistake is a function whose docstring is the advice."""

__all__ = []
