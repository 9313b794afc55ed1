"""Een zaak houdt de versie van haar zaaktype, en onthouden typen zijn nooit verouderd."""

from datetime import timedelta

from integratie.catalogi import CatalogiClient
from integratie.catalogi.schemas import InformatieObjectTypeIn
from integratie.zaken import ZakenClient
from kern.installatie import Installatie
from kern.klok import VerzetbareKlok
from tests.integratie.registraties.rechten import fouten_van
from tests.integratie.registraties.typen import Typen, maak_typen
from tests.integratie.registraties.zaken.hulp import maak_document, maak_zaak, sluit, zet_status


def test_versiewissel(installatie: Installatie, baas: ZakenClient, typen: Typen, klok: VerzetbareKlok) -> None:
    """Bestaande zaken lopen door op de oude versie; een nieuwe zaak kiest de versie van de dag."""
    catalogi = CatalogiClient(installatie, namens="catalogi")
    oud = maak_zaak(baas, typen)["url"]
    zet_status(baas, oud, typen.begin)
    morgen = klok.vandaag() + timedelta(days=1)
    catalogi.vraag("PATCH", typen.zaaktype, json={"eindeGeldigheid": klok.vandaag().isoformat()})
    nieuw = maak_typen(installatie, begin_geldigheid=morgen)
    klok.verzet(timedelta(days=1))
    gekozen = catalogi.zaaktype("AANVRAAG", klok.vandaag())
    assert gekozen is not None
    assert gekozen.url == nieuw.zaaktype != typen.zaaktype
    assert baas.vraag("GET", oud)["zaaktype"] == typen.zaaktype
    json = {"zaak": oud, "statustype": nieuw.midden, "datumStatusGezet": "2026-01-07T09:00:00Z"}
    assert fouten_van(baas, "POST", "statussen", json) == {"nonFieldErrors": "zaaktype-mismatch"}
    sluit(baas, oud, typen)
    assert baas.vraag("GET", oud)["einddatum"] == "2026-01-07"
    sluit(baas, maak_zaak(baas, nieuw)["url"], nieuw)


def test_document_met_nieuwe_versie_van_zijn_type(
    installatie: Installatie, baas: ZakenClient, typen: Typen, klok: VerzetbareKlok
) -> None:
    """zrc-017: de koppeling gaat op omschrijving, dus ook een document van een latere versie hoort erbij."""
    catalogi = CatalogiClient(installatie, namens="catalogi")
    gisteren = klok.vandaag() - timedelta(days=1)
    catalogi.vraag("PATCH", typen.informatieobjecttype, json={"eindeGeldigheid": gisteren.isoformat()})
    velden = {"catalogus": typen.catalogus, "vertrouwelijkheidaanduiding": "intern", "begin_geldigheid": klok.vandaag()}
    soorten = [
        catalogi.zorg_voor_informatieobjecttype(
            InformatieObjectTypeIn.model_validate(
                {**velden, "omschrijving": omschrijving, "informatieobjectcategorie": "Formulier"}
            )
        ).url
        for omschrijving in ("Aanvraagformulier", "Iets anders")
    ]
    for soort in soorten:
        catalogi.publiceer(soort)
    zaak = maak_zaak(baas, typen)["url"]
    goed, fout = ({"zaak": zaak, "informatieobject": maak_document(installatie, soort)} for soort in soorten)
    baas.vraag("POST", "zaakinformatieobjecten", json=goed)
    code = "missing-zaaktype-informatieobjecttype-relation"
    assert fouten_van(baas, "POST", "zaakinformatieobjecten", fout) == {"nonFieldErrors": code}


def test_onthouden_type_is_nooit_verouderd(installatie: Installatie, baas: ZakenClient, typen: Typen) -> None:
    """Een correctie op een gepubliceerd zaaktype geldt meteen, ook in wat de Zaken API al opgevraagd had."""
    product = "https://producten.example/2"
    maak_zaak(baas, typen)
    json = {"productenOfDiensten": ["https://producten.example/1", product]}
    CatalogiClient(installatie, namens="catalogi").vraag("PATCH", typen.zaaktype, json=json)
    assert maak_zaak(baas, typen, productenOfDiensten=[product])["productenOfDiensten"] == [product]
