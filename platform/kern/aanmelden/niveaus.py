"""Betrouwbaarheidsniveaus: wat elk inlogmiddel in `acr` zegt, en waar dat op één gemeenschappelijke ladder staat."""

from collections.abc import Mapping
from enum import StrEnum


class Niveau(StrEnum):
    """De ladder waarop formulieren en zaaktypen hun minimum kiezen."""

    BASIS = "basis"
    MIDDEN = "midden"
    SUBSTANTIEEL = "substantieel"
    HOOG = "hoog"

    @property
    def rang(self) -> int:
        """Plek op de ladder, 0 is het laagst."""
        return list(Niveau).index(self)

    def voldoet_aan(self, minimum: "Niveau") -> bool:
        """Of dit niveau hoog genoeg is."""
        return self.rang >= minimum.rang


Niveaus = Mapping[str, Niveau]
"""Per acr-waarde het niveau, van laag naar hoog."""

_SAML = "urn:oasis:names:tc:SAML:2.0:ac:classes:"
_ETOEGANG = "urn:etoegang:core:assurance-class:"
_EIDAS = "http://eidas.europa.eu/LoA/"

DIGID: Niveaus = {
    f"{_SAML}PasswordProtectedTransport": Niveau.BASIS,
    f"{_SAML}MobileTwoFactorContract": Niveau.MIDDEN,
    f"{_SAML}Smartcard": Niveau.SUBSTANTIEEL,
    f"{_SAML}SmartcardPKI": Niveau.HOOG,
}
EHERKENNING: Niveaus = {
    f"{_ETOEGANG}loa2": Niveau.BASIS,
    f"{_ETOEGANG}loa2plus": Niveau.MIDDEN,
    f"{_ETOEGANG}loa3": Niveau.SUBSTANTIEEL,
    f"{_ETOEGANG}loa4": Niveau.HOOG,
}
EIDAS: Niveaus = {
    f"{_EIDAS}low": Niveau.MIDDEN,
    f"{_EIDAS}substantial": Niveau.SUBSTANTIEEL,
    f"{_EIDAS}high": Niveau.HOOG,
}
MEDEWERKER: Niveaus = {"1fa": Niveau.BASIS, "2fa": Niveau.SUBSTANTIEEL}


def acr_vanaf(niveaus: Niveaus, minimum: Niveau) -> list[str]:
    """De acr-waarden die minstens `minimum` zijn, van laag naar hoog."""
    return [acr for acr, niveau in niveaus.items() if niveau.voldoet_aan(minimum)]
