"""Process links van GZAC (Valtimo): per activiteit een formulier, een plugin-actie of een bouwblok, in een JSON-bestand naast het model."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from processen.importeren.gzac import veldnaam
from processen.importeren.juel import NietTeVertalen, tekst
from processen.importeren.knopen import soort, voeg_toe, zet
from processen.importeren.verslag import Regel

ACTIES = {
    "create-zaak": "zaken.zaak-aanmaken", "patch-zaak": "zaken.bijwerken", "set-zaakstatus": "zaken.status-zetten",
    "create-zaakresultaat": "zaken.resultaat-zetten", "set-zaakopschorting": "zaken.opschorten", "start-hersteltermijn": "zaken.hersteltermijn-start",
    "end-hersteltermijn": "zaken.hersteltermijn-eind", "create-zaakeigenschap": "zaken.eigenschap-zetten", "update-zaakeigenschap": "zaken.eigenschap-zetten",
    "create-natuurlijk-persoon-zaak-rol": "zaken.rol-persoon", "create-niet-natuurlijk-persoon-zaak-rol": "zaken.rol-organisatie",
    "create-medewerker-zaak-rol": "zaken.rol-medewerker", "delete-zaak-rol": "zaken.rol-verwijderen", "create-zaak-notitie": "zaken.notitie",
    "relateer-zaken": "zaken.relateren", "link-object-to-zaak": "zaken.object-koppelen", "link-document-to-zaak": "documenten.toevoegen",
    "link-uploaded-documents-to-zaak": "documenten.koppelen", "get-zaak-besluiten": "zaken.besluiten-ophalen", "create-besluit": "besluiten.vastleggen",
    "link-document-to-besluit": "besluiten.document-koppelen", "store-uploaded-document": "documenten.opslaan", "store-temp-document": "documenten.opslaan",
    "download-document": "documenten.lezen", "generate-document": "documenten.genereren", "get-statustype": "catalogi.statustype-ophalen",
    "get-resultaattype": "catalogi.resultaattype-ophalen", "get-besluittype": "catalogi.besluittype-ophalen",
    "create-portaaltaak": "klanttaak.aanmaken", "complete-portaaltaak": "klanttaak.afronden", "create-object": "objecten.maken",
    "update-object": "objecten.wijzigen", "delete-object": "objecten.verwijderen", "send-email": "berichten.versturen", "publish-notification": "notificaties.publiceren",
}  # fmt: skip
"""Plugin-acties van GZAC en het bouwblok dat hetzelfde doet."""


def koppel(wortel: Any, koppelingen: Iterable[Mapping[str, Any]]) -> Iterator[Regel]:
    """Zet elke koppeling op haar activiteit; een activiteit die er niet is wordt genoemd."""
    knopen = {knoop.get("id"): knoop for knoop in wortel.iter() if soort(knoop) and knoop.get("id")}
    for koppeling in koppelingen:
        knoop = knopen.get(koppeling.get("activityId"))
        if knoop is None:
            wat = f"De koppeling noemt een activiteit die er niet is: {koppeling.get('activityId')}."
            yield Regel("zelf doen", "", "", wat, "Kijk na of het model en de koppelingen bij elkaar horen.")
        else:
            yield from _een(knoop, koppeling)


def _een(knoop: Any, koppeling: Mapping[str, Any]) -> Iterator[Regel]:
    wat = str(koppeling.get("processLinkType", ""))
    if wat == "plugin":
        yield from _plugin(knoop, koppeling)
    elif wat in ("form", "form-flow", "ui_component"):
        naam = str(
            koppeling.get("formDefinitionName")
            or koppeling.get("formFlowDefinitionKey")
            or koppeling.get("formFlowDefinitionId")
            or ""
        )
        yield from _formulier(knoop, naam.partition(":")[0])
    elif wat == "building_block":
        sleutel = str(koppeling.get("buildingBlockDefinitionKey", ""))
        yield _regel(
            "zelf doen",
            knoop,
            f"Het bouwblok {sleutel} van GZAC is een los proces.",
            "Importeer het en roep het aan met een aanroep-activiteit.",
        )
    else:
        yield _regel(
            "zelf doen",
            knoop,
            f"Een koppeling van soort {wat or '(geen)'} heeft hier geen vorm.",
            "Kijk na of dit nodig is.",
        )


def _formulier(knoop: Any, naam: str) -> Iterator[Regel]:
    if soort(knoop) == "startEvent":
        yield _regel(
            "zelf doen",
            knoop,
            f"Het startformulier {naam} vervalt.",
            "Noem het verzoektype met zijn formulier in pakket.toml ([[starts]]).",
        )
        return
    zet(knoop, "formDefinition", formKey=naam)
    yield _regel("vertaald", knoop, f"Het formulier {naam} is gekoppeld.")
    yield _regel(
        "zelf doen",
        knoop,
        f"Het formulier {naam} hoort bij deze taak.",
        "Maak of importeer een formulier met deze sleutel.",
    )


def _plugin(knoop: Any, koppeling: Mapping[str, Any]) -> Iterator[Regel]:
    actie = str(koppeling.get("pluginActionDefinitionKey", ""))
    blok = ACTIES.get(actie)
    if blok is None:
        yield _regel(
            "zelf doen",
            knoop,
            f"De plugin-actie {actie} heeft hier geen bouwblok.",
            "Maak er een (docs/bouwblok-maken.md).",
        )
        return
    zet(knoop, "taskDefinition", type=blok)
    yield _regel("vertaald", knoop, f"De plugin-actie {actie} is nu het bouwblok {blok}.")
    for naam, waarde in (koppeling.get("actionProperties") or {}).items():
        yield from _waarde(knoop, blok, str(naam), waarde)


def _waarde(knoop: Any, blok: str, naam: str, waarde: Any) -> Iterator[Regel]:
    """Een ingevulde waarde wordt invoer van de stap; hoe het veld hier heet weet alleen wie het bouwblok kent."""
    if waarde in (None, ""):
        return
    try:
        bron = (
            veldnaam(waarde)
            if isinstance(waarde, str) and waarde.startswith(("doc:", "pv:", "bb:"))
            else tekst(str(waarde))
        )
    except NietTeVertalen as fout:
        yield _regel(
            "zelf doen",
            knoop,
            f"{naam} = {waarde!r} is niet te vertalen: {fout}.",
            "Vul de invoer van het bouwblok zelf in.",
        )
        return
    voeg_toe(knoop, "ioMapping", "input", source=f"={bron}", target=naam)
    yield _regel(
        "zelf doen",
        knoop,
        f"{naam} = {waarde!r} staat als invoer bij {blok}.",
        "Geef de invoer of instelling de naam die het bouwblok kent.",
    )


def _regel(soort_: Any, knoop: Any, wat: str, remedie: str = "") -> Regel:
    return Regel(soort_, knoop.get("id", ""), knoop.get("name", ""), wat, remedie)
