"""Pictures of what a loss is: loss, cost, objective, and the way down."""
