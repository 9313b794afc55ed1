"""Een eerder besluit wijzigen of intrekken: een nieuw besluit, met eigen motivering, brief, bekendmaking en bezwaartermijn.

Het oude besluit eindigt waar het nieuwe begint, en elk noemt het andere. Wat daarna nog moet (brief, bekendmaking, het product, het Gemeenteblad) doet
proces `besluit-herzien` uit het pakket bouwstenen. Alles is te herhalen: wie halverwege struikelde, doet het nog eens en maakt het af.
"""

from datetime import date
from typing import Any, Final, Literal
from uuid import NAMESPACE_URL, uuid5

from pydantic import BaseModel

from integratie.besluiten.schemas import BesluitUit
from integratie.besluiten.strekking import Strekking, lees_strekkingen, strekking_van
from integratie.besluiten.vervangen import NIEUW_NOEMT, OUD_NOEMT, Hoe, opgevolgd_door, vervang
from integratie.catalogi.schemas import BesluitTypeUit, InformatieObjectTypeUit
from integratie.processen.schemas import ActieIn
from integratie.producten.schemas import ProductUit
from integratie.zaken.schemas import ZaakUit
from processen.behandelen.bron import Zaakbron, uuid_van
from processen.behandelen.herpubliceren import kennisgeving

PROCES: Final = "besluit-herzien"
Productkeuze = Literal["blijft", "intrekken", "aanpassen"]
SOORT: Final[dict[Hoe, Strekking]] = {"wijzigen": "wijziging", "intrekken": "intrekking"}
ZONDER_VOORKEUR: Final = "besluit"
"""Soort bericht als er over het oude besluit niets verstuurd is: daarvoor koos niemand een kanaal, dus het wordt een brief."""


class Herziening(BaseModel):
    """Wat er met welk besluit gebeurt. `oud` is een URL; `op_verzoek` als de belanghebbende zelf om intrekken vroeg."""

    hoe: Hoe
    oud: str
    oud_nummer: str
    reden: str
    op_verzoek: bool = False
    product: Productkeuze = "blijft"


def typen_voor(bron: Zaakbron, typen: list[BesluitTypeUit], hoe: Hoe) -> list[BesluitTypeUit]:
    """De besluittypen van dit zaaktype waarmee het kan. Wijzigen kan ook met een gewone toekenning; weigeren is geen wijzigen."""
    vastgelegd = lees_strekkingen(bron.configuratie)
    mag = (SOORT[hoe], "toekenning") if hoe == "wijzigen" else (SOORT[hoe],)
    gevonden = [soort for soort in typen if strekking_van(soort, vastgelegd) in mag]
    return sorted(gevonden, key=lambda soort: strekking_van(soort, vastgelegd) != SOORT[hoe])


def kan_herzien(besluit: BesluitUit) -> bool:
    """Een besluit dat al gewijzigd of ingetrokken is, herzie je niet nog eens: dat kan met het besluit dat ervoor in de plaats kwam."""
    intrekkend = besluit.uitleg.kenmerk(NIEUW_NOEMT["intrekken"])
    return not (opgevolgd_door(besluit) or besluit.vervalreden or intrekkend)


def keten(besluit: BesluitUit, alle: list[BesluitUit]) -> list[BesluitUit]:
    """De besluiten die elkaar opvolgen, het oudste eerst, dit besluit inbegrepen. Leeg als het op zichzelf staat."""
    op_nummer = {ander.identificatie: ander for ander in alle}
    reeks, gezien = [besluit], {besluit.identificatie}
    for kenmerken, vooraan in ((NIEUW_NOEMT, True), (OUD_NOEMT, False)):
        nu: BesluitUit | None = besluit
        while nu is not None:
            nummers = (nu.uitleg.kenmerk(kenmerk) for kenmerk in kenmerken.values())
            nu = next((op_nummer[n] for n in nummers if n in op_nummer and n not in gezien), None)
            if nu is not None:
                gezien.add(nu.identificatie)
                reeks.insert(0 if vooraan else len(reeks), nu)
    return reeks if len(reeks) > 1 else []


def producten_van(bron: Zaakbron, zaak: ZaakUit) -> list[ProductUit]:
    """Wat er bij deze zaak verstrekt is en nog niet ingetrokken."""
    gevonden = bron.producten.alle_producten({"aanvraag_zaak_urn": bron.urn(zaak)})
    return [product for product in gevonden if product.status != "ingetrokken"]


def documenttype_van(bron: Zaakbron, besluittype: str) -> str:
    """De omschrijving van het eerste documenttype van dit besluittype: daarin staat de brief."""
    soort = bron.catalogi.haal(besluittype, BesluitTypeUit)
    urls = list(soort.informatieobjecttypen)
    return bron.catalogi.haal(urls[0], InformatieObjectTypeUit).omschrijving if urls else ""


def maak_af(
    bron: Zaakbron, zaak: ZaakUit, nieuw: BesluitUit, herziening: Herziening, motivering: str, bezwaar_tot: date | None
) -> None:
    """Leg de opvolging in beide besluiten vast en start brief, bekendmaking en product. Herhalen verandert niets."""
    oud = bron.besluiten.besluit(herziening.oud)
    vervang(
        bron.besluiten, oud, nieuw, herziening.hoe,
        "ingetrokken_belanghebbende" if herziening.op_verzoek else "ingetrokken_overheid",
    )  # fmt: skip
    brief = {**_brief(nieuw, herziening, bezwaar_tot), "motivering": motivering}
    gegevens = _gegevens(bron, zaak, bron.besluiten.besluit(herziening.oud), nieuw, herziening.product) | {
        "brief": brief, "publicatie": kennisgeving(bron, zaak, oud, nieuw),
    }  # fmt: skip
    sleutel = uuid5(NAMESPACE_URL, f"{PROCES}:{uuid_van(nieuw.url)}")
    bron.processen.start_actie(ActieIn(uuid=sleutel, zaak=zaak.url, proces=PROCES, gegevens=gegevens))


def _gegevens(
    bron: Zaakbron, zaak: ZaakUit, oud: BesluitUit, nieuw: BesluitUit, product: Productkeuze
) -> dict[str, Any]:
    eerder = next((z.soort for z in bron.processen.zendingen(zaak.url) if z.besluit == oud.url), ZONDER_VOORKEUR)
    return {
        "besluit": nieuw.url, "documenttype": documenttype_van(bron, nieuw.besluittype), "soort": eerder,
        "product": product, "laatsteDag": _dag(oud.vervaldatum), "nieuweEinddatum": _dag(nieuw.vervaldatum),
    }  # fmt: skip


def _brief(nieuw: BesluitUit, h: Herziening, bezwaar_tot: date | None) -> dict[str, Any]:
    kenmerk = nieuw.uitleg.kenmerk
    mandaat = kenmerk("Mandaat")
    return {
        "oudNummer": h.oud_nummer, "besluitnummer": nieuw.identificatie, "ingetrokken": h.hoe == "intrekken",
        "ingangsdatum": _dag(nieuw.ingangsdatum), "reden": h.reden,
        "zienswijze": kenmerk("Zienswijze") or "U hoefde hier vooraf niet op te reageren.", "grondslag": kenmerk("Grondslag"),
        "bestuursorgaan": nieuw.bestuursorgaan, "mandaat": f"{mandaat}." if mandaat else " ",
        "ondertekenaar": kenmerk("Ondertekenaar"), "bezwaarTot": _dag(bezwaar_tot),
    }  # fmt: skip


def _dag(dag: date | None) -> Any:
    """Een datum in de vorm die FEEL als datum leest."""
    return {"$feel": "date", "waarde": dag.isoformat()} if dag else None
