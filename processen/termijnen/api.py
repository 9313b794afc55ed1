"""De API van de wettelijke klok, op /termijnen/api/v1."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache, partial
from typing import Any, Literal
from uuid import UUID

import orjson
from flask import Blueprint, Response

from integratie.basis import ApiFout
from integratie.termijnen.client import zaak_uuid
from integratie.termijnen.schemas import (
    Dag,
    FeestdagIn,
    FeestdagUit,
    GebeurtenisIn,
    HerroepIn,
    KlokDetailUit,
    KlokIn,
    KlokUit,
    OverzichtUit,
    StoringEindeIn,
    StoringIn,
    StoringUit,
    WekkerIn,
    WekkerUit,
    ZoekIn,
)
from kern.fouten import Ongeldig, ParamFout, Probleem
from kern.installatie import Installatie
from kern.toegang import huidige_aanroeper, openbaar
from kit.bron import Registratie
from kit.openapi import maak_document
from processen.api.basis import Aanroep, Eindpunt, eindpunt, zet_eindpunten
from processen.termijnen import dagen, overzicht
from processen.termijnen.grootboek import HERROEPEN, GeenKlok, Gewijzigd, Nieuw, gebeurtenis_van, open_boek, open_klok
from processen.termijnen.inrichting import lees_begin
from processen.termijnen.kalender import lees_kalender
from processen.termijnen.klok import laatste_dag_voor_inwoner
from processen.termijnen.toetsen import Bezwaar
from processen.termijnen.weergave import volledig

API = "termijnen"
VERSIE = "1.0.0"
LEZEN, BEHEREN, KALENDER_LEZEN, KALENDER = "klokken.lezen", "klokken.beheren", "kalender.lezen", "kalender.beheren"
SCOPES = {
    LEZEN: "de klok van een zaak en de lijsten lezen",
    BEHEREN: "klokken beginnen, gebeurtenissen vastleggen en herroepen, wekkers zetten",
    KALENDER_LEZEN: "storingen en gelijkgestelde feestdagen lezen",
    KALENDER: "storingen en gelijkgestelde feestdagen vastleggen",
}
BEZET = 409
FILTERS: dict[str, Any] = {
    "toestand": Literal["loopt", "dreigt", "opgeschort", "verlopen"], "zaaktype__in": list[str],
}  # fmt: skip


def maak_termijnen_api(installatie: Installatie) -> Blueprint:
    """Alle eindpunten, en `/openapi.json`."""
    blauwdruk = Blueprint("termijnen", __name__)
    deel = list(eindpunten())
    zet_eindpunten(blauwdruk, deel, API, partial(Aanroep, installatie), _doe)
    document = cache(lambda: _document(installatie, deel))  # pas als iemand erom vraagt: het kost een halve seconde

    @blauwdruk.get("/openapi.json")
    @openbaar
    def openapi() -> Response:
        """Het OpenAPI-document, leesbaar van andere websites (ADR: CORS op alleen dit bestand)."""
        return Response(document(), content_type="application/json", headers={"Access-Control-Allow-Origin": "*"})

    return blauwdruk


def eindpunten() -> Iterator[Eindpunt]:
    """Alles wat de API aanbiedt."""
    een, lijst = "/klokken/{uuid}", {"lijst": True}
    gebeurtenis = f"{een}/gebeurtenissen/{{gebeurtenis}}/herroepen"
    yield eindpunt(
        "/klokken", "get", "klokken", LEZEN, _klokken, lees=KlokUit, gepagineerd=True, parameters=FILTERS, **lijst
    )
    yield eindpunt("/klokken", "post", "klokken", BEHEREN, _begin, lees=KlokDetailUit, schrijf=KlokIn, status=201)
    yield eindpunt("/klokken/_zoek", "post", "klokken_zoek", LEZEN, _zoek, lees=KlokUit, schrijf=ZoekIn, **lijst)
    yield eindpunt("/klokken/overzicht", "get", "klokken_overzicht", LEZEN, _overzicht, lees=OverzichtUit, **lijst)
    yield eindpunt(een, "get", "klok", LEZEN, _klok, lees=KlokDetailUit)
    yield eindpunt(
        f"{een}/gebeurtenissen", "post", "gebeurtenissen", BEHEREN, _leg_vast, lees=KlokDetailUit,
        schrijf=GebeurtenisIn, status=201,
    )  # fmt: skip
    yield eindpunt(gebeurtenis, "post", "herroepen", BEHEREN, _herroep, lees=KlokDetailUit, schrijf=HerroepIn)
    yield eindpunt(
        "/wekkers", "post", "wekkers", BEHEREN, _wek, lees=WekkerUit, schrijf=WekkerIn, status=201, kan_ontbreken=True
    )
    duur = {"begin": date, "duur": str}
    yield eindpunt("/laatste-dag", "get", "laatste_dag", KALENDER_LEZEN, _laatste_dag, lees=Dag, parameters=duur)
    yield eindpunt("/storingen", "get", "storingen", KALENDER_LEZEN, _storingen, lees=StoringUit, **lijst)
    yield eindpunt(
        "/storingen", "post", "storingen", KALENDER, _meld_storing, lees=StoringUit, schrijf=StoringIn, status=201
    )
    yield eindpunt(
        "/storingen/{uuid}/einde", "post", "storing_einde", KALENDER, _einde, lees=StoringUit, schrijf=StoringEindeIn
    )
    yield eindpunt("/feestdagen", "get", "feestdagen", KALENDER_LEZEN, _feestdagen, lees=FeestdagUit, **lijst)
    yield eindpunt(
        "/feestdagen", "post", "feestdagen", KALENDER, _feestdag, lees=FeestdagUit, schrijf=FeestdagIn, status=201
    )
    yield eindpunt(
        "/feestdagen/intrekken", "post", "feestdag_intrekken", KALENDER, _geen_feestdag, schrijf=Dag, status=204
    )


def _document(installatie: Installatie, deel: list[Eindpunt]) -> bytes:
    registratie = Registratie(
        naam=API, titel="Termijnen", versie=VERSIE, bronnen=(), paden=[eindpunt.route for eindpunt in deel]
    )
    document = maak_document(registratie, installatie.diensten[API].basis)
    regels = "\n".join(f"* `{scope}`: {uitleg}" for scope, uitleg in SCOPES.items())
    document["info"]["description"] = (
        "De wettelijke klok: welke termijn er voor een zaak loopt, wat haar raakte, en elke datum met het waarom. "
        f"Scopes van een token:\n\n{regels}"
    )
    return orjson.dumps(document)


def _doe(deel: Eindpunt, vraag: Aanroep, pad: Mapping[str, UUID]) -> Any:
    try:
        return deel.doe(vraag, **pad)
    except GeenKlok as fout:
        raise Probleem(404, detail=f"Niet gevonden: {fout}.") from None
    except Gewijzigd:
        raise Probleem(BEZET, code="gewijzigd", detail="Een collega legde intussen iets vast.") from None
    except Bezwaar as fout:
        raise Ongeldig(ParamFout(fout.veld, fout.code, fout.tekst)) from None


# --- klokken ---------------------------------------------------------------------------------------------------------------------


def _klokken(vraag: Aanroep) -> Mapping[str, Any]:
    pagina = vraag.pagina()
    filters = overzicht.Filters(vraag.parameters.get("toestand", ""), vraag.parameters.get("zaaktype__in"))
    with vraag.installatie.db.lezen() as verbinding:
        rijen, aantal = overzicht.deel(vraag.installatie, verbinding, filters, pagina.vanaf, pagina.grootte)
    pagina.eis_bestaat(aantal)
    return pagina.omhul(rijen, aantal)


def _zoek(vraag: Aanroep) -> list[KlokUit]:
    zoek: ZoekIn = vraag.invoer
    with vraag.installatie.db.lezen() as verbinding:
        return overzicht.van_zaken(vraag.installatie, verbinding, zoek.zaken)


def _overzicht(vraag: Aanroep) -> list[OverzichtUit]:
    with vraag.installatie.db.lezen() as verbinding:
        return overzicht.per_zaaktype(verbinding, vraag.installatie.klok.vandaag())


def _klok(vraag: Aanroep, uuid: UUID) -> KlokDetailUit:
    with vraag.installatie.db.lezen() as verbinding:
        return volledig(open_boek(vraag.installatie, verbinding, uuid, slot=False))


def _begin(vraag: Aanroep) -> KlokDetailUit:
    klok: KlokIn = vraag.invoer
    try:
        begin, ontvangst = lees_begin(vraag.installatie, klok)
    except ApiFout as fout:
        raise Ongeldig(ParamFout("zaak", "bad-url", f"De zaak is niet te lezen ({fout.status}).")) from None
    except ValueError as fout:
        raise Ongeldig(ParamFout("soort", "inrichting", str(fout))) from None
    with vraag.installatie.db.schrijven() as verbinding:
        return volledig(open_klok(vraag.installatie, verbinding, begin, ontvangst))


def _leg_vast(vraag: Aanroep, uuid: UUID) -> KlokDetailUit:
    g: GebeurtenisIn = vraag.invoer
    dag = g.dag or vraag.installatie.klok.vandaag()
    gebeurtenis = gebeurtenis_van(g.soort, dag, tot=g.tot, duur=g.duur, reden=g.reden, grondslag=g.grondslag)
    nieuw = Nieuw(g.uuid, gebeurtenis, g.door or huidige_aanroeper().client_id, g.door_naam, g.versie)
    with vraag.installatie.db.schrijven() as verbinding:
        boek = open_boek(vraag.installatie, verbinding, uuid)
        boek.leg_vast(nieuw)
        return volledig(boek)


def _herroep(vraag: Aanroep, uuid: UUID, gebeurtenis: UUID) -> KlokDetailUit:
    h: HerroepIn = vraag.invoer
    weg = gebeurtenis_van(HERROEPEN, vraag.installatie.klok.vandaag(), reden=h.reden)
    nieuw = Nieuw(h.uuid, weg, h.door or huidige_aanroeper().client_id, h.door_naam, h.versie)
    with vraag.installatie.db.schrijven() as verbinding:
        boek = open_boek(vraag.installatie, verbinding, uuid)
        boek.herroep(gebeurtenis, nieuw)
        return volledig(boek)


def _wek(vraag: Aanroep) -> WekkerUit:
    w: WekkerIn = vraag.invoer
    if w.moment in ("bereikt", "reactie") and w.datum is None:
        raise Ongeldig(ParamFout("datum", "required", "Geef de datum waarop gewacht wordt."))
    with vraag.installatie.db.schrijven() as verbinding:
        boek = open_boek(vraag.installatie, verbinding, _zaak(w.zaak))
        om = overzicht.zet_wekker(boek, w)
    return WekkerUit(uuid=w.uuid, moment=w.moment, op=om)


def _zaak(url: str) -> UUID:
    """Het uuid van de zaak; 400 als deze URL niet van een zaak kan zijn."""
    try:
        return UUID(zaak_uuid(url))
    except ValueError:
        raise Ongeldig(ParamFout("zaak", "bad-url", "Dit is geen URL van een zaak.")) from None


# --- kalender --------------------------------------------------------------------------------------------------------------------


def _laatste_dag(vraag: Aanroep) -> Dag:
    begin, duur = vraag.parameters.get("begin"), vraag.parameters.get("duur")
    if begin is None or duur is None:
        raise Ongeldig(ParamFout("begin", "required", "Geef begin en duur."))
    with vraag.installatie.db.lezen() as verbinding:
        kalender = lees_kalender(verbinding, vraag.installatie.klok.vandaag())
    try:
        return Dag(dag=laatste_dag_voor_inwoner(begin, duur, kalender))
    except ValueError:
        raise Ongeldig(ParamFout("duur", "invalid", "Dit is geen duur zoals P30D of P6W.")) from None


def _storingen(vraag: Aanroep) -> list[StoringUit]:
    with vraag.installatie.db.lezen() as verbinding:
        return dagen.storingen(verbinding)


def _meld_storing(vraag: Aanroep) -> StoringUit:
    with vraag.installatie.db.schrijven() as verbinding:
        return dagen.meld_storing(vraag.installatie, verbinding, vraag.invoer)


def _einde(vraag: Aanroep, uuid: UUID) -> StoringUit:
    with vraag.installatie.db.schrijven() as verbinding:
        return dagen.wijzig_storing(vraag.installatie, verbinding, uuid, vraag.invoer)


def _feestdagen(vraag: Aanroep) -> list[FeestdagUit]:
    with vraag.installatie.db.lezen() as verbinding:
        return dagen.feestdagen(verbinding)


def _feestdag(vraag: Aanroep) -> FeestdagUit:
    with vraag.installatie.db.schrijven() as verbinding:
        return dagen.voeg_feestdag_toe(vraag.installatie, verbinding, vraag.invoer)


def _geen_feestdag(vraag: Aanroep) -> None:
    dag: Dag = vraag.invoer
    with vraag.installatie.db.schrijven() as verbinding:
        dagen.haal_feestdag_weg(vraag.installatie, verbinding, dag.dag)
