"""Wat bij een zaak hoort: andere zaken, objecten en besluiten."""

from integratie.zaken.rollen import initiator_van
from tests.integratie.plugins.proef import Proef
from tests.integratie.plugins.test_bouwblokken import BESLUIT


def test_relateren(proef: Proef) -> None:
    een, ander = proef.zaak(), proef.zaak()
    for _ in range(2):
        proef.voer_uit("zaken.relateren", {"aard": "onderwerp"}, zaak=een.url, andereZaak=ander.url)
    relaties = proef.gemeente.zaken.zaak(een.url).relevante_andere_zaken
    assert [(relatie.url, relatie.aard_relatie) for relatie in relaties] == [(ander.url, "onderwerp")]


def test_objecten_bij_de_zaak(proef: Proef) -> None:
    zaak = proef.zaak().url
    adres = {
        "identificatie": "0599200000000001",
        "wplWoonplaatsNaam": "Voorbeeldstad",
        "gorOpenbareRuimteNaam": "Kade",
        "huisnummer": 1,
    }
    een = proef.voer_uit("zaken.object-koppelen", {"objecttype": "adres"}, zaak=zaak, gegevens=adres)
    assert proef.voer_uit("zaken.object-koppelen", {"objecttype": "adres"}, zaak=zaak, gegevens=adres) == een
    ander = proef.voer_uit(
        "zaken.object-koppelen", {"objecttype": "adres"}, zaak=zaak, gegevens={**adres, "huisnummer": 2}
    )
    assert ander != een


def test_besluiten_ophalen(proef: Proef) -> None:
    zaak = proef.zaak().url
    leeg = proef.voer_uit("zaken.besluiten-ophalen", zaak=zaak)
    assert (leeg.besluit, leeg.aantal) == (None, 0)
    besluit = proef.voer_uit("besluiten.vastleggen", BESLUIT, zaak=zaak).besluit
    assert (
        proef.voer_uit("zaken.besluiten-ophalen", {"besluittype": BESLUIT["besluittype"]}, zaak=zaak).besluit == besluit
    )
    assert proef.voer_uit("zaken.besluiten-ophalen", {"besluittype": "Ander"}, zaak=zaak).aantal == 0


def test_deelzaak_en_vervolgzaak_met_dezelfde_aanvrager(proef: Proef) -> None:
    zaak, keuze, zaken = proef.zaak(), {"zaaktype": "TV-REGISTRATIE", "omschrijving": "Erbij"}, proef.gemeente.zaken
    deel = proef.voer_uit("zaken.deelzaak-aanmaken", keuze, zaak=zaak.url)
    vervolg = proef.voer_uit("zaken.vervolgzaak-aanmaken", keuze, zaak=zaak.url)
    assert zaken.zaak(deel.deelzaak).hoofdzaak == zaak.url
    assert [r.url for r in zaken.zaak(vervolg.vervolgzaak).relevante_andere_zaken] == [zaak.url]
    aanvrager = initiator_van(zaken, zaak.url)
    for nieuw in (deel.deelzaak, vervolg.vervolgzaak):
        rol = initiator_van(zaken, nieuw)
        assert aanvrager is not None
        assert rol is not None
        assert rol.betrokkene_identificatie == aanvrager.betrokkene_identificatie


def test_gegevens_van_de_zaak(proef: Proef) -> None:
    zaak = proef.zaak()
    vers = proef.voer_uit("zaken.gegevens", zaak=zaak.url)
    assert (vers.zaaknummer, vers.zaaktype, vers.status, vers.open) == (zaak.identificatie, "TV-VERGUNNING", "", True)
    proef.voer_uit("zaken.afsluiten", {"resultaattype": "Geweigerd"}, zaak=zaak.url)
    nu = proef.voer_uit("zaken.gegevens", zaak=zaak.url)
    assert (nu.status, nu.resultaat, nu.open) == ("Afgehandeld", "Geweigerd", False)


def test_typen_opzoeken(proef: Proef) -> None:
    zaak = proef.zaak("registratie").url
    status = proef.voer_uit("catalogi.statustype-ophalen", {"statustype": "Geregistreerd"}, zaak=zaak)
    assert (status.volgnummer, status.eindstatus) == (2, True)
    resultaat = proef.voer_uit("catalogi.resultaattype-ophalen", zaak=zaak, resultaattype="Vervallen")
    assert (resultaat.archiefnominatie, resultaat.archiefactietermijn) == ("vernietigen", "P1Y")
    soort = proef.voer_uit("catalogi.besluittype-ophalen", {"besluittype": BESLUIT["besluittype"]})
    assert soort.reactietermijn == "P6W"
    proef.voer_uit("zaken.eigenschap-zetten", {"eigenschap": "registratienummer"}, zaak=zaak, waarde="0599-X")
    gelezen = proef.voer_uit("catalogi.eigenschap-ophalen", {"eigenschap": "registratienummer"}, zaak=zaak)
    assert (gelezen.bestaat, gelezen.waarde, gelezen.formaat) == (True, "0599-X", "tekst")
    assert not proef.voer_uit("catalogi.eigenschap-ophalen", zaak=zaak, eigenschap="nergens").bestaat
