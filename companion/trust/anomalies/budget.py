"""From a budget of false alarms to thresholds, and from what a statistic says to how often chance does it.

Each statistic says how many hours lie between two such by chance, if what is usual were known exactly. It is
not: it is learned from weeks. How far that is off was measured on made-up fleets (`tests/trust/anomalies`,
seeds 100 to 111), and CALIBRATION corrects it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from companion.trust.anomalies.alarms import Rule

HOURS_A_YEAR = 8766.0
SHARES: Mapping[Rule, float] = {
    Rule.RATE: 0.04,
    Rule.UNUSUAL_HOUR: 0.2,
    Rule.SEQUENCE: 0.5,
    Rule.MODEL_MIX: 0.08,
    Rule.REFUSALS: 0.07,
}
"""How the budget is divided among the statistics: the sequence, which finds what is slow, has the most. A
tenth is kept back: some fleets are less regular than those on which thresholds were set."""
SITE_FACTOR = 4.0
"""By how much rarer something has to be for a site than for a delegate, who is watched besides."""
CALIBRATION: Mapping[Rule, float] = {
    Rule.RATE: 15.0,
    Rule.UNUSUAL_HOUR: 0.15,
    Rule.SEQUENCE: 0.12,
    Rule.MODEL_MIX: 0.8,
    Rule.REFUSALS: 0.4,
}
"""How many false alarms there are on these fleets where the statistic alone promises one."""
USUAL_BUDGET = 1.0
"""False alarms a month, for all subjects together."""


@dataclass(frozen=True)
class Budget:
    """The only knob. monthly: false alarms a month at most; subjects: among how many they are divided."""

    monthly: float = USUAL_BUDGET
    subjects: int = 1

    def threshold(self, rule: Rule) -> float:
        """From how many years between two by chance on something is an alarm."""
        return max(1, self.subjects) / (12 * self.monthly * SHARES[rule])


def years(rule: Rule, hours: float) -> float:
    """How many years lie between two such by chance. hours: what the statistic says."""
    return hours / HOURS_A_YEAR / CALIBRATION[rule]
