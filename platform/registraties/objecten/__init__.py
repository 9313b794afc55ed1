"""De Objecten API: objecten van elk soort, met materiële en formele historie."""

from registraties.objecten.app import deel

__all__ = ["deel"]
