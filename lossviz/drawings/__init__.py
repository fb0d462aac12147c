"""Drawings: each takes an empty figure, draws what never changes and returns ``update(**numbers)``.

One module a topic. They know the mathematics and Matplotlib, and neither widgets nor pyplot.
"""
