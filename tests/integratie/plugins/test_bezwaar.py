"""De bouwblokken van bezwaar: het besluit met zijn termijn en behandelaars, en het dossier van stukken."""

from integratie.besluiten import BesluitenClient
from integratie.taken import TakenClient
from integratie.taken.schemas import MedewerkerTaakIn
from kern.termijnen import bezwaartermijn
from tests.integratie.plugins.proef import Proef
from tests.integratie.plugins.test_bouwblokken import BESLUIT


def test_besluit_zoeken(proef: Proef) -> None:
    zaak, bezwaar = proef.zaak(), proef.zaak()
    besluit = proef.voer_uit("besluiten.vastleggen", BESLUIT, zaak=zaak.url)
    taken, vandaag = (
        TakenClient(proef.gemeente.installatie, namens="processen"),
        proef.gemeente.installatie.klok.vandaag(),
    )
    taak = taken.maak_medewerkertaak(MedewerkerTaakIn(titel="Beoordelen", zaak=zaak.url), sleutel=zaak.url)
    taken.wijzig_medewerkertaak(taak.url, status="afgerond", behandelaar="bas", uitkomst={})
    zoek = {"zaak": bezwaar.url, "kenmerk": f" {besluit.besluitnummer.lower()} "}
    gevonden = proef.voer_uit("bezwaar.besluit-zoeken", **zoek)
    assert (gevonden.gevonden, gevonden.besluit, gevonden.zaak) == (True, besluit.besluit, zaak.url)
    assert (gevonden.bekendgemaakt, gevonden.laatste_dag) == (None, None)
    assert (gevonden.gericht_aan, gevonden.behandelaars) == (True, ["bas"])
    dagen = {"verzenddatum": vandaag.isoformat(), "uiterlijkeReactiedatum": bezwaartermijn(vandaag).isoformat()}
    BesluitenClient(proef.gemeente.installatie, namens="processen").wijzig_besluit(besluit.besluit, **dagen)
    assert proef.voer_uit("bezwaar.besluit-zoeken", **zoek).laatste_dag == bezwaartermijn(vandaag)


def test_een_onbekend_kenmerk_is_geen_fout(proef: Proef) -> None:
    zaak = proef.zaak()
    for kenmerk in (None, "", "BESLUIT-2026-XXXX"):
        gevonden = proef.voer_uit("bezwaar.besluit-zoeken", zaak=zaak.url, kenmerk=kenmerk)
        assert not gevonden.gevonden
        assert (gevonden.besluit, gevonden.behandelaars, gevonden.gericht_aan) == (None, [], False)


def test_stukken_verzamelen(proef: Proef) -> None:
    verzoek, zaak, bezwaar = proef.verzoek(), proef.zaak(), proef.zaak()
    proef.voer_uit("documenten.koppelen", zaak=zaak.url, verzoek=verzoek.url)
    dossier = {"documenttype": "Bijlage bij verzoek"}
    invoer = {"zaak": bezwaar.url, "andereZaak": zaak.url}
    eerste = proef.voer_uit("bezwaar.stukken-verzamelen", dossier, **invoer)
    assert (eerste.aantal, len(eerste.documenten)) == (1, 1)
    # Nog eens verzamelen geeft hetzelfde dossier, ook in een andere uitvoering.
    assert proef.voer_uit("bezwaar.stukken-verzamelen", dossier, **invoer) == eerste
    assert [deel.informatieobject for deel in proef.gemeente.zaken.documenten(bezwaar.url)] == eerste.documenten
