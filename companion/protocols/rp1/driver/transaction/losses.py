"""How often a run may lose its link, its answer or its transaction before it gives up."""

from __future__ import annotations

from companion.errors import CompanionError, CredentialsRejected, OperationTimeout

MOST_TRIALS = 2
MOST_LOSSES = 10
# Links that end because nothing answers, one after another: each costs its user half a minute.
MOST_SILENCES = 4
# Each one costs a certificate, and a device that always goes back would take them for ever.
MOST_REVERSALS = 3


class Losses:
    """The losses of one run, counted across its sessions."""

    def __init__(self) -> None:
        self._links = 0
        self._silences = 0
        self._trials = 0
        self._reversals = 0

    def count_link(self, loss: CompanionError) -> None:
        """The link went. Raises `loss` when that was too often."""
        self._links += 1
        self._silences += isinstance(loss, OperationTimeout)
        if self._links > MOST_LOSSES or self._silences > MOST_SILENCES:
            raise loss

    def count_trial(self, loss: CompanionError) -> None:
        """The link went during VERIFY. A trial that never ends is asked for again, but not for ever.

        Raises `loss` then.
        """
        if isinstance(loss, OperationTimeout):
            self._trials += 1
            if self._trials >= MOST_TRIALS:
                raise loss

    def count_reversal(self) -> None:
        """The device went back to what it was. Raises CredentialsRejected when that was too often."""
        self._reversals += 1
        if self._reversals > MOST_REVERSALS:
            raise CredentialsRejected(f"the device went back to what it was {self._reversals} times")

    def note_answer(self) -> None:
        """The device answered: a silence after this is the first again."""
        self._silences = 0
