"""Een besluit op een zaak nemen: het voorstel, de toets van het mandaat, en één besluit ook als twee mensen tegelijk tekenen.

Het besluitnummer volgt uit de zaak en hoeveel besluiten er al waren toen iemand begon. Wie tegelijk tekent heeft dus hetzelfde nummer,
en het tweede weigert de Besluiten API.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid5

from pydantic import BaseModel

from contracten.nummer import nummer_bij
from integratie.basis import ApiFout
from integratie.besluiten.schemas import BesluitIn, BesluitUit
from integratie.besluiten.toelichting import KENMERKEN, Toelichting
from integratie.besluiten.vervangen import NIEUW_NOEMT
from integratie.catalogi.schemas import BesluitTypeUit
from integratie.mandaten import Mandaat, Ondertekening, lees_register, toets
from integratie.taken.schemas import MedewerkerTaakIn, MedewerkerTaakUit
from integratie.termijnen.dagen import eis_na_ontvangst
from integratie.zaken.schemas import ZaakUit
from processen.behandelen import herzien
from processen.behandelen.bron import Zaakbron
from processen.behandelen.herzien import Herziening

BEZWAARTERMIJN = "P6W"
NIET_UNIEK = {"identificatie-niet-uniek", "unique"}
"""Het nummer bestond al toen de Besluiten API keek, of een ander was haar op hetzelfde moment voor."""
BEZET = 409
"""Een collega is op dit moment met hetzelfde besluit bezig."""


class AlBesloten(Exception):
    """Een collega nam dit besluit net eerder."""


class Voorstel(BaseModel):
    """Een besluit zoals iemand het wil nemen; `nummer` staat vast vanaf het begin. Bedragen in euro's."""

    nummer: str
    besluittype: str
    besluittype_naam: str
    bestuursorgaan: str
    grondslag: str
    ondertekenaar: str
    motivering: str
    voorschriften: list[str] = []
    bedrag: Decimal | None = None
    ingangsdatum: date
    vervaldatum: date | None = None
    bezwaar_tot: date | None = None
    zienswijze: str = ""
    herziening: Herziening | None = None


@dataclass(frozen=True)
class Inrichting:
    """Wat het pakket over besluiten op dit zaaktype zegt."""

    bestuursorgaan: str = ""
    grondslag: str = ""
    vier_ogen: bool = False


def inrichting_van(bron: Zaakbron, zaak: ZaakUit) -> Inrichting:
    """De instelling van het zaaktype; zonder regel is alles leeg en tekent één mens."""
    regel = bron.besluitregel(zaak)
    return Inrichting(
        regel.get("bestuursorgaan", ""), regel.get("grondslag", ""), vier_ogen=bool(regel.get("vierOgen"))
    )


def besluittypen(bron: Zaakbron, zaak: ZaakUit) -> list[BesluitTypeUit]:
    """De besluiten die op dit zaaktype genomen kunnen worden."""
    soort = bron.catalogi.type_bij_url(zaak.zaaktype)
    return [bron.catalogi.haal(url, BesluitTypeUit) for url in soort.besluittypen]


def volgend_nummer(zaak: ZaakUit, bestaand: int, vandaag: date) -> str:
    """Het nummer van het volgende besluit op deze zaak."""
    return f"BESLUIT-{vandaag.year}-{nummer_bij(uuid5(zaak.uuid, f'besluit-{bestaand}'), 3)}"


def uitleg_van_regels(bron: Zaakbron, zaak: ZaakUit) -> list[str]:
    """De zinnen van de laatste beslissing in het proces, als begin van de motivering."""
    zinnen: list[str] = []
    for instantie in bron.processen.instanties(zaak=zaak.url):
        for stap in bron.processen.geschiedenis(instantie.uuid):
            zinnen = list(_zinnen(stap.uitleg)) or zinnen
    return zinnen


def _zinnen(uitleg: Any) -> Iterator[str]:
    """Wat de doorslag gaf: de zinnen die de tabel zelf schrijft, en anders de uitleg van hoe zij rekende.

    Adressen van registraties en regels die niet pasten staan in het besluitdossier, niet in een motivering.
    """
    if isinstance(uitleg, dict):
        eigen = list(_hele_zinnen((uitleg.get("uitleg") or {}).get("uitkomst")))
        zinnen = (str(zin) for zin in (uitleg.get("zinnen") or {}).get("nl", []))
        yield from eigen or (zin for zin in zinnen if "://" not in zin and not zin.startswith("Regel "))


def _hele_zinnen(uitkomst: Any) -> Iterator[str]:
    if isinstance(uitkomst, str) and uitkomst.endswith("."):
        yield uitkomst
    elif isinstance(uitkomst, dict | list):
        for deel in uitkomst.values() if isinstance(uitkomst, dict) else uitkomst:
            yield from _hele_zinnen(deel)


def toets_mandaat(bron: Zaakbron, voorstel: Voorstel, op: date) -> Mandaat | None:
    """Het mandaat waarop de ondertekening berust; `GeenMandaat` met de reden als het niet mag."""
    ondertekening = Ondertekening(
        voorstel.bestuursorgaan, voorstel.besluittype_naam, voorstel.ondertekenaar, op, voorstel.bedrag
    )
    return toets(lees_register(bron.configuratie), ondertekening)


def neem(bron: Zaakbron, zaak: ZaakUit, voorstel: Voorstel, op: date) -> BesluitUit:
    """Toets mandaat en dag en leg het besluit vast. `GeenMandaat`, `OnmogelijkeDag`, of `AlBesloten` als een collega net eerder was."""
    mandaat = toets_mandaat(bron, voorstel, op)
    eis_na_ontvangst(bron.termijnen, zaak, op)
    _eis_laatste_stand(bron, zaak, voorstel, op)
    rsin = bron.installatie.instellingen.bronorganisatie
    besluit = BesluitIn(
        identificatie=voorstel.nummer,
        verantwoordelijke_organisatie=rsin,
        besluittype=voorstel.besluittype,
        zaak=zaak.url,
        datum=op,
        toelichting=_toelichting(voorstel, mandaat),
        bestuursorgaan=voorstel.bestuursorgaan,
        ingangsdatum=voorstel.ingangsdatum,
        vervaldatum=voorstel.vervaldatum,
    )
    try:
        gemaakt = bron.besluiten.maak_besluit(besluit)
    except ApiFout as fout:
        if fout.status != BEZET and not NIET_UNIEK & {deel.code for deel in fout.fouten}:
            raise
        _maak_af(bron, zaak, voorstel, bron.besluiten.met_nummer(voorstel.nummer, rsin))
        raise AlBesloten from fout
    _maak_af(bron, zaak, voorstel, gemaakt)
    return gemaakt


def _eis_laatste_stand(bron: Zaakbron, zaak: ZaakUit, voorstel: Voorstel, op: date) -> None:
    """`AlBesloten` als er sinds het opstellen een ander besluit bij kwam, van een collega of uit het proces; dat kende de opsteller niet.

    Bestaat het voorgestelde besluit zelf al, dan maakt een herhaling het alleen af.
    """
    nummers = [besluit.identificatie for besluit in bron.besluiten.besluiten(zaak=zaak.url)]
    verwacht = volgend_nummer(zaak, len(nummers), op)
    if voorstel.nummer not in nummers and _zonder_jaar(voorstel.nummer) != _zonder_jaar(verwacht):
        raise AlBesloten


def _zonder_jaar(nummer: str) -> str:
    """Een voorstel van voor de jaarwisseling is nog steeds dat voorstel."""
    return nummer.split("-", 2)[2]


def _maak_af(bron: Zaakbron, zaak: ZaakUit, voorstel: Voorstel, besluit: BesluitUit | None) -> None:
    """Bij wijzigen en intrekken: wat er na het besluit nog moet, ook als iemand daar halverwege strandde."""
    herziening = voorstel.herziening
    if herziening is None or besluit is None:
        return
    if besluit.uitleg.kenmerk(NIEUW_NOEMT[herziening.hoe]) == herziening.oud_nummer:
        herzien.maak_af(bron, zaak, besluit, herziening, voorstel.motivering, voorstel.bezwaar_tot)


def _toelichting(voorstel: Voorstel, mandaat: Mandaat | None) -> str:
    """De motivering met de voorschriften en de rechtsmiddelenclausule, en daaronder waar het besluit op berust (Awb 3:45, 3:46 en 10:10)."""
    delen = [voorstel.motivering.strip(), *_voorschriften(voorstel.voorschriften)]
    if voorstel.bezwaar_tot:
        delen.append(
            "Bent u het niet eens met dit besluit? Dan kunt u bezwaar maken binnen zes weken na de dag waarop wij het u stuurden. "
            f"Sturen wij het vandaag, dan kan dat tot en met {voorstel.bezwaar_tot:%d-%m-%Y}."
        )
    waarden = (voorstel.grondslag, mandaat.grondslag if mandaat else "", voorstel.ondertekenaar)
    paren = [
        *zip(KENMERKEN, waarden, strict=True),
        ("Zienswijze", voorstel.zienswijze),
        *_herziening(voorstel.herziening),
    ]
    return Toelichting("\n\n".join(filter(None, delen)), tuple(paar for paar in paren if paar[1])).als_tekst()


def _herziening(herziening: Herziening | None) -> Iterator[tuple[str, str]]:
    if herziening:
        yield "Reden", " ".join(herziening.reden.split())
        yield NIEUW_NOEMT[herziening.hoe], herziening.oud_nummer


def _voorschriften(voorschriften: Iterable[str]) -> Iterator[str]:
    regels = [f"{nummer}. {voorschrift}" for nummer, voorschrift in enumerate(voorschriften, 1)]
    if regels:
        yield "Aan dit besluit zijn de volgende voorschriften verbonden.\n" + "\n".join(regels)


def leg_voor(bron: Zaakbron, zaak: ZaakUit, voorstel: Voorstel) -> MedewerkerTaakUit:
    """Vier ogen: een collega van het team moet het goedkeuren; wie het opstelde kan die taak niet doen."""
    taak = MedewerkerTaakIn(
        titel=f"Besluit goedkeuren: {voorstel.besluittype_naam}",
        toelichting=f"Opgesteld door {bron.identiteit.naam}.",
        kandidaatgroepen=bron.team(zaak),
        uitgesloten=[bron.identiteit.gebruikersnaam],
        zaak=zaak.url,
        zaaknummer=zaak.identificatie,
        gegevens={"besluitvoorstel": voorstel.model_dump(mode="json")},
    )
    return bron.taken.maak_medewerkertaak(taak, sleutel=f"besluit-{voorstel.nummer}")


def voorstel_van(taak: MedewerkerTaakUit) -> Voorstel | None:
    """Het voorstel in een goedkeuringstaak, of None bij een andere taak."""
    ruw = taak.gegevens.get("besluitvoorstel")
    return Voorstel.model_validate(ruw) if ruw else None
