"""Pictures of the losses of regression."""
