"""Questions on softmax and the loss of logits."""

__all__ = []
