"""Runs the kiln."""
import time


class Kiln:
    """Holds the heat."""

    def heat(self, degrees):
        # slowly
        return degrees * 2


def main():
    Kiln().heat(900)
