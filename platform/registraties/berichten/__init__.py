"""De Berichten API: berichten aan inwoners en ondernemers in MijnGemeente."""

from registraties.berichten.app import deel

__all__ = ["deel"]
