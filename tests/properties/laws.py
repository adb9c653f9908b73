"""The laws, by name."""

from properties.agreement import AGREEMENT
from properties.asking import ASKING
from properties.counting import COUNTING
from properties.deciding import DECIDING
from properties.hiding import HIDING
from properties.law import Law
from properties.resuming import RESUMING
from properties.showing import SHOWING

LAWS: dict[str, Law] = {
    "agreement": AGREEMENT,
    "counting": COUNTING,
    "asking": ASKING,
    "deciding": DECIDING,
    "showing": SHOWING,
    "hiding": HIDING,
    "resuming": RESUMING,
}
