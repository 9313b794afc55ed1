"""Meer resources van één registratie in één transactie: alles of niets, en met een Idempotency-Key precies één keer.

    bundel = Bundel(omgeving)
    if (eerder := bundel.eerder()) is not None: return eerder.response()
    contact = bundel.erbij("klantcontact", "klantcontact", {...})            # geeft het uuid dat het krijgt
    bundel.erbij("betrokkene", "betrokkene", {..., "hadKlantcontact": {"uuid": contact}})
    return bundel.leg_vast(lambda gemaakt: {"klantcontact": gemaakt["klantcontact"]}).response()

Met `wijzigt` hoort ook een wijziging van een bestaande resource erbij; omring het geheel dan met `kit.herhalen.herhaal`.
Regels, rechten en notificaties zijn die van de resources zelf.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar
from uuid import UUID, uuid4

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from kern.fouten import Ongeldig, ParamFout
from kit.antwoord import Antwoord
from kit.herhalen import opnieuw_bij_impasse
from kit.idempotentie import Idempotentie
from kit.lezen import Lezer
from kit.omgeving import Omgeving
from kit.schrijven import Schrijver, strijdig
from kit.wijziging import Wijziging, rijsleutel

Gemaakt = Mapping[str, dict[str, Any]]
T = TypeVar("T")


class Bundel:
    """Wat in één verzoek samen wordt aangemaakt en gewijzigd, op volgorde van `erbij` en `wijzigt`.

    Regels van een latere resource zien de eerdere al zoals zij worden. `geheugen`: wat zij verder nog moeten weten.
    """

    def __init__(self, omgeving: Omgeving) -> None:
        self._omgeving = omgeving
        bronnen = omgeving.registratie.bronnen
        self._lezers = omgeving.onthoud("lezers", lambda: {bron.enkelvoud: Lezer(omgeving, bron) for bron in bronnen})
        self._idempotentie = Idempotentie(omgeving.installatie, omgeving.toegang.aanroeper.client_id)
        self._stappen: list[tuple[str, str, Schrijver, Wijziging[Any]]] = []
        self._straks: set[UUID] = set()
        self._fouten: list[ParamFout] = []
        self.geheugen: dict[str, Any] = {}

    def eerder(self) -> Antwoord | None:
        """Het antwoord van toen, als dit verzoek al eens gelukt is."""
        return self._idempotentie.eerder()

    def erbij(self, enkelvoud: str, plek: str, invoer: Any) -> UUID:
        """Nog een resource; `plek` is waar zij in het lichaam staat (voor foutmeldingen en het antwoord)."""
        schrijver = self._schrijver(enkelvoud)
        w = self._stap(enkelvoud, plek, schrijver, lambda: schrijver.voorbereid(invoer, self._straks, self.geheugen))
        id_ = w.id if w else uuid4()  # zo klaagt wat hiernaar verwijst niet ook nog
        self._straks.add(id_)
        return id_

    def wijzigt(self, enkelvoud: str, plek: str, id_: UUID, invoer: Any) -> None:
        """Een bestaande resource die ook wijzigt, zoals met PATCH."""
        schrijver = self._schrijver(enkelvoud)
        self._stap(enkelvoud, plek, schrijver, lambda: schrijver.voorbereid_wijziging(id_, invoer))

    def toets(self, enkelvoud: str, plek: str, invoer: Any) -> None:
        """Toets een resource die hierna apart gemaakt wordt, zodat haar fouten bij de andere staan."""
        try:
            self._schrijver(enkelvoud).voorbereid(invoer, self._straks, self.geheugen)
        except Ongeldig as fout:
            self._fouten += _op_plek(plek, fout)

    def _schrijver(self, enkelvoud: str) -> Schrijver:
        bron = self._omgeving.registratie.bron(enkelvoud)
        return self._omgeving.onthoud(f"schrijver {enkelvoud}", lambda: Schrijver(self._omgeving, bron, self._lezers))

    def _stap(
        self, enkelvoud: str, plek: str, schrijver: Schrijver, voorbereid: Callable[[], Wijziging[Any]]
    ) -> Wijziging[Any] | None:
        try:
            w = voorbereid()
        except Ongeldig as fout:
            self._fouten += _op_plek(plek, fout)
            return None
        self._stappen.append((plek, enkelvoud, schrijver, w))
        self._onthoud(w)
        return w

    def _onthoud(self, w: Wijziging[Any]) -> None:
        """Wat opgehaald is, en de rij zoals zij wordt, voor de regels van wat volgt."""
        self.geheugen |= {
            naam: deel for naam, deel in w.geheugen.items() if naam.startswith(("http", "rij ", "geduld", "zwijgt"))
        }
        model: Any = w.bron.model
        leeg = dict.fromkeys(kolom.key for kolom in model.__table__.columns)
        self.geheugen[rijsleutel(model, w.id)] = {**leeg, **(w.oud or {}), **w.waarden, "id": w.id}

    def leg_vast(self, vorm: Callable[[Gemaakt], Any], status: int = 201) -> Antwoord:
        """Schrijf alles in één transactie; `vorm` maakt van de weergaven per plek het lichaam van het antwoord."""

        def alles(verbinding: Connection) -> Antwoord:
            eerder = self._idempotentie.begin(verbinding)
            if eerder is not None:
                return eerder
            self._schrijf(verbinding)
            antwoord = Antwoord.json(vorm(self._gemaakt(verbinding)), status)
            self._idempotentie.bewaar(verbinding, antwoord)
            return antwoord

        return self._in_transactie(alles)

    def zet_klaar(self, ook: Callable[[Connection], None]) -> None:
        """Schrijf alles, terwijl er na de transactie nog iets moet gebeuren; `ook` legt vast wie dat anders terugdraait."""

        def alles(verbinding: Connection) -> None:
            self._schrijf(verbinding)
            ook(verbinding)

        self._in_transactie(alles)

    def rond_af(self, ook: Callable[[Connection], None], vorm: Callable[[Gemaakt], Any], status: int = 201) -> Antwoord:
        """Na `zet_klaar`: nu is het verzoek gelukt. Was hetzelfde verzoek intussen al gelukt, dan is dat het antwoord."""

        def alles(verbinding: Connection) -> Antwoord:
            eerder = self._idempotentie.begin(verbinding)
            if eerder is not None:
                return eerder
            ook(verbinding)
            antwoord = Antwoord.json(vorm(self._gemaakt(verbinding)), status)
            self._idempotentie.bewaar(verbinding, antwoord)
            return antwoord

        return self._in_transactie(alles)

    def _in_transactie(self, doe: Callable[[Connection], T]) -> T:
        if self._fouten:
            raise Ongeldig(*self._fouten)

        def transactie() -> T:
            try:
                with self._omgeving.installatie.db.schrijven() as verbinding:
                    return doe(verbinding)
            except IntegrityError as fout:
                raise strijdig(fout) from None

        return opnieuw_bij_impasse(transactie)

    def _schrijf(self, verbinding: Connection) -> None:
        for plek, _, schrijver, w in self._stappen:
            try:
                schrijver.schrijf_in(verbinding, w)
            except Ongeldig as fout:
                raise Ongeldig(*_op_plek(plek, fout)) from None

    def _gemaakt(self, verbinding: Connection) -> dict[str, dict[str, Any]]:
        """De weergaven nu alles er staat: elke resource kent de andere."""
        uit = {}
        for plek, enkelvoud, _, w in self._stappen:
            lezer = self._lezers[enkelvoud]
            rij = lezer.een(verbinding, w.id)
            if rij is not None:
                uit[plek] = lezer.geef_weer(rij)
        return uit


def _op_plek(plek: str, fout: Ongeldig) -> list[ParamFout]:
    return [ParamFout(f"{plek}.{deel.naam}", deel.code, deel.reden) for deel in fout.fouten]
