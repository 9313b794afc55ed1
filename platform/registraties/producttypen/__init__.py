"""De Producttypen API: wat de gemeente aan producten en diensten biedt."""

from registraties.producttypen.app import deel

__all__ = ["deel"]
