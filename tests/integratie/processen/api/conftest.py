"""De motor van een test, met haar database."""

from tests.integratie.processen.motor.conftest import motordatabase, proef

__all__ = ["motordatabase", "proef"]
