"""How a protocol's methods of provisioning compare: what a protocol says of its own ones.

Against spoofing, someone in between and replay a method is judged by the session that it gives at its best
(`companion.claims.attacks`), by the same rules as a session that was measured. The rest is said here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from companion.claims.attacks import Criterion, Judgement, attacks
from companion.claims.run_facts import SessionFacts
from companion.model import Text


@dataclass(frozen=True)
class ProvisioningMethod:
    """One way to set a device up.

    title:   for people
    session: what it gives at its best; its method is the name in runs and of `--method`
    downgrade, scale, effort, hardware, adoption: what the protocol says of it
    """

    title: Text
    session: SessionFacts
    downgrade: Judgement
    scale: Judgement
    effort: Judgement
    hardware: Judgement
    adoption: Judgement

    @property
    def name(self) -> str:
        return self.session.method

    @property
    def judgements(self) -> Mapping[Criterion, Judgement]:
        """By every criterion, in their order."""
        return {
            **attacks(self.session),
            Criterion.DOWNGRADE: self.downgrade,
            Criterion.SCALE: self.scale,
            Criterion.EFFORT: self.effort,
            Criterion.HARDWARE: self.hardware,
            Criterion.ADOPTION: self.adoption,
        }
