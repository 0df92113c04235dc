"""Thread's operational dataset: what a network is, made, read, changed and written."""

from companion.networks.thread.dataset import MOST_OCTETS, Dataset, read
from companion.networks.thread.entry import read_text

__all__ = ["MOST_OCTETS", "Dataset", "read", "read_text"]
