"""Aanmaken, bijwerken en verwijderen: valideren, andere API's vragen, en dan één schrijftransactie.

De vorm van elk verzoek: kort lezen → regels (ook over de lijn) → één transactie die het hoofdobject vergrendelt, de versie
hercontroleert en resource, audittrail, notificatie en Idempotency-Key samen vastlegt. Aanroepen en transacties nesten nooit.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from http import HTTPStatus
from itertools import chain
from typing import Any
from uuid import UUID, uuid4

import orjson
from flask import request
from sqlalchemy import Connection, delete
from sqlalchemy.exc import IntegrityError

from integratie.basis import Schema
from kern.fouten import Ongeldig, ParamFout, Probleem
from kern.opdrachten import bijwerken, eerste, invoegen, vergrendelde_rij_van, voer_uit
from kit.antwoord import Antwoord, naar_json
from kit.bron import Actie, Bron, Regel
from kit.herhalen import Ingehaald, herhaal, opnieuw_bij_impasse
from kit.idempotentie import Idempotentie
from kit.kolommen import Kolommen
from kit.lezen import Lezer, Rij, kolommen, tabel_achter
from kit.omgeving import Omgeving
from kit.schema import Soort, Vorm, kolomsoort, valideer, verwijsvorm
from kit.sporen import Sporen
from kit.toegang import Toegang, TypeRechten
from kit.wijziging import Wijziging


class Schrijver:
    """De schrijfacties op één bron."""

    def __init__(self, omgeving: Omgeving, bron: Bron, lezers: Mapping[str, Lezer]) -> None:
        self._omgeving = omgeving
        self._bron = bron
        self._lezer = lezers[bron.enkelvoud]
        self._hoofdlezer = _hoofdlezer(omgeving, bron, lezers)
        self._kolommen = Kolommen(omgeving, bron)
        self._sporen = Sporen(omgeving, bron, self._hoofdlezer.bron)

    def maak(self, invoer: Any, ouders: Mapping[str, UUID]) -> Antwoord:
        """POST: 201 met de nieuwe resource."""
        toegang = self._eis("maak")
        eerder = self._idempotentie(toegang).eerder()
        if eerder is not None:
            return eerder
        w = self._voorstel(
            "create", self._gekozen_id(invoer) or uuid4(), self._met_ouders(invoer, ouders), ouders, None
        )
        self._eis_ouders(w, ouders)
        self._toets_verwijzingen(w)
        self._eis_hoofdrecht(w, toegang)
        self._toets(w, self._bron.regels)
        return self._met_vooraf(w, lambda: self._schrijf_nieuw(w, toegang))

    def _schrijf_nieuw(self, w: Wijziging[Any], toegang: Toegang) -> Antwoord:
        return self._schrijf(w, toegang, "maak", 201, self._voeg_in)

    def voorbereid(
        self, invoer: Any, straks: Collection[UUID], geheugen: Mapping[str, Any] | None = None
    ) -> Wijziging[Any]:
        """Een nieuwe resource, getoetst maar nog niet geschreven.

        `straks` zijn id's die in dezelfde transactie ontstaan; hun rijen, en wat al opgehaald is, staan in `geheugen`.
        """
        self._eis("maak")
        w = self._voorstel("create", uuid4(), invoer, {}, None)
        w.geheugen |= geheugen or {}
        self._toets_verwijzingen(w, straks)
        self._toets(w, self._bron.regels)
        return w

    def voorbereid_wijziging(self, id_: UUID, invoer: Any) -> Wijziging[Any]:
        """Een wijziging (PATCH) van een bestaande resource, getoetst maar nog niet geschreven."""
        toegang = self._eis("wijzig")
        oud = self._bestaand(toegang, "wijzig", id_, {})
        w = self._voorstel("partial_update", id_, self._samengevoegd(oud, invoer), {}, oud, invoer)
        self._toets_verwijzingen(w)
        self._toets(w, self._bron.regels)
        return w

    def schrijf_in(self, verbinding: Connection, w: Wijziging[Any]) -> None:
        """Schrijf wat voorbereid is, in een transactie met meer resources; `Ingehaald` als de rij intussen wijzigde."""
        w.transactie = verbinding
        self._vergrendel(w)
        self._toets(w, self._bron.binnen)
        if w.aanmaken:
            self._voer_uit(w, self._omgeving.toegang, "maak", 201, self._voeg_in)
        else:
            self._voer_uit(w, self._omgeving.toegang, "wijzig", 200, self._werk_bij)

    def wijzig(self, id_: UUID, invoer: Any, ouders: Mapping[str, UUID], *, volledig: bool) -> Antwoord:
        """PUT (`volledig`) of PATCH: 200 met de gewijzigde resource."""
        toegang = self._eis("vervang" if volledig else "wijzig")
        return self._herhaal(lambda: self._wijzig(toegang, id_, invoer, ouders, volledig=volledig))

    def _wijzig(
        self, toegang: Toegang, id_: UUID, invoer: Any, ouders: Mapping[str, UUID], *, volledig: bool
    ) -> Antwoord:
        operatie = "vervang" if volledig else "wijzig"
        oud = self._bestaand(toegang, operatie, id_, ouders)
        heel = self._vervangen(oud, invoer, ouders) if volledig else self._samengevoegd(oud, invoer)
        w = self._voorstel("update" if volledig else "partial_update", id_, heel, ouders, oud, invoer)
        self._toets_verwijzingen(w)
        self._toets(w, self._bron.regels)
        return self._met_vooraf(w, lambda: self._schrijf(w, toegang, operatie, 200, self._werk_bij))

    def verwijder(self, id_: UUID, ouders: Mapping[str, UUID]) -> Antwoord:
        """DELETE: 204."""
        toegang = self._eis("verwijder")
        return self._herhaal(lambda: self._verwijder(toegang, id_, ouders))

    def _verwijder(self, toegang: Toegang, id_: UUID, ouders: Mapping[str, UUID]) -> Antwoord:
        oud = self._bestaand(toegang, "verwijder", id_, ouders)
        w: Wijziging[Any] = Wijziging(self._omgeving, self._bron, "destroy", id_, None, kolommen(oud))
        self._toets(w, self._bron.voor_verwijderen)
        return self._schrijf_weg(w, toegang)

    def _schrijf_weg(self, w: Wijziging[Any], toegang: Toegang) -> Antwoord:
        return self._schrijf(w, toegang, "verwijder", 204, self._haal_weg)

    def voer_uit(self, id_: UUID, actie: Actie, ouders: Mapping[str, UUID], status: int = 200) -> Antwoord:
        """Een actie met een eigen naam: 200 met de resource zoals zij dan is (of `w.antwoord`), of 204."""
        toegang = self._eis(actie.naam)

        def poging() -> Antwoord:
            oud = kolommen(self._bestaand(toegang, actie.naam, id_, ouders))
            w: Wijziging[Any] = Wijziging(self._omgeving, self._bron, actie.actie, id_, None, oud)
            self._toets(w, actie.regels)
            return self._schrijf(w, toegang, actie.naam, status, self._werk_bij, actie.binnen)

        return self._herhaal(poging)

    # voorbereiden

    def eis(self, operatie: str) -> None:
        """403 als de aanroeper deze operatie helemaal niet mag."""
        self._eis(operatie)

    def _eis(self, operatie: str) -> Toegang:
        toegang = self._omgeving.toegang
        self._bron.rechten.eis(toegang, operatie, self._bron.scopes.get(operatie, ()))
        return toegang

    def _idempotentie(self, toegang: Toegang) -> Idempotentie:
        return Idempotentie(self._omgeving.installatie, toegang.aanroeper.client_id)

    def _bestaand(self, toegang: Toegang, operatie: str, id_: UUID, ouders: Mapping[str, UUID]) -> Rij:
        with self._omgeving.installatie.db.lezen() as verbinding:
            rij = self._lezer.een(verbinding, id_)
            if rij is None or any(rij[f"k_{naam}"] != waarde for naam, waarde in ouders.items()):
                raise Probleem(404)
            if not self._lezer.mag(verbinding, toegang, operatie, id_, rij):
                raise Probleem(403)
        return rij

    def _gekozen_id(self, invoer: Any) -> UUID | None:
        """Het uuid dat de aanroeper zelf koos, waar de standaard dat toestaat (Objecten, Objecttypen)."""
        if "uuid" not in self._bron.schrijf.model_fields or not isinstance(invoer, dict):
            return None
        try:
            return UUID(str(invoer["uuid"])) if invoer.get("uuid") else None
        except ValueError:
            return None

    def _met_ouders(self, invoer: Any, ouders: Mapping[str, UUID]) -> Any:
        if not isinstance(invoer, dict):
            return invoer
        velden = self._bron.schrijf.model_fields
        uit_pad = {
            velden[naam].alias
            or naam: f"{self._omgeving.basis}/{self._omgeving.pad_naar(_doel(self._bron, naam), id_)}"
            for naam, id_ in ouders.items()
            if naam in velden
        }
        return uit_pad | invoer

    def _vervangen(self, oud: Rij, invoer: Any, ouders: Mapping[str, UUID]) -> Any:
        """PUT: alles opnieuw, of (`put_behoudt`) alleen wat verplicht is en wat is meegestuurd."""
        heel = self._met_ouders(invoer, ouders)
        if not self._omgeving.registratie.put_behoudt or not isinstance(heel, dict):
            return heel
        verplicht = {veld.alias or naam for naam, veld in self._bron.schrijf.model_fields.items() if veld.is_required()}
        behouden = self._samengevoegd(oud, {})
        return {naam: waarde for naam, waarde in behouden.items() if naam not in verplicht} | heel

    def _samengevoegd(self, oud: Rij, invoer: Any) -> Any:
        if not isinstance(invoer, dict):
            return invoer
        nu = self._verborgen(oud) | self._lezer.geef_weer(oud)
        namen = {veld.alias or naam for naam, veld in self._bron.schrijf.model_fields.items()}
        namen -= set(self._bron.alleen_schrijven)
        return {naam: waarde for naam, waarde in nu.items() if naam in namen} | invoer

    def _verborgen(self, oud: Rij) -> dict[str, Any]:
        """Schrijfvelden die een eigen kolom hebben maar niet te lezen zijn: ook die houden bij PATCH hun waarde."""
        gelezen = self._bron.lees.model_fields
        velden = self._bron.schrijf.model_fields.items()
        return {
            veld.alias or naam: oud[f"k_{naam}"]
            for naam, veld in velden
            if naam not in gelezen
            and f"k_{naam}" in oud
            and kolomsoort(getattr(self._bron.model, naam)) is not Soort.URL
        }

    def _voorstel(
        self,
        actie: str,
        id_: UUID,
        heel: Any,
        ouders: Mapping[str, UUID],
        oud: Rij | None,
        gestuurd: Any = None,
    ) -> Wijziging[Any]:
        schema = self._bron.invoer(actie)
        uitkomst = valideer(schema, heel)
        if isinstance(uitkomst, list):
            raise Ongeldig(*uitkomst)
        waarden, fouten = self._kolommen.waarden(uitkomst)
        fouten += [
            ParamFout(naam, "invalid", "Dit is een andere dan in het pad.")
            for naam, id_ in ouders.items()
            if waarden.get(naam, id_) != id_
        ]
        if fouten:
            raise Ongeldig(*fouten)
        waarden |= ouders
        gestuurd = gestuurd if isinstance(gestuurd, dict) else heel
        namen = frozenset(naam for naam, veld in schema.model_fields.items() if (veld.alias or naam) in gestuurd)
        return Wijziging(
            self._omgeving, self._bron, actie, id_, uitkomst, None if oud is None else kolommen(oud), namen, waarden
        )

    def _eis_ouders(self, w: Wijziging[Any], ouders: Mapping[str, UUID]) -> None:
        """404 als de ouder in het pad er niet is."""
        for naam, id_ in ouders.items():
            if not w.rij(_doel(self._bron, naam), id_):
                raise Probleem(404)

    def _toets_verwijzingen(self, w: Wijziging[Any], straks: Collection[UUID] = ()) -> None:
        """Elke verwijzing binnen de eigen registratie bestaat; de regels hergebruiken wat hier gelezen is."""
        te_toetsen = [
            (naam, alias)
            for naam, alias in self._kolommen.verwijzend
            if w.waarden[naam] and w.waarden[naam] not in straks and (w.aanmaken or w.verandert(naam))
        ]
        if not te_toetsen:
            return
        fouten = [
            onbekend(self._bron.schrijf, naam, alias)
            for naam, alias in te_toetsen
            if not w.rij(_doel(self._bron, naam), w.waarden[naam])
        ]
        if fouten:
            raise Ongeldig(*fouten)

    def _eis_hoofdrecht(self, w: Wijziging[Any], toegang: Toegang) -> None:
        """403 vóór de regels: die zouden anders iets vertellen over een hoofdobject dat de aanroeper niet mag kennen."""
        rechten = self._bron.rechten
        if toegang.alles or not isinstance(rechten, TypeRechten) or rechten.via is None:
            return
        tabel: Any = rechten.type.class_
        hoofd = w.rij(tabel, w.waarden[rechten.via.key])
        if not hoofd or not rechten.mag_rij(toegang, "maak", self._bron.scopes.get("maak", ()), hoofd):
            raise Probleem(403)

    def _toets(self, w: Wijziging[Any], regels: Any) -> None:
        fouten = list(chain.from_iterable(regel(w) or () for regel in regels))
        if fouten:
            raise Ongeldig(*fouten)

    # de transactie

    def _met_vooraf(self, w: Wijziging[Any], schrijf: Callable[[], Antwoord]) -> Antwoord:
        """Doe eerst `vooraf`; gaat de transactie daarna zeker niet door, draai dat dan terug.

        Bij een storing is dat niet zeker (een commit zonder antwoord): dan blijft het staan en beslist de outbox later.
        """
        for stap in self._bron.vooraf:
            stap(w)
        try:
            antwoord = schrijf()
        except (Probleem, Ingehaald):
            _maak_ongedaan(w)
            raise
        if "Idempotency-Replayed" in antwoord.koppen:
            _maak_ongedaan(w)
        return antwoord

    def _schrijf(
        self,
        w: Wijziging[Any],
        toegang: Toegang,
        operatie: str,
        status: int,
        doe: Callable[[Wijziging[Any]], None],
        binnen: Sequence[Regel] | None = None,
    ) -> Antwoord:
        """`binnen`: de regels in de transactie, als dat niet die van de bron zijn."""
        if binnen is None:
            binnen = self._bron.bij_verwijderen if operatie == "verwijder" else self._bron.binnen
        regels = binnen

        def poging() -> Antwoord:
            return opnieuw_bij_impasse(lambda: self._schrijf_samen(w, toegang, operatie, status, doe, regels))

        try:
            return poging()
        except IntegrityError:  # een ander was net voor: nu zien de regels zijn rij, en noemen zij wat eraan schort
            try:
                return poging()
            except IntegrityError as fout:
                raise strijdig(fout) from None

    def _schrijf_samen(
        self,
        w: Wijziging[Any],
        toegang: Toegang,
        operatie: str,
        status: int,
        doe: Callable[[Wijziging[Any]], None],
        binnen: Sequence[Regel],
    ) -> Antwoord:
        """De transactie: gegevens, sporen en Idempotency-Key samen."""
        idempotentie = self._idempotentie(toegang)
        try:
            with self._omgeving.installatie.db.schrijven() as verbinding:
                w.transactie = verbinding
                eerder = idempotentie.begin(verbinding)
                if eerder is not None:
                    return eerder
                self._vergrendel(w)
                self._toets(w, binnen)
                antwoord = self._voer_uit(w, toegang, operatie, status, doe)
                idempotentie.bewaar(verbinding, antwoord)
                return antwoord
        finally:
            w.transactie = None

    def _voer_uit(
        self, w: Wijziging[Any], toegang: Toegang, operatie: str, status: int, doe: Callable[[Wijziging[Any]], None]
    ) -> Antwoord:
        w.samen = []
        doe(w)
        nieuw = None if operatie == "verwijder" else self._gewijzigd(w, toegang, operatie)
        self._sporen.leg_vast(w, toegang, w.geheugen.get("oud_weergave"), nieuw, status, w.geheugen["hoofd"])
        plaats = self._lezer.url(w.geheugen["rij"]) if status == HTTPStatus.CREATED and self._lezer.toont_url else None
        inhoud = w.antwoord or (orjson.loads(nieuw) | w.antwoordvelden if nieuw and w.antwoordvelden else None)
        lichaam = naar_json(inhoud) if inhoud else nieuw or b""
        leeg = status == HTTPStatus.NO_CONTENT
        return Antwoord(
            status, b"" if leeg else lichaam, {**w.antwoordkoppen, **({"Location": plaats} if plaats else {})}
        )

    def _vergrendel(self, w: Wijziging[Any]) -> None:
        """Vergrendel eerst het hoofdobject, dan de rij zelf; wie te laat is begint opnieuw."""
        hoofd_id = w.waarden.get(self._bron.hoofd) or (w.oud or {}).get(self._bron.hoofd) if self._bron.hoofd else w.id
        bestaat = hoofd_id and not (w.aanmaken and not self._bron.hoofd)
        # Alleen de kolommen: anders dan afgeleide velden leest PostgreSQL die na het wachten op een slot opnieuw.
        vraag = vergrendelde_rij_van(self._hoofdlezer.bron.model)
        w.geheugen["hoofd"] = eerste(w.verbinding, vraag, {"gezocht": hoofd_id}) if bestaat else None
        if bestaat and w.geheugen["hoofd"] is None:
            raise self._hoofd_is_weg(w)
        if w.oud is not None:
            rij = self._lezer.een(w.verbinding, w.id, slot=True)
            if rij is None:
                raise Probleem(404)
            if rij["k_revisie"] != w.oud["revisie"]:
                raise Ingehaald
            w.geheugen["oud_weergave"] = self._lezer.geef_weer(rij)

    def _hoofd_is_weg(self, w: Wijziging[Any]) -> Probleem:
        """Intussen verwijderd: hetzelfde antwoord als wanneer het er nooit was."""
        hoofd, schema = self._bron.hoofd, self._bron.schrijf
        veld = schema.model_fields.get(hoofd) if w.aanmaken else None
        return Ongeldig(onbekend(schema, hoofd, veld.alias or hoofd)) if veld else Probleem(404)

    def _voeg_in(self, w: Wijziging[Any]) -> None:
        waarden = {"id": w.id, **w.waarden, **self._bron.vast}
        if self._lezer.json and self._bron.nieuw_is_los(w):
            w.geheugen["ingevoegd"] = self._lezer.voeg_in(w.verbinding, waarden)
        else:
            voer_uit(w.verbinding, invoegen(self._bron.model), waarden)
        self._gevolgen(w)

    def _werk_bij(self, w: Wijziging[Any]) -> None:
        voer_uit(w.verbinding, bijwerken(self._bron.model), {"gezocht": w.id, **w.waarden})
        self._gevolgen(w)

    def _haal_weg(self, w: Wijziging[Any]) -> None:
        model: Any = self._bron.model
        w.verbinding.execute(delete(model).where(model.id == w.id))
        self._gevolgen(w)

    def _gevolgen(self, w: Wijziging[Any]) -> None:
        for gevolg in self._bron.gevolgen:
            gevolg(w)

    def _gewijzigd(self, w: Wijziging[Any], toegang: Toegang, operatie: str) -> bytes:
        """De nieuwe stand als JSON, nadat getoetst is dat de aanroeper die zo mag hebben (type en va na afleiding)."""
        vorm = self._lezer.json
        rij = w.geheugen.pop("ingevoegd", None)
        if rij is None:
            rij = self._lezer.een_json(w.verbinding, w.id) if vorm else self._lezer.een(w.verbinding, w.id)
        if rij is None:
            raise Probleem(404)
        if not self._lezer.mag(w.verbinding, toegang, operatie, w.id, rij, w.geheugen["hoofd"]):
            raise Probleem(403)
        if w.geheugen["hoofd"] is None:
            w.geheugen["hoofd"] = kolommen(rij)
        w.geheugen["rij"] = rij
        return naar_json(vorm.weergave(tuple(rij.values())) if vorm else self._lezer.geef_weer(rij))

    def _herhaal(self, poging: Callable[[], Antwoord]) -> Antwoord:
        eerder = self._idempotentie(self._omgeving.toegang).eerder() if request.headers.get("Idempotency-Key") else None
        if eerder is not None:
            return eerder
        return herhaal(poging)


def onbekend(schema: type[Schema], naam: str, alias: str) -> ParamFout:
    """De fout bij een verwijzing naar iets dat er niet is, zoals deze API die noemt (regels 1.7 en 11.1)."""
    if verwijsvorm(schema, naam) is Vorm.OBJECT:
        return ParamFout(f"{alias}.uuid", "does_not_exist", "Deze resource bestaat niet.")
    code = "does_not_exist" if verwijsvorm(schema, naam) is Vorm.UUID else "no_match"
    return ParamFout(alias, code, "Deze resource bestaat niet.")


def _maak_ongedaan(w: Wijziging[Any]) -> None:
    for stap in w.bij_mislukken:
        stap()


def _hoofdlezer(omgeving: Omgeving, bron: Bron, lezers: Mapping[str, Lezer]) -> Lezer:
    hoofd = omgeving.registratie.bij_model(_doel(bron, bron.hoofd)) if bron.hoofd else bron
    return lezers[hoofd.enkelvoud]


def _doel(bron: Bron, kolom: str) -> Any:
    """De tabelklasse waar een verwijzende kolom naar wijst."""
    attribuut: Any = getattr(bron.model, kolom)
    if kolomsoort(attribuut) is not Soort.EIGEN:
        raise TypeError(f"{bron.enkelvoud}.{kolom} is geen verwijzing binnen de registratie")
    return tabel_achter(attribuut)


def strijdig(fout: IntegrityError) -> Probleem:
    """De database weigerde wat de regels doorlieten, doordat iemand anders net iets schreef."""
    naam = getattr(getattr(fout.orig, "diag", None), "constraint_name", "") or ""
    code, reden = (
        ("unique", "Deze combinatie bestaat al.")
        if naam.startswith(("uq_", "pk_"))
        else ("pending-relations", "Andere gegevens verwijzen hiernaar, of ontbreken.")
    )
    return Ongeldig(ParamFout("nonFieldErrors", code, reden))
