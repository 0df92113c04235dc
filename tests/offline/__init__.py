"""What works with the network unplugged: `python -m tests.offline` runs the suite's offline part so."""
