"""Exercises on the losses of regression. A mistake is a function whose docstring is the advice."""

__all__ = []
