"""canju: a county disabled persons' federation's ledgers, read, checked, merged, judged and reported."""

__version__ = "0.1.0"
