"""De Catalogi API 1.3 (ZTC): zaaktypen, besluittypen en documenttypen, met hun versies."""

from registraties.catalogi.app import deel

__all__ = ["deel"]
