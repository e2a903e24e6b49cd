"""`python -m canju` is the same as `canju`."""

from canju.cli import main

main()
