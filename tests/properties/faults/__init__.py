"""Seeded faults: wrong versions of single rules, in one file for each law that has to find them.

A law that finds none of them would be a law that cannot fail.
"""

from properties.faults import agreement, asking, counting, deciding, hiding, resuming, showing
from properties.faults.fault import Fault

_PARTS = (agreement, counting, asking, deciding, showing, hiding, resuming)

FAULTS = {each.name: each for part in _PARTS for each in vars(part).values() if isinstance(each, Fault)}
"""By name, in the order of the laws."""
