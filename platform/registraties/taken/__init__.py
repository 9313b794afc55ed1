"""De Taken API: wat een inwoner, ondernemer of medewerker nog moet doen."""

from registraties.taken.app import deel

__all__ = ["deel"]
