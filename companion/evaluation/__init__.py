"""How methods of provisioning compare, and what a device's own commissioning was worth."""

from companion.evaluation.comparison import Row, rows
from companion.evaluation.device import DeviceEvaluation, evaluate

__all__ = ["DeviceEvaluation", "Row", "evaluate", "rows"]
