"""Namens wie dit verzoek gebeurt, en hoe elke registratie die persoon of onderneming noemt."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from integratie.urn import ontleed, urn_bsn, urn_kvk, urn_pseudoniem
from kern.aanmelden.identiteit import Identiteit
from kern.toegang import Eigenaar, eigenaar_van

ROLFILTERS = {
    "bsn": "natuurlijkPersoon__inpBsn",
    "pseudoniem": "natuurlijkPersoon__anpIdentificatie",
    "kvk": "nietNatuurlijkPersoon__kvkNummer",
    "vestiging": "vestiging__vestigingsNummer",
}
PRODUCTFILTERS = {"bsn": "bsn", "pseudoniem": "klantnummer", "kvk": "kvk_nummer", "vestiging": "vestigingsnummer"}
PARTIJSOORTEN = {"bsn": "bsn", "kvk": "kvk_nummer", "vestiging": "vestigingsnummer"}
LANGSTE_KLANTNUMMER = 50


@dataclass(frozen=True)
class Ik:
    """Van wie de gegevens zijn die dit verzoek mag zien: bij een machtiging de vertegenwoordigde."""

    soort: str
    nummer: str = field(repr=False)
    kvk: str = ""

    @classmethod
    def van(cls, identiteit: Identiteit) -> "Ik":
        soort, nummer = eigenaar_van(identiteit)
        return cls(soort, nummer, {"kvk": nummer, "vestiging": identiteit.kvk}.get(soort, ""))

    @property
    def eigenaar(self) -> Eigenaar:
        return self.soort, self.nummer

    @property
    def urn(self) -> str:
        """Hoe Verzoeken, Taken en Berichten naar mij verwijzen."""
        if self.soort == "bsn":
            return urn_bsn(self.nummer)
        if self.soort == "pseudoniem":
            return urn_pseudoniem(self.nummer)
        return urn_kvk(self.kvk, self.nummer) if self.soort == "vestiging" else urn_kvk(self.nummer)

    @property
    def zaakcriteria(self) -> dict[str, Any]:
        """Zaken waarvan ik de initiator ben."""
        filter_ = f"rol__betrokkeneIdentificatie__{ROLFILTERS[self.soort]}"
        return {filter_: self.nummer, "rol__omschrijvingGeneriek": "initiator"}

    @property
    def productcriteria(self) -> dict[str, Any]:
        return {f"eigenaren__{PRODUCTFILTERS[self.soort]}": self.nummer[:LANGSTE_KLANTNUMMER], "gepubliceerd": True}

    @property
    def contactcriteria(self) -> dict[str, Any]:
        """Klantcontacten waar ik bij betrokken was; leeg voor wie geen partij kan zijn (eIDAS zonder BSN)."""
        if self.soort not in PARTIJSOORTEN:
            return {}
        begin = "hadBetrokkene__wasPartij__partijIdentificator__"
        return {f"{begin}codeSoortObjectId": PARTIJSOORTEN[self.soort], f"{begin}objectId": self.nummer}


def eigenaren_van_urn(urn: str) -> Iterator[Eigenaar]:
    """Van wie iets is dat met deze URN is toegewezen."""
    kenmerken = ontleed(urn) if urn else None
    for naam, soort in (
        ("bsn", "bsn"),
        ("kvknummer", "kvk"),
        ("vestigingsnummer", "vestiging"),
        ("pseudoniem", "pseudoniem"),
    ):
        if kenmerken and kenmerken[naam]:
            yield soort, kenmerken[naam]


def eigenaren_van_zaak(zaak: Mapping[str, Any]) -> Iterator[Eigenaar]:
    """De initiator van een zaak met uitgeklapte rollen. Nummer en rol horen bij elkaar: een belanghebbende is geen eigenaar."""
    for rol in zaak.get("_expand", {}).get("rollen", []):
        wie = rol.get("betrokkeneIdentificatie") or {}
        if rol["omschrijvingGeneriek"] != "initiator":
            continue
        for veld, soort in (
            ("inpBsn", "bsn"),
            ("kvkNummer", "kvk"),
            ("vestigingsNummer", "vestiging"),
            ("anpIdentificatie", "pseudoniem"),
        ):
            if wie.get(veld):
                yield soort, wie[veld]
