"""Every law holds in small worlds."""

import pytest

from properties.laws import LAWS


@pytest.mark.slow
@pytest.mark.parametrize("name", LAWS)
def test_law_holds(name):
    LAWS[name].hold()
