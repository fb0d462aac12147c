"""Pictures of softmax and the loss of logits."""
