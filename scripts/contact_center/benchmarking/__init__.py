"""The parts of the benchmark: what is measured, on which data, and the page that says it."""


class BenchmarkError(Exception):
    """A reason why nothing can be measured, in words for the person who asked for it."""
