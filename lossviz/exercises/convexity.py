"""Exercises on squared error and cross-entropy for classes. A mistake is a function whose docstring is the advice."""

__all__ = []
