"""`python -m villagebooks`: the same program as the console script."""

import sys

from villagebooks.cli import main

if __name__ == "__main__":
    sys.exit(main())
