"""De regels van zaakobjecten, zaakbesluiten, klantcontacten, notities en substatussen."""

import re
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from integratie.zaken.schemas import KlantContactIn, SubStatusIn, ZaakBesluitIn, ZaakNotitieIn, ZaakObjectIn
from kern.fouten import ParamFout, Probleem
from kit import Wijziging
from kit.jsonschema import gegevensfouten, schemafouten
from registraties.zaken.modellen import KLANTCONTACTNUMMER, Status, Zaak, ZaakBesluit
from registraties.zaken.rechten import VERWIJDEREN
from registraties.zaken.regels import RUIMTE_VOOR_KLOKVERSCHIL, hoort_bij_zaaktype

Fouten = Iterable[ParamFout]
NFE = "nonFieldErrors"
_STAP = re.compile(r'\.?\[(\d+)\]|\.?\["([^"]+)"\]|\."([^"]+)"|\.([A-Za-z_]\w*)')

# zaakobject


def neem_betrokkene_over(w: Wijziging[ZaakObjectIn]) -> Fouten:
    """Bij personen noemt het OpenAPI-bestand `objectIdentificatie` ook `betrokkeneIdentificatie`; beide zijn goed."""
    if w.nieuw.betrokkene_identificatie and "object_identificatie" not in w.meegegeven:
        w.waarden["object_identificatie"] = w.nieuw.betrokkene_identificatie
    return ()


def object_is_bekend(w: Wijziging[ZaakObjectIn]) -> Fouten:
    """Een zaakobject heeft een object-URL of een objectIdentificatie [OZ]."""
    if not w.nieuw.object and not w.waarden["object_identificatie"]:
        yield ParamFout(NFE, "invalid-zaakobject", "Geef object of objectIdentificatie.")


def overige_is_beschreven(w: Wijziging[ZaakObjectIn]) -> Fouten:
    """Alleen bij `overige` staat in objectTypeOverige of objectTypeOverigeDefinitie welk type het is [OZ]."""
    beschreven = bool(w.nieuw.object_type_overige or w.nieuw.object_type_overige_definitie)
    if w.nieuw.object_type == "overige" and not beschreven:
        yield ParamFout(NFE, "missing-object-type-overige", "Geef bij 'overige' op welk type object het is.")
    if w.nieuw.object_type != "overige" and beschreven:
        yield ParamFout(NFE, "invalid-object-type-overige-usage", "Een eigen type hoort alleen bij 'overige'.")


def object_past_bij_definitie(w: Wijziging[ZaakObjectIn]) -> Fouten:
    """objectTypeOverigeDefinitie: de gegevens van het object voldoen aan het JSON-schema van het eigen type."""
    definitie = w.nieuw.object_type_overige_definitie
    if definitie is None or not (w.aanmaken or w.verandert("object_type_overige_definitie")):
        return
    naam = "objectTypeOverigeDefinitie"
    if not w.nieuw.object:
        yield ParamFout("object", "required", "Bij een definitie hoort de URL van het object.")
        return
    gevonden = w.opgegeven(definitie.url)
    if gevonden is None:
        yield ParamFout(f"{naam}.url", "bad-url", "Achter deze URL is niets te vinden.")
        return
    schema, gegevens = volg(gevonden, definitie.schema_), volg(w.opgegeven(w.nieuw.object) or {}, definitie.object_data)
    for waarde, veld in ((schema, "schema"), (gegevens, "objectData")):
        if waarde is None:
            yield ParamFout(f"{naam}.{veld}", "invalid", "Op dit pad staat niets.")
    if schema is not None and gegevens is not None:
        yield from _schemafouten(schema, gegevens, naam)


def _schemafouten(schema: Any, gegevens: Any, naam: str) -> Fouten:
    if schemafouten(schema, naam):
        yield ParamFout(f"{naam}.schema", "invalid-schema", "Dit is geen geldig JSON Schema.")
    elif any(gegevensfouten(schema, gegevens, "object")):
        yield ParamFout(
            "object", "invalid-schema", "De gegevens van het object passen niet bij het schema van zijn type."
        )


def volg(waarde: Any, expressie: str) -> Any:
    """De waarde op een pad zoals jq het schrijft (`.record.data`, `.versies[0]`); None als het pad nergens op uitkomt.

    Alleen paden: rekenen en filteren met jq nemen wij niet van een ander aan.
    """
    rest = expressie.strip()
    if rest == ".":
        return waarde
    while rest:
        stap = _STAP.match(rest)
        if stap is None:
            return None
        sleutel: Any = int(stap[1]) if stap[1] else next(filter(None, stap.groups()[1:]))
        try:
            waarde = waarde[sleutel]
        except (KeyError, IndexError, TypeError):
            return None
        rest = rest[stap.end() :]
    return waarde


def zaakobjecttype_hoort_bij_zaaktype(w: Wijziging[ZaakObjectIn]) -> Fouten:
    """Het zaakobjecttype hoort bij het zaaktype van de zaak [OZ]."""
    return hoort_bij_zaaktype(w, "zaakobjecttype") if w.nieuw.zaakobjecttype and w.aanmaken else ()


# zaakbesluit


def besluit_hoort_bij_zaak(w: Wijziging[ZaakBesluitIn]) -> Fouten:
    """brc-006: deze relatie volgt het besluit; een besluit van een andere zaak hoort hier niet."""
    besluit = w.haal(w.nieuw.besluit)
    zaak = w.omgeving.opslag_van(w.omgeving.registratie.bij_model(Zaak), {"id": w.waarden["zaak"]})
    if besluit is not None and w.omgeving.diensten.naar_opslag(besluit.get("zaak") or "") != zaak:
        yield ParamFout(NFE, "inconsistent-relation", "Dit besluit hoort niet bij deze zaak.")


def besluit_is_weg(w: Wijziging[ZaakBesluitIn]) -> Fouten:
    """De relatie verdwijnt als het besluit verdwijnt, niet eerder."""
    oud = w.oud or {}
    besluit = w.haal(w.url(oud["besluit"])) or {}
    zaak = w.omgeving.opslag_van(w.omgeving.registratie.bij_model(Zaak), {"id": oud["zaak"]})
    if w.omgeving.diensten.naar_opslag(besluit.get("zaak") or "") == zaak:
        yield ParamFout(NFE, "inconsistent-relation", "Het besluit bestaat nog in de Besluiten API.")


def geen_besluiten_meer(w: Wijziging[Any]) -> Fouten:
    """zrc-023 [OZ]: een zaak waar (of waar onder een deelzaak) nog besluiten aan hangen, blijft."""
    onder = select(Zaak.id).where((Zaak.id == w.id) | (Zaak.hoofdzaak == w.id))
    vraag = select(ZaakBesluit.id).where(ZaakBesluit.zaak.in_(onder)).limit(1)
    if w.verbinding.execute(vraag).first() is not None:
        yield ParamFout(NFE, "related-besluiten", "Er hangen nog besluiten aan deze zaak.")


def deelzaken_mogen_ook_weg(w: Wijziging[Any]) -> Fouten:
    """zrc-006 en zrc-023: wie een zaak verwijdert, mag dat ook met de deelzaken die meegaan; anders 403."""
    toegang = w.omgeving.toegang
    if toegang.alles:
        return ()
    vraag = select(Zaak.zaaktype, Zaak.vertrouwelijkheidaanduiding).where(Zaak.hoofdzaak == w.id)
    if not all(toegang.mag("zrc", VERWIJDEREN, *deelzaak) for deelzaak in w.verbinding.execute(vraag)):
        raise Probleem(403, detail="Onder deze zaak hangt een deelzaak die u niet mag verwijderen.")
    return ()


# klantcontact


def contact_is_geweest(w: Wijziging[KlantContactIn]) -> Fouten:
    """Het contact is al begonnen."""
    if w.nieuw.datumtijd > w.nu + RUIMTE_VOOR_KLOKVERSCHIL:
        yield ParamFout("datumtijd", "future_not_allowed", "Het tijdstip ligt in de toekomst.")


def nummer_het_klantcontact(w: Wijziging[KlantContactIn]) -> Fouten:
    """Een ontbrekende identificatie wordt een volgnummer van veertien cijfers."""
    if not w.waarden["identificatie"]:
        nummer = w.verbinding.execute(select(KLANTCONTACTNUMMER.next_value())).scalar_one()
        w.waarden["identificatie"] = f"{nummer:014d}"
    return ()


# zaaknotitie


def notitie_is_concept(w: Wijziging[ZaakNotitieIn]) -> Fouten:
    """Een definitieve notitie blijft zoals zij is [OZ]."""
    if w.oud is not None and w.oud["status"] == "definitief":
        yield ParamFout("status", "invalid", "Een definitieve notitie is niet te wijzigen.")


def dateer_de_notitie(w: Wijziging[ZaakNotitieIn]) -> Fouten:
    """Aanmaakdatum en wijzigingsdatum zet het systeem."""
    w.waarden["wijzigingsdatum"] = nu = w.nu
    if w.aanmaken:
        w.waarden["aanmaakdatum"] = nu
    return ()


# substatus


def substatus_is_geweest(w: Wijziging[SubStatusIn]) -> Fouten:
    """Het tijdstip ligt niet in de toekomst."""
    if w.nieuw.tijdstip > w.nu + RUIMTE_VOOR_KLOKVERSCHIL:
        yield ParamFout("tijdstip", "date-in-future", "Het tijdstip ligt in de toekomst.")


def substatus_hoort_bij_status(w: Wijziging[SubStatusIn]) -> Fouten:
    """De status is van dezelfde zaak; zonder status is het de status van nu."""
    zaak = w.waarden["zaak"]
    if w.waarden["status"] is None:
        nu = select(Status.id).where(Status.zaak == zaak).order_by(Status.datum_status_gezet.desc()).limit(1)
        w.waarden["status"] = w.verbinding.execute(nu).scalar()
        if w.waarden["status"] is None:
            yield ParamFout("status", "required", "De zaak heeft nog geen status.")
    elif w.rij(Status, w.waarden["status"]).get("zaak") != zaak:
        yield ParamFout(NFE, "zaak-mismatch", "Deze status hoort bij een andere zaak.")
