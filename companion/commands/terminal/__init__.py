"""What a run and its user say to each other on a terminal: streams, steps, questions, interrupts."""
