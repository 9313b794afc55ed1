"""Meer resources van één registratie in één transactie: alles of niets, en met een Idempotency-Key precies één keer.

    bundel = Bundel(omgeving)
    if (eerder := bundel.eerder()) is not None: return eerder.response()
    contact = bundel.erbij("klantcontact", "klantcontact", {...})            # geeft het uuid dat het krijgt
    bundel.erbij("betrokkene", "betrokkene", {..., "hadKlantcontact": {"uuid": contact}})
    return bundel.leg_vast(lambda gemaakt: {"klantcontact": gemaakt["klantcontact"]}).response()

Regels, rechten en notificaties zijn die van de resources zelf.
"""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from kern.fouten import Ongeldig, ParamFout
from kit.antwoord import Antwoord
from kit.idempotentie import Idempotentie
from kit.impasse import opnieuw_bij_impasse
from kit.lezen import Lezer
from kit.omgeving import Omgeving
from kit.schrijven import Schrijver, strijdig
from kit.wijziging import Wijziging

Gemaakt = Mapping[str, dict[str, Any]]


class Bundel:
    """Wat in één verzoek samen wordt aangemaakt, op volgorde van `erbij`."""

    def __init__(self, omgeving: Omgeving) -> None:
        self._omgeving = omgeving
        self._lezers = {bron.enkelvoud: Lezer(omgeving, bron) for bron in omgeving.registratie.bronnen}
        self._idempotentie = Idempotentie(omgeving.installatie, omgeving.toegang.aanroeper.client_id)
        self._stappen: list[tuple[str, str, Schrijver, Wijziging[Any]]] = []
        self._straks: set[UUID] = set()
        self._fouten: list[ParamFout] = []

    def eerder(self) -> Antwoord | None:
        """Het antwoord van toen, als dit verzoek al eens gelukt is."""
        return self._idempotentie.eerder()

    def erbij(self, enkelvoud: str, plek: str, invoer: Any) -> UUID:
        """Nog een resource; `plek` is waar zij in het lichaam staat (voor foutmeldingen en het antwoord)."""
        schrijver = Schrijver(self._omgeving, self._omgeving.registratie.bron(enkelvoud), self._lezers)
        try:
            w = schrijver.voorbereid(invoer, self._straks)
        except Ongeldig as fout:
            self._fouten += [ParamFout(f"{plek}.{deel.naam}", deel.code, deel.reden) for deel in fout.fouten]
            id_ = uuid4()  # zo klaagt wat hiernaar verwijst niet ook nog
        else:
            self._stappen.append((plek, enkelvoud, schrijver, w))
            id_ = w.id
        self._straks.add(id_)
        return id_

    def leg_vast(self, vorm: Callable[[Gemaakt], Any]) -> Antwoord:
        """Schrijf alles in één transactie; `vorm` maakt van de weergaven per plek het lichaam van de 201."""
        if self._fouten:
            raise Ongeldig(*self._fouten)
        return opnieuw_bij_impasse(lambda: self._leg_vast(vorm))

    def _leg_vast(self, vorm: Callable[[Gemaakt], Any]) -> Antwoord:
        try:
            with self._omgeving.installatie.db.schrijven() as verbinding:
                eerder = self._idempotentie.begin(verbinding)
                if eerder is not None:
                    return eerder
                for _, _, schrijver, w in self._stappen:
                    schrijver.schrijf_in(verbinding, w)
                antwoord = Antwoord.json(vorm(self._gemaakt(verbinding)), 201)
                self._idempotentie.bewaar(verbinding, antwoord)
                return antwoord
        except IntegrityError as fout:
            raise strijdig(fout) from None

    def _gemaakt(self, verbinding: Connection) -> dict[str, dict[str, Any]]:
        """De weergaven nu alles er staat: elke resource kent de andere."""
        uit = {}
        for plek, enkelvoud, _, w in self._stappen:
            lezer = self._lezers[enkelvoud]
            rij = lezer.een(verbinding, w.id)
            if rij is not None:
                uit[plek] = lezer.geef_weer(rij)
        return uit
