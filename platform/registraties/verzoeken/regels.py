"""De regels van de Verzoeken API (regels hoofdstuk 13)."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import exists, func, select, update
from sqlalchemy.orm import aliased

from integratie.verzoeken.schemas import VerzoekIn, VerzoekTypeVersionIn
from kern.fouten import ParamFout
from kit import Wijziging
from kit.jsonschema import gegevensfouten, schemafouten
from registraties.verzoeken.modellen import VerzoekTypeVersion

Fouten = Iterable[ParamFout]
UITFASEREN = {"published": ("deprecated",)}
SOORT = "nl.overheid.verzoeken.verzoek"


def schema_is_geldig(w: Wijziging[VerzoekTypeVersionIn]) -> Fouten:
    """Het schema van een versie is een geldig JSON Schema."""
    return schemafouten(w.nieuw.aanvraag_gegevens_schema, "aanvraagGegevensSchema")


def alleen_concept_is_te_wijzigen(w: Wijziging[Any]) -> Fouten:
    """Alleen een draft is te wijzigen of te verwijderen; een gepubliceerde versie kan nog wel uitgefaseerd worden."""
    if w.oud is None or w.oud["status"] == "draft":
        return
    vast = ("aanvraag_gegevens_schema", "bijlage_typen")
    if (
        w.voorstel is None
        or any(w.verandert(veld) for veld in vast)
        or (w.verandert("status") and w.nieuw.status not in UITFASEREN.get(w.oud["status"], ()))
    ):
        yield ParamFout("nonFieldErrors", "non-draft-versie-update", "Alleen een concept is te wijzigen.")


def nummer_de_versie(w: Wijziging[VerzoekTypeVersionIn]) -> Fouten:
    """Een nieuwe versie krijgt het volgende nummer; de datums zet het systeem, begin bij publiceren en einde bij uitfaseren."""
    vandaag = w.omgeving.installatie.klok.vandaag()
    w.waarden["gewijzigd_op"] = vandaag
    if w.aanmaken:
        hoogste = select(func.coalesce(func.max(VerzoekTypeVersion.versie), 0)).where(
            VerzoekTypeVersion.verzoek_type == w.waarden["verzoek_type"]
        )
        w.waarden |= {"versie": w.verbinding.execute(hoogste).scalar_one() + 1, "aangemaakt_op": vandaag}
    if w.nieuw.status == "published" and (w.oud is None or w.oud["status"] != "published"):
        w.waarden["begin_geldigheid"] = vandaag
    if w.nieuw.status == "deprecated" and w.oud is not None and w.oud["status"] == "published":
        w.waarden["einde_geldigheid"] = vandaag
    return ()


def sluit_vorige_versie(w: Wijziging[VerzoekTypeVersionIn]) -> None:
    """Publiceren sluit de vorige gepubliceerde versie."""
    if w.voorstel is None or w.nieuw.status != "published" or (w.oud or {}).get("status") == "published":
        return
    tabel = VerzoekTypeVersion
    type_ = w.waarden.get("verzoek_type") or (w.oud or {}).get("verzoek_type")
    vorige = update(tabel).where(tabel.verzoek_type == type_, tabel.status == "published", tabel.id != w.id)
    w.verbinding.execute(vorige.values(status="deprecated", einde_geldigheid=w.omgeving.installatie.klok.vandaag()))


def kies_versie(w: Wijziging[VerzoekIn]) -> Fouten:
    """`versie` is standaard de nieuwste gepubliceerde, en nooit een concept; de gegevens passen bij het schema van die versie.

    Een verzoektype zonder gepubliceerde versie neemt niets nieuws aan, ook niet voor een oudere versie: de dienst is dan gestopt.
    """
    if not w.aanmaken:
        w.waarden["versie"] = w.nieuw.versie if w.nieuw.versie is not None else (w.oud or {})["versie"]
    tabel, gekozen = VerzoekTypeVersion, w.waarden["versie"]
    vraag = select(tabel.versie, tabel.aanvraag_gegevens_schema).where(
        tabel.verzoek_type == w.waarden["verzoek_type"],
        tabel.status == "published" if gekozen is None else (tabel.versie == gekozen) & (tabel.status != "draft"),
    )
    if w.aanmaken:
        ander = aliased(tabel)
        vraag = vraag.where(
            exists().where(ander.verzoek_type == w.waarden["verzoek_type"], ander.status == "published")
        )
    with w.omgeving.installatie.db.lezen() as verbinding:
        rij = verbinding.execute(vraag.order_by(tabel.versie.desc()).limit(1)).first()
    if rij is None:
        tekst = "Dit verzoektype heeft deze versie niet, of neemt niets (meer) aan: er is geen gepubliceerde versie."
        yield ParamFout("versie", "unknown-schema", tekst)
        return
    w.waarden["versie"] = rij.versie
    yield from gegevensfouten(rij.aanvraag_gegevens_schema, w.nieuw.aanvraag_gegevens, "aanvraagGegevens")


def status_gaat_vooruit(w: Wijziging[VerzoekIn]) -> Fouten:
    """Een nieuw verzoek is `geregistreerd`; wie het behandelt maakt het `verwerkt`, en dat blijft zo."""
    oud = "geregistreerd" if w.oud is None else w.oud["verwerk_status"]
    if "verwerk_status" not in w.meegegeven:
        w.waarden["verwerk_status"] = oud
    if w.waarden["verwerk_status"] != oud and (w.aanmaken or oud == "verwerkt"):
        yield ParamFout("verwerkStatus", "invalid", f"Een verzoek dat {oud} is, kan deze status niet krijgen.")


def gebeurtenis(w: Wijziging[VerzoekIn]) -> str:
    """De eigen gebeurtenis van een verzoek: geregistreerd, of verwerkt."""
    if w.aanmaken:
        return f"{SOORT}-geregistreerd"
    return f"{SOORT}-verwerkt" if w.verandert("verwerk_status") else ""


def type_blijft(w: Wijziging[VerzoekIn]) -> Fouten:
    """Het verzoektype is onveranderlijk."""
    if w.verandert("verzoek_type"):
        yield ParamFout("verzoekType", "immutable-field", "Het verzoektype is niet te wijzigen.")


def leg_tijdstip_vast(w: Wijziging[VerzoekIn]) -> Fouten:
    """Het tijdstip van registratie zet het systeem."""
    if w.aanmaken:
        w.waarden["geregistreerd_op"] = w.nu
    return ()
