"""Exercises on the KL divergence. A mistake is a function whose docstring is the advice."""

__all__ = []
