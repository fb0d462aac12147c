"""Pictures of choosing a loss."""
