"""Typen door de hele API: maken, publiceren, versies op datum, verwijzingen op naam."""

from integratie.catalogi import CatalogiClient
from integratie.catalogi.schemas import BesluitTypeUit, InformatieObjectTypeUit, StatusTypeUit
from kern.installatie import Installatie
from tests.integratie.registraties.typen import BEGIN, maak_typen


def test_een_zaaktype_met_alles_erop_en_eraan(installatie: Installatie) -> None:
    typen = maak_typen(installatie)
    client = CatalogiClient(installatie, namens="catalogi")
    zaaktype = client.type_bij_url(typen.zaaktype)
    assert zaaktype.concept is False
    assert zaaktype.besluittypen == [typen.besluittype]
    assert zaaktype.besluittype_omschrijving == ["Vergunning"]
    assert zaaktype.informatieobjecttypen == [typen.informatieobjecttype]
    assert zaaktype.informatieobjecttype_omschrijving == ["Aanvraagformulier"]
    assert zaaktype.statustypen == [typen.begin, typen.midden, typen.eind]
    assert zaaktype.resultaattypen == [typen.resultaattype]
    assert sorted(zaaktype.roltypen) == sorted(typen.rollen.values())
    assert zaaktype.eigenschappen == [typen.eigenschap]
    assert zaaktype.begin_object == BEGIN
    assert zaaktype.einde_object is None
    assert zaaktype.versiedatum == BEGIN
    assert [soort.is_eindstatus for soort in client.statustypen(typen.zaaktype)] == [False, False, True]
    soort = client.haal(typen.informatieobjecttype, InformatieObjectTypeUit)
    assert soort.zaaktypen == [typen.zaaktype]
    assert soort.besluittypen == [typen.besluittype]
    besluit = client.haal(typen.besluittype, BesluitTypeUit)
    assert besluit.zaaktypen == [typen.zaaktype]
    assert besluit.zaaktype_identificaties == ["AANVRAAG"]
    assert besluit.informatieobjecttypen == [typen.informatieobjecttype]
    assert besluit.vastgelegd_in == ["Aanvraagformulier"]
    status = client.haal(typen.begin, StatusTypeUit)
    assert (status.catalogus, status.zaaktype_identificatie) == (typen.catalogus, "AANVRAAG")
    assert status.begin_geldigheid == BEGIN
