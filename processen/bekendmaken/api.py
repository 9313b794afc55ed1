"""De API van officiële bekendmakingen: klaarzetten, nakijken, aanleveren en terugzien."""

from collections.abc import Mapping
from typing import Any, TypeVar
from uuid import UUID

from flask import Blueprint, Response, request
from sqlalchemy import Connection, select, update
from sqlalchemy.dialects.postgresql import insert

from integratie.basis import Schema
from integratie.processen.publicaties import PublicatieIn, TekstIn
from kern.fouten import Ongeldig, ParamFout, Probleem
from kern.installatie import Installatie
from kern.outbox import plaats
from kern.toegang import voor_machine
from kit.antwoord import Antwoord
from kit.app import lees_json
from kit.schema import valideer
from processen.api.basis import eis
from processen.bekendmaken.privacy import Vondst, bekend_over, zoek
from processen.bekendmaken.tabellen import Publicatie

NAMENS = "processen"
AANLEVEREN = "bekendmaken.aanleveren"
TE_WIJZIGEN = ("concept", "geweigerd", "mislukt")
VERWIJZINGEN = ("zaak", "besluit")
PERSOONSGEGEVENS = "persoonsgegevens"
T = TypeVar("T", bound=Schema)


def maak_publicaties(installatie: Installatie) -> Blueprint:
    """De routes van officiële bekendmakingen."""
    blauwdruk = Blueprint("publicaties", __name__)
    api = _Publicaties(installatie)
    for regel, naam, methode, functie, scope in (
        ("/publicaties", "maak", "POST", api.maak, "publicaties.beheren"),
        ("/publicaties", "lijst", "GET", api.lijst, "publicaties.lezen"),
        ("/publicaties/<uuid:uuid>", "lees", "GET", api.lees, "publicaties.lezen"),
        ("/publicaties/<uuid:uuid>", "wijzig", "PATCH", api.wijzig, "publicaties.beheren"),
        ("/publicaties/<uuid:uuid>/aanleveren", "aanleveren", "POST", api.lever_aan, "publicaties.beheren"),
    ):
        blauwdruk.add_url_rule(
            regel, naam, voor_machine(aanmelding="token")(_met_scope(functie, scope)), methods=[methode]
        )
    return blauwdruk


def _met_scope(functie: Any, scope: str) -> Any:
    def route(**pad: Any) -> Response:
        eis(scope)
        antwoord: Response = functie(**pad)
        return antwoord

    return route


class _Publicaties:
    def __init__(self, installatie: Installatie) -> None:
        self._installatie = installatie

    def maak(self) -> Response:
        """Zet een concept klaar; met hetzelfde uuid nog eens geeft het bestaande."""
        publicatie = _lees(PublicatieIn)
        _eis_verwijzingen(self._installatie, publicatie)
        with self._installatie.db.schrijven() as verbinding:
            rij = _zet_klaar(self._installatie, verbinding, publicatie)
        return self._antwoord(rij, 201)

    def lijst(self) -> Response:
        """De bekendmakingen van een zaak, nieuwste eerst; zonder de vondsten."""
        zaak = request.args.get("zaak")
        if not zaak:
            raise Ongeldig(ParamFout("zaak", "required", "Geef de URL van een zaak."))
        vraag = select(*Publicatie.__table__.columns)
        vraag = vraag.where(Publicatie.zaak == self._installatie.diensten.naar_opslag(zaak))
        with self._installatie.db.lezen() as verbinding:
            rijen = verbinding.execute(vraag.order_by(Publicatie.aangemaakt.desc()).limit(100)).mappings().all()
        return Antwoord.json([weergave(self._installatie, dict(rij)) for rij in rijen]).response()

    def lees(self, uuid: UUID) -> Response:
        """Eén bekendmaking, met wat er aan persoonsgegevens in lijkt te staan zolang zij te wijzigen is."""
        rij = self._rij(uuid)
        vondsten = self._vondsten(rij) if rij["staat"] in TE_WIJZIGEN else []
        return self._antwoord(rij, vondsten=vondsten)

    def wijzig(self, uuid: UUID) -> Response:
        """Een andere titel en tekst; 409 als zij al aangeleverd is."""
        tekst = _lees(TekstIn)
        with self._installatie.db.schrijven() as verbinding:
            vraag = update(Publicatie).where(Publicatie.id == uuid, Publicatie.staat.in_(TE_WIJZIGEN))
            if verbinding.execute(vraag.values(tekst.model_dump())).rowcount == 0:
                raise Probleem(409, detail="Deze bekendmaking is er niet, of zij is al aangeleverd.")
        return self.lees(uuid)

    def lever_aan(self, uuid: UUID) -> Response:
        """Lever aan; persoonsgegevens in de tekst weigeren, met de plaats. Nog eens verandert niets."""
        rij = self._rij(uuid)
        if rij["staat"] not in TE_WIJZIGEN:
            return self._antwoord(rij)
        ernstig = [v for v in self._vondsten(rij) if v.zeker or not rij["nagekeken"]]
        if ernstig:
            raise Ongeldig(*(ParamFout("tekst", PERSOONSGEGEVENS, str(vondst)) for vondst in ernstig))
        with self._installatie.db.schrijven() as verbinding:
            vraag = update(Publicatie).where(Publicatie.id == uuid, Publicatie.staat.in_(TE_WIJZIGEN))
            waarden = {"staat": "aangeleverd", "aangeleverd": self._installatie.klok.nu(), "reden": "", "kenmerk": ""}
            if verbinding.execute(vraag.values(waarden)).rowcount:
                plaats(self._installatie, verbinding, AANLEVEREN, {"publicatie": str(uuid)}, sleutel=str(uuid))
        return self._antwoord(self._rij(uuid))

    def _vondsten(self, rij: Mapping[str, Any]) -> list[Vondst]:
        zaak = self._installatie.diensten.naar_url(rij["zaak"])
        return zoek(rij["titel"], rij["tekst"], bekend_over(self._installatie, zaak, NAMENS))

    def _rij(self, uuid: UUID) -> Mapping[str, Any]:
        rij = lees_rij(self._installatie, uuid)
        if rij is None:
            raise Probleem(404, detail="Deze bekendmaking is er niet.")
        return rij

    def _antwoord(self, rij: Mapping[str, Any], status: int = 200, vondsten: list[Vondst] | None = None) -> Response:
        inhoud = weergave(self._installatie, rij) | {"vondsten": [str(vondst) for vondst in vondsten or []]}
        return Antwoord.json(inhoud, status).response()


def _lees(schema: type[T]) -> T:
    gelezen = valideer(schema, lees_json())
    if isinstance(gelezen, list):
        raise Ongeldig(*gelezen)
    if not isinstance(gelezen, schema):
        raise TypeError("valideer gaf een ander schema")
    return gelezen


def lees_rij(installatie: Installatie, uuid: UUID) -> Mapping[str, Any] | None:
    """De rij van een bekendmaking, of None."""
    vraag = select(*Publicatie.__table__.columns).where(Publicatie.id == uuid)
    with installatie.db.lezen() as verbinding:
        rij = verbinding.execute(vraag).mappings().first()
    return None if rij is None else dict(rij)


def _eis_verwijzingen(installatie: Installatie, publicatie: PublicatieIn) -> None:
    """Elke verwijzing is een URL in de registratie waar zij hoort."""
    verwijzingen = [("zaak", publicatie.zaak, "zaken"), ("besluit", publicatie.besluit, "besluiten")]
    verwijzingen += [(f"bijlagen.{n}", url, "documenten") for n, url in enumerate(publicatie.bijlagen)]
    fouten = [
        ParamFout(veld, "bad-url", f"Dit is geen URL in de API {api}.")
        for veld, url, api in verwijzingen
        if url is not None and ((dienst := installatie.diensten.bij_url(url)) is None or dienst.naam != api)
    ]
    if fouten:
        raise Ongeldig(*fouten)


def _zet_klaar(installatie: Installatie, verbinding: Connection, publicatie: PublicatieIn) -> Mapping[str, Any]:
    naar_opslag = installatie.diensten.naar_opslag
    rij = publicatie.model_dump(exclude={"uuid"}) | {
        "id": publicatie.uuid, "zaak": naar_opslag(publicatie.zaak),
        "besluit": naar_opslag(publicatie.besluit) if publicatie.besluit else None,
        "bijlagen": [naar_opslag(url) for url in publicatie.bijlagen], "staat": "concept", "nagekeken": False,
        "aangemaakt": installatie.klok.nu(), "kenmerk": "", "nummer": "", "adres": "", "reden": "",
    }  # fmt: skip
    verbinding.execute(insert(Publicatie).values(rij).on_conflict_do_nothing())
    vraag = select(*Publicatie.__table__.columns).where(Publicatie.id == publicatie.uuid)
    return dict(verbinding.execute(vraag).mappings().one())


def weergave(installatie: Installatie, rij: Mapping[str, Any]) -> dict[str, Any]:
    """De rij zoals de API haar geeft."""
    naar_url = installatie.diensten.naar_url
    anders = {"id", "zaak", "besluit", "bijlagen", "termijn_naam", "laatste_dag"}
    return {
        "uuid": rij["id"],
        "zaak": naar_url(rij["zaak"]),
        "besluit": naar_url(rij["besluit"]) if rij["besluit"] else None,
        "bijlagen": [naar_url(deel) for deel in rij["bijlagen"]],
        "termijnNaam": rij["termijn_naam"],
        "laatsteDag": rij["laatste_dag"],
        **{naam: waarde for naam, waarde in rij.items() if naam not in anders},
    }
