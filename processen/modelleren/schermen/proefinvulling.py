"""Wat een beheerder in het voorbeeld van een formulier invult. Het staat in de sessie: als wie, de antwoorden en de bestanden."""

from base64 import b64encode
from dataclasses import asdict, dataclass
from typing import Any
from uuid import uuid4

from flask import render_template, request, session
from werkzeug.datastructures import FileStorage

from formuliermotor import Formulierdefinitie, Formulierweergave, Stapformulier
from formuliermotor.bestanden import bestanden_in
from huisstijl import huidige_taal
from kern.installatie import Installatie
from processen.modelleren.proefpersonen import aanmelding
from processen.pakketten.scenario import Indiener
from processen.pakketten.spelen import Proefpersoon

GROOTSTE = 500_000
"""Bytes per bestand: het reist mee in de sessie en in het scenario."""


@dataclass
class Proefinvulling:
    """Het voorbeeld van één formulier in deze sessie."""

    pakket: str
    sleutel: str

    @property
    def _plek(self) -> str:
        return f"voorbeeld:{self.pakket}:{self.sleutel}"

    @property
    def begonnen(self) -> bool:
        return self._plek in session

    @property
    def gegevens(self) -> dict[str, Any]:
        """De antwoorden tot nu toe."""
        return dict(session.get(self._plek) or {})

    @gegevens.setter
    def gegevens(self, waarden: dict[str, Any]) -> None:
        session[self._plek] = waarden

    @property
    def wie(self) -> Proefpersoon | None:
        """Als wie het ingevuld wordt; None als dat niet gekozen is."""
        gekozen = session.get(f"{self._plek}:wie")
        return Proefpersoon(**gekozen) if gekozen else None

    def begin(self, wie: Proefpersoon | None, gegevens: dict[str, Any]) -> None:
        """Begin opnieuw."""
        session[f"{self._plek}:wie"] = asdict(wie) if wie else None
        self.gegevens = gegevens

    def weergave(self, definitie: Formulierdefinitie, installatie: Installatie, taal: str = "") -> Formulierweergave:
        """Het formulier voor wie gekozen is."""
        context = {"aanmelding": aanmelding(self.wie)} if self.wie else {}
        return Formulierweergave(
            definitie, taal or huidige_taal(), context, klok=installatie.klok.nu, bewaar=bewaar_upload
        )

    def indiener(self, definitie: Formulierdefinitie, waarden: dict[str, Any], anders: Indiener) -> Indiener:
        """Wie het indient, met zijn antwoord op de vraag of hij e-mail wil; zonder keuze is het `anders`."""
        wie, soort = self.wie, str(definitie.gegevens.get("soortBericht") or "")
        mail = str(waarden.get("email") or "") if soort and waarden.get("digitaal") == "ja" else ""
        basis = anders if wie is None else Indiener(kvk=wie.kvk) if wie.kvk else Indiener(bsn=wie.bsn)
        return basis.model_copy(update={"email": mail, "soort": soort if mail else ""})


def velden_van(stap: Stapformulier) -> str:
    """Alleen de vragen van een stap: de pagina vraagt dit als een antwoord andere vragen toont."""
    return render_template("modelleren/proefvelden.html", formulier=stap)


def te_groot() -> list[str]:
    """De namen van de ingestuurde bestanden die te groot zijn voor een proef."""
    return [str(upload.filename) for upload in request.files.values() if _grootte(upload) > GROOTSTE]


def _grootte(upload: FileStorage) -> int:
    grootte = upload.stream.seek(0, 2)
    upload.stream.seek(0)
    return grootte


def bewaar_upload(upload: FileStorage) -> dict[str, Any]:
    """De verwijzing, met de inhoud erbij: een proef heeft geen opslag."""
    upload.stream.seek(0)
    inhoud = upload.stream.read()
    naam = (upload.filename or "bestand").replace("\\", "/").rpartition("/")[2]
    gegevens = {"naam": naam, "grootte": len(inhoud), "mediatype": upload.mimetype}
    return {"id": str(uuid4()), **gegevens, "inhoud": b64encode(inhoud).decode()}


def voor_scenario(waarde: Any) -> Any:
    """De antwoorden met elk bestand zoals een scenario het noemt (zie `processen.pakketten.scenario`)."""
    if isinstance(waarde, dict):
        if bestanden_in(waarde) == [waarde]:
            return {naam: waarde[naam] for naam in ("naam", "mediatype", "inhoud")}
        return {naam: voor_scenario(deel) for naam, deel in waarde.items()}
    return [voor_scenario(deel) for deel in waarde] if isinstance(waarde, list) else waarde
