"""Questions on the KL divergence."""

__all__ = []
