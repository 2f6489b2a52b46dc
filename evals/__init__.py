"""Question sets, what is fitted on them, and benchmarks."""
