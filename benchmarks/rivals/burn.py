"""Pure work for the processor, in one process or two: what a second core gives on this machine at this moment."""

import multiprocessing
import sys


def burn(rounds: int) -> int:
    total = 0
    for number in range(rounds):
        total += number * number % 7
    return total


if __name__ == "__main__":
    jobs = int(sys.argv[1])
    with multiprocessing.get_context("fork").Pool(jobs) as pool:
        pool.map(burn, [3_000_000] * 6, chunksize=1)
