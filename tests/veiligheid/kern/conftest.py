"""De veiligheidstests van kern gebruiken dezelfde installatie als de integratietests van kern."""

from tests.integratie.kern.conftest import installatie, kern_url

__all__ = ["installatie", "kern_url"]
