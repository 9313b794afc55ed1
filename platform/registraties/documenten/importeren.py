"""Documenten in bulk importeren (uitbreiding, ook van Open Zaak): een CSV met een regel per document, en bestanden op een map.

De outbox werkt een import in porties af. Elke regel is één transactie: document, versie, audittrail, notificatie, regel in het
verslag en de plaats waar de import gebleven is. Na een val gaat het verder bij de volgende regel; niets gebeurt dubbel. Anders dan
Open Zaak meldt een import zijn documenten wel: wie geabonneerd is, loopt niet achter.
"""

import csv
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from pydantic import ValidationError
from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import IntegrityError

from integratie.basis import ApiFout
from integratie.documenten.schemas import DocumentIn
from integratie.zaken import ZakenClient
from kern.fouten import Ongeldig, ParamFout
from kern.installatie import Installatie
from kern.machines import Aanroeper
from kern.opslag import BROK
from kern.outbox import Verwerker, Werk, plaats, trek_in
from kit import Bron, Omgeving, Wijziging
from kit.kolommen import Kolommen
from kit.lezen import Lezer, kolommen
from kit.marks import AANMAKEN, KLAAR
from kit.schema import fouten_uit
from kit.schrijven import strijdig
from kit.sporen import Sporen
from kit.toegang import Toegang
from registraties.documenten.bestanden import nieuw_bestand
from registraties.documenten.modellen import Document, Documentimport, Importregel
from registraties.documenten.registreren import GEDULD, TERUGDRAAIEN, draai_terug

IMPORTEREN = "documenten.importeren"
PORTIE = 100
ACTIEF, KLAAR_MET, MISLUKT = "active", "finished", "error"
KOPPEN = [
    "uuid",
    "identificatie",
    "bronorganisatie",
    "creatiedatum",
    "titel",
    "vertrouwelijkheidaanduiding",
    "auteur",
    "status",
    "formaat",
    "taal",
    "bestandsnaam",
    "bestandsomvang",
    "bestandspad",
    "link",
    "beschrijving",
    "ontvangstdatum",
    "verzenddatum",
    "indicatieGebruiksrecht",
    "verschijningsvorm",
    "ondertekening.soort",
    "ondertekening.datum",
    "integriteit.algoritme",
    "integriteit.waarde",
    "integriteit.datum",
    "informatieobjecttype",
    "zaakUuid",
    "trefwoorden",
]
LEEG_IS_NIETS = ("bestandsomvang", "ontvangstdatum", "verzenddatum", "indicatieGebruiksrecht")
GELUKT, NIET_GELUKT = "geïmporteerd", "niet geïmporteerd"
Rij = Mapping[str, str]


def importmap(installatie: Installatie) -> Path:
    """De map waarin de te importeren bestanden staan."""
    i = installatie.instellingen
    return Path(i.import_map) if i.import_map else i.data / "import"


class Importeur:
    """Werkt één import af."""

    def __init__(self, omgeving: Omgeving, bron: Bron, import_: Mapping[str, Any]) -> None:
        self._omgeving = omgeving
        self._installatie = omgeving.installatie
        self._bron = bron
        self._import = import_
        self._lezer = Lezer(omgeving, bron)
        self._kolommen = Kolommen(omgeving, bron)
        self._toegang = Toegang(Aanroeper(import_["applicatie_id"], import_["gebruikers_id"]), alles=True)
        self._map = importmap(omgeving.installatie).resolve()

    def werk_af(self, hoogstens: int) -> bool:
        """Doe de volgende regels; False als de import klaar is."""
        regels = _regels(self._installatie, self._import["bestand"], self._import["positie"])
        for gedaan, (rij, positie) in enumerate(regels, 1):
            self._doe(dict(zip(self._import["koppen"], rij, strict=False)), positie)
            if gedaan == hoogstens:
                return True
        return False

    def _doe(self, rij: Rij, positie: int) -> None:
        try:
            w = self._voorstel(rij)
            self._kopieer(rij, w)
            try:
                self._leg_vast(w, rij, positie)
            except IntegrityError as fout:
                raise strijdig(fout) from None
        except Ongeldig as fout:
            uitleg = "; ".join(f"{deel.naam}: {deel.reden}" for deel in fout.fouten)
            with self._installatie.db.schrijven() as verbinding:
                self._noteer(verbinding, rij, positie, uitleg)

    def _voorstel(self, rij: Rij) -> Wijziging[DocumentIn]:
        """De regel als getoetst voorstel; `Ongeldig` met alle fouten."""
        try:
            id_ = UUID(rij["uuid"]) if rij.get("uuid") else uuid4()
            voorstel = DocumentIn.model_validate(invoer_uit(rij))
        except ValidationError as fout:
            raise Ongeldig(*fouten_uit(fout)) from None
        except ValueError:
            raise Ongeldig(ParamFout("uuid", "invalid", "Dit is geen uuid.")) from None
        waarden, fouten = self._kolommen.waarden(voorstel)
        if fouten:
            raise Ongeldig(*fouten)
        w = Wijziging(self._omgeving, self._bron, "create", id_, voorstel, None, frozenset(), waarden)
        _toets(w, self._bron.regels)
        return w

    def _kopieer(self, rij: Rij, w: Wijziging[DocumentIn]) -> None:
        """Zet het bestand in de opslag; het staat onder de importmap en heeft de opgegeven omvang."""
        pad = (self._map / (rij.get("bestandspad") or "")).resolve()
        if not rij.get("bestandspad") or not pad.is_relative_to(self._map) or not pad.is_file():
            raise Ongeldig(ParamFout("bestandspad", "invalid", "Dit bestand staat niet onder de importmap."))
        omvang = pad.stat().st_size
        if w.nieuw.bestandsomvang not in (None, omvang):
            raise Ongeldig(ParamFout("bestandsomvang", "file-size", f"Het bestand is {omvang} bytes."))
        bestand = nieuw_bestand(self._installatie, _brokken(pad))
        w.waarden |= {"bestand": bestand.sleutel, "bestandsomvang": omvang, "lock": ""}
        w.geheugen |= {"inhoud": None, "in_delen": 0, "blijft": False, "bestand": bestand}

    def _leg_vast(self, w: Wijziging[DocumentIn], rij: Rij, positie: int) -> None:
        """Zonder zaak in één transactie; met een zaak is het document pas zichtbaar als het gekoppeld is."""
        zaak = rij.get("zaakUuid") or ""
        if zaak:
            draai_terug(self._installatie, w.id)  # van een poging die halverwege viel
        with self._installatie.db.schrijven() as verbinding:
            w.transactie = verbinding
            if verbinding.execute(select(Document.id).where(Document.id == w.id)).first():
                raise Ongeldig(ParamFout("uuid", "unique", "Er is al een document met dit uuid."))
            _toets(w, self._bron.binnen)
            w.waarden["mark"] = AANMAKEN if zaak else KLAAR
            verbinding.execute(insert(Document).values(id=w.id, **w.waarden))
            for gevolg in self._bron.gevolgen:
                gevolg(w)
            if zaak:
                w.geheugen["wacht"] = plaats(
                    self._installatie, verbinding, TERUGDRAAIEN, {"id": str(w.id)}, vanaf=w.nu + GEDULD
                )
            else:
                self._rond_af(w, rij, positie)
        if zaak:
            self._koppel(w, zaak, rij, positie)

    def _koppel(self, w: Wijziging[DocumentIn], zaak: str, rij: Rij, positie: int) -> None:
        naar_url = self._installatie.diensten.naar_url
        koppeling = {
            "zaak": naar_url(f"zaken:zaken/{zaak}"),
            "informatieobject": f"{self._omgeving.basis}/{self._bron.pad}/{w.id}",
        }
        client = ZakenClient(self._installatie, namens=self._omgeving.registratie.naam)
        try:
            client.vraag("POST", "zaakinformatieobjecten", json=koppeling)
        except ApiFout as fout:
            draai_terug(self._installatie, w.id)
            redenen = [deel.reden for deel in fout.fouten] or [str(fout)]
            raise Ongeldig(*(ParamFout("zaakUuid", "invalid", reden) for reden in redenen)) from None
        with self._installatie.db.schrijven() as verbinding:
            w.transactie = verbinding
            verbinding.execute(update(Document).where(Document.id == w.id).values(mark=KLAAR))
            trek_in(verbinding, w.geheugen["wacht"])
            self._rond_af(w, rij, positie)

    def _rond_af(self, w: Wijziging[DocumentIn], rij: Rij, positie: int) -> None:
        gemaakt = self._lezer.een(w.verbinding, w.id)
        if gemaakt is not None:
            sporen = Sporen(self._omgeving, self._bron, self._bron)
            sporen.leg_vast(w, self._toegang, None, self._lezer.geef_weer(gemaakt), 201, kolommen(gemaakt))
        uit = {**rij, "uuid": str(w.id), "identificatie": w.waarden["identificatie"]}
        self._noteer(w.verbinding, uit, positie, "")

    def _noteer(self, verbinding: Connection, rij: Rij, positie: int, fout: str) -> None:
        """De regel in het verslag, en hoe ver de import is."""
        verslag = [rij.get(kop, "") for kop in KOPPEN] + [fout, NIET_GELUKT if fout else GELUKT]
        verbinding.execute(insert(Importregel).values(import_id=self._import["id"], regel=verslag))
        tabel = Documentimport
        verbinding.execute(
            update(tabel)
            .where(tabel.id == self._import["id"])
            .values(
                positie=positie,
                verwerkt=tabel.verwerkt + 1,
                gelukt=tabel.gelukt + int(not fout),
                mislukt=tabel.mislukt + int(bool(fout)),
            )
        )


def _toets(w: Wijziging[Any], regels: Any) -> None:
    fouten = [fout for regel in regels for fout in regel(w) or ()]
    if fouten:
        raise Ongeldig(*fouten)


def invoer_uit(rij: Rij) -> dict[str, Any]:
    """Een regel van de CSV als invoer voor een document."""
    uit: dict[str, Any] = {}
    for kop, waarde in rij.items():
        groep, _, veld = kop.partition(".")
        if veld and waarde:
            uit.setdefault(groep, {})[veld] = waarde
        elif not veld and kop not in ("uuid", "bestandspad", "zaakUuid", "trefwoorden"):
            uit[kop] = None if kop in LEEG_IS_NIETS and not waarde else waarde
    uit["trefwoorden"] = [woord.strip() for woord in rij.get("trefwoorden", "").split(",") if woord.strip()]
    return uit


def _brokken(pad: Path) -> Iterator[bytes]:
    with pad.open("rb") as bestand:
        while brok := bestand.read(BROK):
            yield brok


def _regels(installatie: Installatie, sleutel: str, positie: int) -> Iterator[tuple[list[str], int]]:
    """De regels van de CSV vanaf een positie in bytes, elk met de positie erna."""
    teller = _Teller(installatie.opslag.lees(sleutel, positie), positie)
    for rij in csv.reader(teller):
        if rij:
            yield rij, teller.positie


class _Teller(Iterator[str]):
    """Tekstregels uit een stroom bytes, met de positie na de laatst gegeven regel."""

    def __init__(self, stroom: Iterator[bytes], positie: int) -> None:
        self._stroom = stroom
        self._rest = b""
        self.positie = positie

    def __next__(self) -> str:
        while b"\n" not in self._rest:
            deel = next(self._stroom, None)
            if deel is None:
                break
            self._rest += deel
        if not self._rest:
            raise StopIteration
        regel, eind, self._rest = self._rest.partition(b"\n")
        self.positie += len(regel) + len(eind)
        return (regel + eind).decode("utf-8", errors="replace")


def kop_van(inhoud: bytes) -> tuple[list[str], int, int]:
    """De koppen, de positie erna in bytes, en het aantal regels eronder. `ValueError` als het geen CSV in UTF-8 is."""
    inhoud.decode()
    teller = _Teller(iter([inhoud]), 0)
    lezer = csv.reader(teller, strict=True)
    try:
        koppen = [kop.removeprefix("\ufeff").strip() for kop in next(lezer, [])]
        begin = teller.positie
        return koppen, begin, sum(1 for rij in lezer if rij)
    except csv.Error as fout:
        raise ValueError(str(fout)) from None


def import_verwerker(maak_omgeving: Callable[[Installatie], tuple[Omgeving, Bron]]) -> Verwerker:
    """De outbox-verwerker die een import in porties afwerkt."""

    def doe(installatie: Installatie, werk: Werk) -> Callable[[Connection], None] | None:
        id_ = UUID(werk.inhoud["import"])
        with installatie.db.lezen() as verbinding:
            vraag = select(*Documentimport.__table__.columns).where(Documentimport.id == id_)
            rij = verbinding.execute(vraag).mappings().first()
        if rij is None or rij["status"] != ACTIEF:
            return None
        meer = Importeur(*maak_omgeving(installatie), dict(rij)).werk_af(PORTIE)

        def rond_af(verbinding: Connection) -> None:
            if meer:
                plaats(installatie, verbinding, IMPORTEREN, {"import": str(id_)})
            else:
                zet_status(verbinding, id_, KLAAR_MET)

        return rond_af

    def bij_dood(verbinding: Connection, _installatie: Installatie, werk: Werk, _fout: str) -> None:
        zet_status(verbinding, UUID(werk.inhoud["import"]), MISLUKT)

    return Verwerker(IMPORTEREN, buiten=doe, bij_dood=bij_dood)


def zet_status(verbinding: Connection, id_: UUID, status: str) -> None:
    verbinding.execute(update(Documentimport).where(Documentimport.id == id_).values(status=status))
