"""De API van zendingen: klaarzetten en terugzien."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, request
from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert

from integratie.processen.schemas import Berichtaard, BezorgingIn, ZendingIn
from kern.fouten import Ongeldig, ParamFout, Probleem
from kern.installatie import Installatie
from kern.outbox import plaats
from kern.toegang import voor_machine
from kit.antwoord import Antwoord
from kit.app import lees_json
from kit.schema import valideer
from processen.api.basis import eis
from processen.verzenden.bewijs import Bewijs, voeg_toe
from processen.verzenden.tabellen import Zending

WERK = "verzenden.zending"
ALSNOG = "verzenden.alsnog"
VERWIJZINGEN = ("zaak", "besluit")


def maak_zendingen(installatie: Installatie) -> Blueprint:
    """De routes van zendingen."""
    blauwdruk = Blueprint("zendingen", __name__)
    naar_url = installatie.diensten.naar_url

    @blauwdruk.post("/zendingen")
    @voor_machine(aanmelding="token")
    def maak() -> Response:
        """Zet een zending klaar; met hetzelfde uuid nog eens geeft de bestaande."""
        eis("zendingen.beheren")
        zending = valideer(ZendingIn, lees_json())
        if isinstance(zending, list):
            raise Ongeldig(*zending)
        if not isinstance(zending, ZendingIn):
            raise TypeError("valideer gaf een ander schema")
        with installatie.db.schrijven() as verbinding:
            rij = zet_klaar(installatie, verbinding, zending)
        return Antwoord.json(_weergave(rij, naar_url), 201).response()

    @blauwdruk.get("/zendingen")
    @voor_machine(aanmelding="token")
    def lijst() -> Response:
        """De zendingen van een zaak, nieuwste eerst."""
        eis("zendingen.lezen")
        zaak = request.args.get("zaak")
        if not zaak:
            raise Ongeldig(ParamFout("zaak", "required", "Geef de URL van een zaak."))
        vraag = select(*Zending.__table__.columns).where(Zending.zaak == installatie.diensten.naar_opslag(zaak))
        with installatie.db.lezen() as verbinding:
            rijen = verbinding.execute(vraag.order_by(Zending.aangemaakt.desc()).limit(500)).mappings().all()
        return Antwoord.json([_weergave(dict(rij), naar_url) for rij in rijen]).response()

    @blauwdruk.post("/zendingen/<uuid:zending>/bezorgingen")
    @voor_machine(aanmelding="token")
    def bezorging(zending: UUID) -> Response:
        """Een kanaal laat weten of het bericht aankwam; kwam een aankondiging terug, dan gaat de brief alsnog op papier."""
        eis("zendingen.beheren")
        bezorging = valideer(BezorgingIn, lees_json())
        if isinstance(bezorging, list):
            raise Ongeldig(*bezorging)
        if not isinstance(bezorging, BezorgingIn):
            raise TypeError("valideer gaf een ander schema")
        with installatie.db.schrijven() as verbinding:
            if not neem_bezorging_op(installatie, verbinding, zending, bezorging):
                raise Probleem(404, detail="Deze zending is er niet.")
        return Response(status=204)

    return blauwdruk


def neem_bezorging_op(installatie: Installatie, verbinding: Connection, zending: UUID, bezorging: BezorgingIn) -> bool:
    """Zet de uitkomst bij het bewijs; onwaar als de zending niet bestaat."""
    if verbinding.scalar(select(Zending.id).where(Zending.id == zending)) is None:
        return False
    bewijs = Bewijs(
        bezorging.kanaal, "", installatie.klok.nu(), bezorging.kanaal, bezorging.antwoord, "", bezorging.bezorgd
    )
    voeg_toe(verbinding, zending, bewijs)
    if not bezorging.bezorgd:
        inhoud = {"zending": str(zending), "kanaal": bezorging.kanaal}
        plaats(installatie, verbinding, ALSNOG, inhoud, sleutel=str(zending))
    return True


def zet_klaar(installatie: Installatie, verbinding: Connection, zending: ZendingIn) -> Mapping[str, Any]:
    """Leg de zending vast met het werk om haar te versturen; bestaat zij al, dan verandert er niets."""
    naar_opslag = installatie.diensten.naar_opslag
    rij = zending.model_dump(exclude={"uuid"}) | {
        "id": zending.uuid,
        "zaak": naar_opslag(zending.zaak),
        "besluit": naar_opslag(zending.besluit) if zending.besluit else None,
        "verzoek": naar_opslag(zending.verzoek) if zending.verzoek else None,
        "documenten": [naar_opslag(url) for url in zending.documenten],
        "aard": aard_van(zending),
        "staat": "klaar",
        "kanalen": [],
        "onderwerp": "",
        "aangemaakt": installatie.klok.nu(),
    }
    gemaakt = verbinding.execute(insert(Zending).values(rij).on_conflict_do_nothing().returning(Zending.id)).first()
    if gemaakt is not None:
        plaats(installatie, verbinding, WERK, {"zending": str(zending.uuid)}, sleutel=str(zending.uuid))
    return dict(
        verbinding.execute(select(*Zending.__table__.columns).where(Zending.id == zending.uuid)).mappings().one()
    )


def aard_van(zending: ZendingIn) -> Berichtaard:
    """Wat er gezegd is; anders volgt het uit wat er meegaat."""
    if zending.aard:
        return zending.aard
    return "besluit" if zending.besluit else "ontvangstbevestiging" if zending.ontvangst else "overig"


def _weergave(rij: Mapping[str, Any], naar_url: Any) -> dict[str, Any]:
    return {
        "uuid": rij["id"],
        "zaak": naar_url(rij["zaak"]),
        "sjabloon": rij["sjabloon"],
        "soort": rij["soort"],
        "gegevens": rij["gegevens"],
        "documenten": [naar_url(deel) for deel in rij["documenten"]],
        "bijlagenInEmail": rij["bijlagen_in_email"],
        "kanaal": rij["kanaal"],
        "besluit": naar_url(rij["besluit"]) if rij["besluit"] else None,
        "staat": rij["staat"],
        "kanalen": rij["kanalen"],
        "aard": rij["aard"],
        "ontvangst": rij["ontvangst"],
        "verzoek": naar_url(rij["verzoek"]) if rij["verzoek"] else None,
        "onderwerp": rij["onderwerp"],
        "tekst": rij["tekst"],
        "aangemaakt": rij["aangemaakt"],
        "verzonden": rij["verzonden"],
        "bewijs": rij["bewijs"],
    }
