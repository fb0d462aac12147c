"""Pictures of squared error and cross-entropy for classes."""
