"""Pictures of the KL divergence."""
