"""Exercises on choosing a loss. A mistake is a function whose docstring is the advice."""

__all__ = []
