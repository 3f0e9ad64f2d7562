"""The demonstration: a whole township made from nothing, one month lived through, and everything that comes of it."""

from villagebooks.services.demo.run import PASSPHRASE, DemoResult, LookedUp, run_demo
from villagebooks.services.demo.town import Costs

__all__ = ["PASSPHRASE", "Costs", "DemoResult", "LookedUp", "run_demo"]
