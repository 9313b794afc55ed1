"""De ontvangstbevestiging (Awb 4:3a): wanneer wij het verzoek kregen, wat er nu gebeurt, tot wanneer dat duurt, en een kopie van het verzoek.

Elke zaak die met een verzoek begint krijgt haar, langs welk kanaal het verzoek ook kwam. Een pakket mag een eigen tekst sturen; dag, termijn en
kopie zet het versturen erbij. Richt een beheerder een sjabloon `ontvangstbevestiging` in, dan gaat dat voor die van het platform.
"""

import json
from datetime import date
from importlib.resources import files
from typing import Any, Final

from integratie.catalogi import CatalogiClient
from integratie.documenten import DocumentenClient
from integratie.documenten.schemas import DocumentUit
from integratie.processen.ontvangst import SJABLOON, formulier_van
from integratie.termijnen import TermijnenClient
from integratie.urn import ontleed
from integratie.verzoeken.ontvangst import ontvangen_op
from integratie.verzoeken.schemas import VerzoekUit
from integratie.zaken.schemas import ZaakUit
from kern.installatie import Installatie

NAMENS: Final = "processen"
TEKST: Final[dict[str, Any]] = json.loads(files(__package__).joinpath("ontvangstbevestiging.json").read_bytes())
__all__ = ["SJABLOON", "TEKST", "gegevens_van", "met_kopie"]


def gegevens_van(installatie: Installatie, zaak: ZaakUit, verzoek: VerzoekUit, taal: str) -> dict[str, Any]:
    """Wat elke ontvangstbevestiging kan noemen: de laatste dag waarop wij antwoorden (onbekend is None), en wat het formulier over het
    vervolg zegt, per alinea.
    """
    return {
        "einddatum": _einddatum(installatie, zaak, verzoek),
        "vervolg": _vervolg(installatie, verzoek, taal),
        "kopie": bool(verzoek.verzoek_informatie_object),
    }


def _vervolg(installatie: Installatie, verzoek: VerzoekUit, taal: str) -> list[str]:
    formulier = formulier_van(installatie, NAMENS, verzoek)
    teksten = formulier.get("teksten", {}).get("vervolg") or {}
    tekst = teksten.get(taal) or teksten.get("nl") or ""
    return [alinea.strip() for alinea in tekst.split("\n\n") if alinea.strip()]


def _einddatum(installatie: Installatie, zaak: ZaakUit, verzoek: VerzoekUit) -> date | None:
    """Van de wettelijke klok; heeft de zaak die (nog) niet, dan de doorlooptijd van het zaaktype vanaf de ontvangst."""
    termijnen = TermijnenClient(installatie, namens=NAMENS)
    klok = termijnen.klok(zaak.url)
    if klok is not None and klok.einddatum is not None:
        return klok.einddatum
    if zaak.uiterlijke_einddatum_afdoening is not None:
        return zaak.uiterlijke_einddatum_afdoening
    duur = CatalogiClient(installatie, namens=NAMENS).type_bij_url(zaak.zaaktype).doorlooptijd
    return termijnen.laatste_dag(ontvangen_op(verzoek), duur) if duur else None


def met_kopie(installatie: Installatie, stukken: list[DocumentUit], verzoek: VerzoekUit) -> list[DocumentUit]:
    """De stukken met de kopie van het verzoek erbij, als zij daar nog niet bij zat."""
    if not verzoek.verzoek_informatie_object:
        return stukken
    uuid = ontleed(verzoek.verzoek_informatie_object)["uuid"]
    if any(stuk.url.rstrip("/").endswith(str(uuid)) for stuk in stukken):
        return stukken
    url = f"{installatie.diensten['documenten'].basis}/enkelvoudiginformatieobjecten/{uuid}"
    return [*stukken, DocumentenClient(installatie, namens="verzenden").document(url)]
