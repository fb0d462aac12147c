"""Pictures of cross-entropy and likelihood."""
