"""Het outbox-werk van officiële bekendmakingen: aanleveren, wachten op het nummer, en wat er dan begint.

De voorziening geeft het nummer pas als het blad uit is. Tot dan wordt elk uur gevraagd, ook na een storing.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, update

from contracten import Bekendmaker, Bekendmaking, BekendmakingGeweigerd, Gepubliceerd
from integratie.besluiten import BesluitenClient
from integratie.catalogi import CatalogiClient
from integratie.catalogi.schemas import BesluitTypeUit
from integratie.taken import TakenClient
from integratie.taken.schemas import MedewerkerTaakIn
from integratie.zaken import ZakenClient
from kern.installatie import Installatie
from kern.klok import NEDERLAND
from kern.outbox import Verwerker, Werk, plaats
from kern.termijnen import BEZWAARTERMIJN, termijn
from processen.bekendmaken.api import AANLEVEREN, lees_rij
from processen.bekendmaken.bijlagen import lees_bijlagen
from processen.bekendmaken.privacy import alineas
from processen.bekendmaken.tabellen import Publicatie
from processen.motor import Motor
from processen.termijnen.kalender import lees_kalender
from processen.termijnen.werk import BESLIST
from processen.verzenden.escalatie import groepen_van

NAMENS = "processen"
OPHALEN = "bekendmaken.ophalen"
BERICHT = "bekendmaking-gepubliceerd"
WACHTEN = timedelta(hours=1)
Afronding = Callable[[Connection], None]


class Bekendmaken:
    """Levert aan bij de bekendmaker van de installatie."""

    def __init__(self, motor: Motor, bekendmaker: Bekendmaker | None) -> None:
        self._motor = motor
        self._bekendmaker = bekendmaker

    def verwerkers(self) -> list[Verwerker]:
        """Wie het werk doet."""
        return [
            Verwerker(AANLEVEREN, buiten=self.lever_aan, bij_dood=_mislukt),
            Verwerker(OPHALEN, buiten=self.haal_op, bij_dood=_mislukt),
        ]

    def lever_aan(self, installatie: Installatie, werk: Werk) -> Afronding | None:
        """Lever aan en vraag daarna om het nummer; wie geweigerd wordt, krijgt een taak met de reden."""
        rij = lees_rij(installatie, UUID(werk.inhoud["publicatie"]))
        if rij is None or rij["staat"] != "aangeleverd" or rij["kenmerk"]:
            return None
        try:
            kenmerk = self._eis().lever_aan(installatie, _bekendmaking(installatie, rij))
        except BekendmakingGeweigerd as fout:
            _leg_voor(installatie, rij, str(fout))
            geweigerd = {"staat": "geweigerd", "reden": str(fout)[:1000]}
            return lambda verbinding: _zet(verbinding, rij, geweigerd)

        def afronding(verbinding: Connection) -> None:
            _zet(verbinding, rij, {"kenmerk": kenmerk})
            plaats(installatie, verbinding, OPHALEN, werk.inhoud, sleutel=str(rij["id"]))

        return afronding

    def _eis(self) -> Bekendmaker:
        if self._bekendmaker is None:
            raise BekendmakingGeweigerd("Geen plugin levert aan bij een publicatieblad.")
        return self._bekendmaker

    def haal_op(self, installatie: Installatie, werk: Werk) -> Afronding | None:
        """Vraag nummer en datum; is het blad er nog niet, dan over een uur weer."""
        rij = lees_rij(installatie, UUID(werk.inhoud["publicatie"]))
        if rij is None or rij["staat"] != "aangeleverd" or not rij["kenmerk"]:
            return None
        gevonden = self._eis().zoek(installatie, rij["kenmerk"])
        if gevonden is None or gevonden.datum > installatie.klok.vandaag():  # het blad van morgen is nog niet uit
            vanaf = installatie.klok.nu() + WACHTEN
            return lambda verbinding: _negeer(
                plaats(installatie, verbinding, OPHALEN, werk.inhoud, sleutel=str(rij["id"]), vanaf=vanaf)
            )
        bezwaar = _dag_kan_niet(rij, gevonden)
        if bezwaar:
            _leg_voor(installatie, rij, bezwaar)
            return lambda verbinding: _zet(verbinding, rij, {"staat": "geweigerd", "reden": bezwaar})
        laatste = _laatste_dag(installatie, rij, gevonden)
        if rij["besluit"]:
            _zet_besluit(installatie, rij, gevonden)
        return lambda verbinding: self._rond_af(installatie, verbinding, rij, gevonden, laatste)

    def _rond_af(
        self,
        installatie: Installatie,
        verbinding: Connection,
        rij: Mapping[str, Any],
        gevonden: Gepubliceerd,
        laatste: Any,
    ) -> None:
        waarden = {"nummer": gevonden.nummer, "gepubliceerd": gevonden.datum, "adres": gevonden.adres}
        _zet(verbinding, rij, {**waarden, "laatste_dag": laatste, "staat": "gepubliceerd"})
        if rij["besluit"] and rij["bekendmaakt"]:
            reden = f"Het besluit is bekendgemaakt in {gevonden.nummer}."
            dag = {"dag": gevonden.datum.isoformat(), "reden": reden, "kenmerk": str(rij["id"])}
            plaats(installatie, verbinding, BESLIST, {"zaak": rij["zaak"], **dag}, sleutel=rij["zaak"])
        inhoud: dict[str, Any] = {
            "nummer": gevonden.nummer,
            "datum": gevonden.datum.isoformat(),
            "adres": gevonden.adres,
        }
        inhoud |= {"laatsteDag": laatste.isoformat() if laatste else None}
        sleutel = str(rij["id"])
        self._motor.bericht(verbinding, BERICHT, sleutel, inhoud, f"{BERICHT}:{sleutel}")


def _bekendmaking(installatie: Installatie, rij: Mapping[str, Any]) -> Bekendmaking:
    bijlagen = lees_bijlagen(installatie, map(installatie.diensten.naar_url, rij["bijlagen"]))
    duur = ((rij["termijn_naam"] or "Reageren", rij["termijn"]),) if rij["termijn"] else ()
    velden = {
        naam: rij[naam]
        for naam in ("titel", "soort", "rubriek", "onderwerp", "datum", "ingangsdatum", "gebied", "locatie")
    }
    return Bekendmaking(sleutel=rij["id"], alineas=alineas(rij["tekst"]), termijnen=duur, bijlagen=bijlagen, **velden)


def _dag_kan_niet(rij: Mapping[str, Any], gevonden: Gepubliceerd) -> str:
    """Wat wij aanleverden kan niet daarvoor al gepubliceerd zijn: met zo'n dag begint er geen termijn."""
    aangeleverd = rij["aangeleverd"].astimezone(NEDERLAND).date()
    if gevonden.datum >= aangeleverd:
        return ""
    return f"Het blad noemt {gevonden.datum:%d-%m-%Y} als dag van publicatie, en dat is voor de aanlevering op {aangeleverd:%d-%m-%Y}."


def _laatste_dag(installatie: Installatie, rij: Mapping[str, Any], gevonden: Gepubliceerd) -> Any:
    """De termijn die bij de publicatie begint: vanaf de dag erna (Awb 3:16, 6:8)."""
    duur = rij["termijn"]
    if not duur and rij["besluit"] and rij["bekendmaakt"]:
        duur = _reactietermijn(installatie, rij)
    if not duur:
        return None
    with installatie.db.lezen() as verbinding:
        return termijn(gevonden.datum, duur, lees_kalender(verbinding, gevonden.datum).vrij)


def _reactietermijn(installatie: Installatie, rij: Mapping[str, Any]) -> str:
    besluit = BesluitenClient(installatie, namens=NAMENS).besluit(installatie.diensten.naar_url(rij["besluit"]))
    soort = CatalogiClient(installatie, namens=NAMENS).haal(besluit.besluittype, BesluitTypeUit)
    return soort.reactietermijn or BEZWAARTERMIJN


def _zet_besluit(installatie: Installatie, rij: Mapping[str, Any], gevonden: Gepubliceerd) -> None:
    """De publicatiedatum bij het besluit; is de publicatie zelf de bekendmaking, dan begint ook de bezwaartermijn daar."""
    velden: dict[str, Any] = {"publicatiedatum": gevonden.datum.isoformat()}
    laatste = _laatste_dag(installatie, rij, gevonden) if rij["bekendmaakt"] else None
    if laatste:
        velden["uiterlijkeReactiedatum"] = laatste.isoformat()
    BesluitenClient(installatie, namens=NAMENS).wijzig_besluit(installatie.diensten.naar_url(rij["besluit"]), **velden)


def _leg_voor(installatie: Installatie, rij: Mapping[str, Any], reden: str) -> None:
    zaak = ZakenClient(installatie, namens=NAMENS).zaak(installatie.diensten.naar_url(rij["zaak"]))
    taak = MedewerkerTaakIn(
        titel="Bekendmaking is geweigerd",
        toelichting=f"{rij['titel']}. {reden} Verbeter de tekst bij de zaak en lever haar opnieuw aan.",
        kandidaatgroepen=groepen_van(installatie, zaak),
        zaak=zaak.url,
        zaaknummer=zaak.identificatie,
    )
    moment = rij["aangeleverd"].isoformat()
    TakenClient(installatie, namens=NAMENS).maak_medewerkertaak(taak, sleutel=f"bekendmaking-{rij['id']}-{moment}")


def _mislukt(verbinding: Connection, _installatie: Installatie, werk: Werk, fout: str) -> None:
    """Na alle pogingen: zichtbaar mislukt; een medewerker kan opnieuw aanleveren."""
    rij = Publicatie.id == UUID(werk.inhoud["publicatie"])
    verbinding.execute(update(Publicatie).where(rij).values(staat="mislukt", reden=fout[:1000]))


def _zet(verbinding: Connection, rij: Mapping[str, Any], waarden: Mapping[str, Any]) -> None:
    verbinding.execute(update(Publicatie).where(Publicatie.id == rij["id"]).values(**waarden))


def _negeer(_uitkomst: Any) -> None:
    """Een afronding geeft niets terug."""
