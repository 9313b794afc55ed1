"""De routes van de bulkimport, op de paden van Open Zaak: maken, CSV sturen, stand, verslag en verwijderen.

Alleen een applicatie met alle autorisaties mag dit: een import gaat over types en vertrouwelijkheid heen.
"""

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from flask import Blueprint, Response, request
from sqlalchemy import Connection, delete, insert, select, update

from kern.fouten import Ongeldig, ParamFout, Probleem
from kern.outbox import plaats
from kit import Omgeving
from kit.antwoord import Antwoord
from kit.app import machine_toegang
from registraties.documenten.bestanden import nieuw_bestand, ruim_later_op
from registraties.documenten.importeren import (
    ACTIEF,
    IMPORTEREN,
    KLAAR_MET,
    KOPPEN,
    MISLUKT,
    importmap,
    kop_van,
)
from registraties.documenten.modellen import Documentimport, Importregel

WACHT = "pending"
GROOTSTE_CSV = 50 << 20
WEERGAVE = {WACHT: "In de wachtrij", ACTIEF: "Bezig", KLAAR_MET: "Voltooid", MISLUKT: "Fout"}
TABEL = Documentimport
VERSLAGBROK = 500


def import_routes() -> Callable[[Blueprint, Omgeving], None]:
    """De vijf routes onder `/import`."""

    def voeg_toe(blauwdruk: Blueprint, omgeving: Omgeving) -> None:
        routes = _Routes(omgeving)
        bewaakt = machine_toegang(omgeving)
        for pad, naam, methode, functie in (
            ("/import/create", "import_create", "POST", routes.maak),
            ("/import/<uuid:id_>/upload", "import_upload", "POST", routes.ontvang),
            ("/import/<uuid:id_>/status", "import_status", "GET", routes.status),
            ("/import/<uuid:id_>/report", "import_report", "GET", routes.verslag),
            ("/import/<uuid:id_>/delete", "import_delete", "DELETE", routes.verwijder),
        ):
            blauwdruk.add_url_rule(pad, naam, bewaakt(partial(functie)), methods=[methode])

    return voeg_toe


class _Routes:
    def __init__(self, omgeving: Omgeving) -> None:
        self._omgeving = omgeving
        self._installatie = omgeving.installatie

    def maak(self) -> Response:
        """201 met de adressen van de volgende stappen; er is hoogstens één import tegelijk."""
        self._eis_recht()
        aanroeper = self._omgeving.toegang.aanroeper
        id_ = uuid4()
        with self._installatie.db.schrijven() as verbinding:
            self._eis_geen_andere(verbinding, id_)
            rij = {
                "id": id_,
                "status": WACHT,
                "applicatie_id": aanroeper.client_id,
                "gebruikers_id": aanroeper.gebruiker,
            }
            verbinding.execute(insert(TABEL).values(rij))
        basis = f"{self._omgeving.basis}/import/{id_}"
        adressen = {"uploadUrl": f"{basis}/upload", "statusUrl": f"{basis}/status", "reportUrl": f"{basis}/report"}
        return Antwoord.json(adressen, 201).response()

    def ontvang(self, id_: UUID) -> Response:
        """200 als de CSV goed is; daarna gaat de outbox aan het werk."""
        self._eis_recht()
        request.max_content_length = GROOTSTE_CSV
        rij = self._een(id_)
        if rij["status"] != WACHT:
            raise _fout("invalid-status", f"Deze import is al {WEERGAVE[rij['status']].lower()}.")
        if request.mimetype != "text/csv":
            raise Probleem(415)
        inhoud = request.get_data()
        koppen, positie, aantal = self._toets(inhoud)
        bestand = nieuw_bestand(self._installatie, [inhoud])
        with self._installatie.db.schrijven() as verbinding:
            self._eis_geen_andere(verbinding, id_)
            waarden = {
                "status": ACTIEF,
                "bestand": bestand.sleutel,
                "koppen": koppen,
                "positie": positie,
                "totaal": aantal,
            }
            weg = update(TABEL).where(TABEL.id == id_, TABEL.status == WACHT).values(waarden)
            if verbinding.execute(weg).rowcount != 1:
                raise _fout("invalid-status", "Deze import is al begonnen.")
            bestand.hoort_erbij(verbinding)
            plaats(self._installatie, verbinding, IMPORTEREN, {"import": str(id_)})
        return Response(status=200)

    def _toets(self, inhoud: bytes) -> tuple[list[str], int, int]:
        if not inhoud.strip():
            raise _fout("empty-file", "De CSV is leeg.")
        if not importmap(self._installatie).is_dir():
            raise _fout("import-dir-not-found", "De map met te importeren bestanden (IMPORT_MAP) is er niet.")
        try:
            koppen, positie, aantal = kop_van(inhoud)
        except ValueError:
            raise Probleem(400, code="parse_error", detail="Dit is geen CSV in UTF-8.") from None
        gemist = [kop for kop in KOPPEN if kop not in koppen]
        if gemist:
            raise _fout("missing-import-headers", f"Deze koppen ontbreken: {', '.join(gemist)}.")
        return koppen, positie, aantal

    def status(self, id_: UUID) -> Response:
        self._eis_recht()
        rij = self._een(id_)
        return Antwoord.json(
            {
                "total": rij["totaal"],
                "processed": rij["verwerkt"],
                "processedSuccessfully": rij["gelukt"],
                "processedInvalid": rij["mislukt"],
                "status": WEERGAVE[rij["status"]],
            }
        ).response()

    def verslag(self, id_: UUID) -> Response:
        """De CSV met twee kolommen erbij: een opmerking en het resultaat; stromend."""
        self._eis_recht()
        rij = self._een(id_)
        if rij["status"] not in (KLAAR_MET, MISLUKT):
            raise Probleem(404)
        koppen = {"Content-Disposition": f'attachment; filename="import-{id_}.csv"'}
        return Response(self._regels(id_), headers=koppen, content_type="text/csv; charset=utf-8")

    def _regels(self, id_: UUID) -> Iterator[bytes]:
        yield _csv([[*KOPPEN, "opmerking", "resultaat"]])
        vanaf = 0
        while True:
            vraag = select(Importregel.nr, Importregel.regel).where(
                Importregel.import_id == id_, Importregel.nr > vanaf
            )
            with self._installatie.db.lezen() as verbinding:
                rijen = verbinding.execute(vraag.order_by(Importregel.nr).limit(VERSLAGBROK)).all()
            if not rijen:
                return
            yield _csv([rij.regel for rij in rijen])
            vanaf = rijen[-1].nr

    def verwijder(self, id_: UUID) -> Response:
        """204; niet zolang de import bezig is. De geïmporteerde documenten blijven."""
        self._eis_recht()
        rij = self._een(id_)
        if rij["status"] == ACTIEF:
            raise _fout("import-invalid-status", "Een import die bezig is kan niet weg.")
        with self._installatie.db.schrijven() as verbinding:
            verbinding.execute(delete(TABEL).where(TABEL.id == id_))
            if rij["bestand"]:
                ruim_later_op(self._installatie, verbinding, rij["bestand"])
        return Response(status=204)

    def _eis_recht(self) -> None:
        if not self._omgeving.toegang.alles:
            raise Probleem(403)

    def _een(self, id_: UUID) -> Mapping[str, Any]:
        with self._installatie.db.lezen() as verbinding:
            rij = verbinding.execute(select(*TABEL.__table__.columns).where(TABEL.id == id_)).mappings().first()
        if rij is None:
            raise Probleem(404)
        return dict(rij)

    def _eis_geen_andere(self, verbinding: Connection, id_: UUID) -> None:
        """Er loopt geen andere import; gelijktijdige verzoeken wachten op elkaar."""
        verbinding.exec_driver_sql("LOCK TABLE documenten.documentimport IN SHARE ROW EXCLUSIVE MODE")
        bezig = select(TABEL.id).where(TABEL.id != id_, TABEL.status.in_((WACHT, ACTIEF)))
        if verbinding.execute(bezig.limit(1)).first():
            raise _fout("existing-import-started", "Er is al een import gaande.")


def _fout(code: str, reden: str) -> Ongeldig:
    return Ongeldig(ParamFout("nonFieldErrors", code, reden))


def _csv(rijen: list[list[str]]) -> bytes:
    uit = io.StringIO()
    csv.writer(uit).writerows([[_veilig(cel) for cel in rij] for rij in rijen])
    return uit.getvalue().encode()


def _veilig(cel: str) -> str:
    """Een cel die een rekenblad als formule zou lezen, krijgt een apostrof."""
    return f"'{cel}" if cel[:1] in ("=", "+", "@", "\t") else cel
