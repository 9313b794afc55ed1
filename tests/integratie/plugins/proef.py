"""Een bouwblok uitvoeren zoals de motor dat doet, en nog eens alsof de eerste poging na het werk omviel."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid4

from contracten import Gegevens, Opdracht
from integratie.processen import ProcessenClient
from integratie.verzoeken.schemas import VerzoekUit
from integratie.zaken.schemas import ZaakUit
from processen import maak_motor
from tests.reishulp import KOOP, Gemeente

REGISTRATIE = {"woonsituatie": "koop", "deelVanWoning": "geheel"}

BUITEN_EEN_PROCES = UUID(int=1)


@dataclass
class Proef:
    """Bouwblokken op een ingerichte gemeente. Er loopt geen worker: alleen wat het bouwblok zelf doet, gebeurt."""

    gemeente: Gemeente
    instantie: UUID = BUITEN_EEN_PROCES

    def na_een_medewerker(self) -> "Proef":
        """Dezelfde proef in een proces waarin een medewerker al een taak afrondde."""
        zaak = self.gemeente.dien_in("vergunning", {**KOOP, "woonsituatie": "huur", "corporatie": "ja"})
        self.gemeente.werk()
        gevonden = self.gemeente.zaak(zaak)
        self.gemeente.rond_af(gevonden, besluit="aanvullen", vraag="Van wie is de woning?")
        (instantie,) = ProcessenClient(self.gemeente.installatie, namens="processen").instanties(zaak=gevonden.url)
        return replace(self, instantie=instantie.uuid)

    def voer_uit(self, sleutel: str, koppen: Mapping[str, str] | None = None, /, **invoer: Any) -> Any:
        """De uitvoer van de eerste poging; de tweede geeft hetzelfde."""
        blok = maak_motor(self.gemeente.installatie).bouwblokken[sleutel]
        gegevens: Gegevens = blok.Invoer.model_validate(invoer)
        opdracht: Opdracht[Any, Any] = Opdracht(
            installatie=self.gemeente.installatie, configuratie=blok.lees_configuratie(koppen or {}), invoer=gegevens,
            sleutel=uuid4(), moment=self.gemeente.installatie.klok.nu(), instantie=self.instantie, bedrijfssleutel="b",
            definitie="d", element="e",
        )  # fmt: skip
        eerste = blok.voer_uit(opdracht)
        assert blok.voer_uit(replace(opdracht, poging=2)) == eerste
        return eerste

    def verzoek(self, soort: str = "vergunning") -> VerzoekUit:
        return self.gemeente.dien_in(soort, KOOP if soort == "vergunning" else REGISTRATIE)

    def zaak(self, soort: str = "vergunning") -> ZaakUit:
        """Een nieuwe zaak met een initiator."""
        uitvoer = self.voer_uit(
            "zaken.zaak-aanmaken",
            {"zaaktype": f"TV-{soort.upper()}", "bevestiging": "proces"},
            verzoek=self.verzoek(soort).url,
        )
        return self.gemeente.zaken.zaak(uitvoer.zaak)
