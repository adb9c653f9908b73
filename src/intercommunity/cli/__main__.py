"""`python -m intercommunity.cli`: the same as `intercommunity`."""

import sys

from intercommunity.cli import main

sys.exit(main())
