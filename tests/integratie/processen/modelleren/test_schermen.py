"""De werkbank in de browser: beginnen, overzicht, publiceren, versies en terugdraaien."""

import io
import json
import re
import time
import zipfile

from integratie.configuratie import FORMULIER, PROCESPAKKET, Configuratie
from processen import maak_motor
from processen.modelleren import Werkplaats
from processen.modelleren.nakijken import kijk_na
from tests.integratie.processen.modelleren.conftest import FEMKE, PAKKET
from tests.reishulp import Gemeente
from tests.schermhulp import Venster

BANK = "/beheer/pakketten"
HANGT = 30  # seconden; hoe snel de controle is meet tools/bench/modelleur.py


def test_startpagina_en_zoeken(femke: Venster) -> None:
    femke.naar(f"{BANK}/")
    assert "Toeristische verhuur" in femke.tekst
    assert "Actief" in femke.tekst
    assert "Bouwstenen" not in femke.naar(f"{BANK}/?q=toeris").tekst
    assert "Geen pakket gevonden" in femke.naar(f"{BANK}/?q=bestaatniet").tekst
    assert "Lopend" in femke.naar(f"{BANK}/?pagina=99").tekst


def test_tabbladen_en_engels(femke: Venster) -> None:
    for tab in ("", "proces", "beslissingen", "versies", "publiceren"):
        assert femke.naar(f"{BANK}/{PAKKET}/{tab}").status == 200, tab
    assert femke.naar(f"{BANK}/bestaat-niet/").status == 404


def test_nieuw_van_begin_tot_publicatie_en_terug(gemeente: Gemeente, femke: Venster, plaats: Werkplaats) -> None:
    femke.naar(f"{BANK}/nieuw")
    femke.stuur(f"{BANK}/nieuw", titel="Hondenbelasting afmelden!", naar="leeg")
    assert femke.pad == f"{BANK}/hondenbelasting-afmelden/"
    naam = "hondenbelasting-afmelden"
    assert "De controle vond geen fouten." in femke.tekst
    assert (
        "Er is al een pakket met deze naam"
        in femke.stuur(f"{BANK}/nieuw", titel="Hondenbelasting afmelden", naar="leeg").tekst
    )
    configuratie = Configuratie(gemeente.installatie, namens="beheer")
    assert configuratie.haal(PROCESPAKKET, naam) is None  # niemand ziet het nog
    femke.naar(f"{BANK}/{naam}/publiceren").stuur(f"{BANK}/{naam}/publiceren", nummer="1.0.0", actie="publiceer")
    assert "Speel eerst de scenario's" in femke.tekst
    for deel in plaats.delen(naam):
        if deel.pad.startswith("scenarios/"):
            plaats.verwijder(naam, deel.pad, versie=deel.versie, wie=FEMKE)
    femke.naar(f"{BANK}/{naam}/publiceren").stuur(f"{BANK}/{naam}/publiceren", nummer="1.0", actie="publiceer")
    assert "drie getallen" in femke.tekst
    femke.stuur(f"{BANK}/{naam}/publiceren", nummer="1.0.0", toelichting="De eerste", actie="publiceer")
    assert femke.pad == f"{BANK}/{naam}/", femke.tekst
    hier = configuratie.haal(PROCESPAKKET, naam)
    assert hier is not None
    assert hier["versie"] == "1.0.0"
    assert not plaats.stand(naam).heeft_wijzigingen
    _tweede_versie_en_terug(configuratie, femke, plaats, naam)


def _tweede_versie_en_terug(configuratie: Configuratie, femke: Venster, plaats: Werkplaats, naam: str) -> None:
    weg = f"formulieren/{naam}-beoordelen.json"
    oud = plaats.lees(naam, weg)
    extra = f"formulieren/{naam}-extra.json"
    plaats.bewaar_samen(
        naam,
        {extra: (oud.inhoud or b"").replace(f"{naam}-beoordelen".encode(), f"{naam}-extra".encode())},
        wie=FEMKE,
        wat="extra",
    )
    femke.naar(f"{BANK}/{naam}/publiceren")
    assert f"{extra}: komt erbij" in femke.tekst
    femke.stuur(f"{BANK}/{naam}/publiceren", nummer="1.1.0", actie="publiceer")
    assert configuratie.haal(FORMULIER, f"{naam}-extra") is not None
    assert (
        "versie 1.1.0 is er al"
        in femke.naar(f"{BANK}/{naam}/publiceren")
        .stuur(f"{BANK}/{naam}/publiceren", nummer="1.1.0", actie="publiceer")
        .tekst
    )
    femke.naar(f"{BANK}/{naam}/versies/1.0.0")
    assert f"{extra}: komt erbij" in femke.tekst
    femke.stuur(f"{BANK}/{naam}/versies/1.0.0/terug")
    assert configuratie.haal(FORMULIER, f"{naam}-extra") is None
    assert (configuratie.haal(PROCESPAKKET, naam) or {})["versie"] == "1.0.0"
    assert re.search(r"1\.0\.0</a>\s*<span[^>]*>Werkt nu", femke.antwoord.text)
    assert femke.naar(f"{BANK}/{naam}/versies/9.9.9").status == 404
    _uitfaseren_en_vier_ogen(configuratie, femke, plaats, naam)


def _uitfaseren_en_vier_ogen(configuratie: Configuratie, femke: Venster, plaats: Werkplaats, naam: str) -> None:
    femke.naar(f"{BANK}/{naam}/").stuur(f"{BANK}/{naam}/uitfaseren")
    assert "Uitgefaseerd" in femke.tekst
    assert not configuratie.neemt_aan(naam)
    assert f"processen/{naam}.bpmn" in plaats.bestanden(naam)  # de werkversie houdt alles
    adres = f"{BANK}/{naam}/publiceren"
    femke.naar(adres).stuur(adres, nummer="2.0.0", actie="publiceer")
    assert "Actief" in femke.tekst
    assert configuratie.neemt_aan(naam)


def test_zip_heen_en_weer(femke: Venster, plaats: Werkplaats) -> None:
    zip_ = femke.http.get(f"{BANK}/{PAKKET}/exporteer")
    with zipfile.ZipFile(io.BytesIO(zip_.content)) as inhoud:
        assert f"{PAKKET}/pakket.toml" in inhoud.namelist()
    femke.naar(f"{BANK}/inlezen")
    data = {"csrf_token": femke.token}
    femke.antwoord = femke.http.post(f"{BANK}/inlezen", data=data, files={"zip": ("p.zip", zip_.content)})
    assert "Dit pakket was er al" in femke.tekst
    assert plaats.bestanden(PAKKET) == plaats.basis(PAKKET)
    _nieuwere_zip(femke, plaats, zip_.content)
    femke.naar(f"{BANK}/inlezen")
    femke.antwoord = femke.http.post(
        f"{BANK}/inlezen", data={"csrf_token": femke.token}, files={"zip": ("p.zip", b"geen zip")}
    )
    assert femke.status == 422
    assert "geen leesbare zip" in femke.tekst
    assert "Kies eerst een zip" in femke.stuur(f"{BANK}/inlezen").tekst


def _nieuwere_zip(femke: Venster, plaats: Werkplaats, oud: bytes) -> None:
    """De leverancier verbetert een product en een scenario; onze eigen regel en producttekst blijven."""
    pad = next(p for p in plaats.bestanden(PAKKET) if p.startswith("producten/"))
    product = json.loads(plaats.lees(PAKKET, pad).inhoud or b"")
    eigen = json.dumps({**product, "samenvatting": "Onze tekst."}).encode()
    plaats.bewaar_samen(PAKKET, {pad: eigen, "verzendregels.json": b"[]"}, wie=FEMKE, wat="eigen aanpassing")
    nieuw = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(oud)) as van, zipfile.ZipFile(nieuw, "w") as naar:
        for naam in van.namelist():
            inhoud = json.dumps({**product, "naam": "Nieuwe naam"}).encode() if naam.endswith(pad) else van.read(naam)
            naar.writestr(naam, inhoud)
    for _ in range(2):  # ook na ongedaan maken en nog eens inlezen
        femke.naar(f"{BANK}/inlezen")
        data = {"csrf_token": femke.token}
        femke.antwoord = femke.http.post(f"{BANK}/inlezen", data=data, files={"zip": ("n.zip", nieuw.getvalue())})
        assert "Uw eigen aanpassingen in 2 bestanden zijn gebleven" in femke.tekst
        samen = json.loads(plaats.lees(PAKKET, pad).inhoud or b"")
        assert (samen["naam"], samen["samenvatting"]) == ("Nieuwe naam", "Onze tekst.")
        assert plaats.lees(PAKKET, "verzendregels.json").inhoud == b"[]"
        plaats.ongedaan(PAKKET, FEMKE)


def test_model_inlezen_en_ongedaan(femke: Venster, plaats: Werkplaats) -> None:
    pad = next(deel.pad for deel in plaats.delen(PAKKET) if deel.pad.endswith(".bpmn"))
    oud = plaats.lees(PAKKET, pad).inhoud or b""
    femke.naar(f"{BANK}/{PAKKET}/proces")
    data, nieuw = {"csrf_token": femke.token}, oud.replace(b"</", b"\n</", 1)
    femke.antwoord = femke.http.post(
        f"{BANK}/{PAKKET}/modellen/processen/inlezen", data=data, files={"bestand": ("x.bpmn", nieuw)}
    )
    assert "is ingelezen" in femke.tekst
    assert plaats.lees(PAKKET, pad).inhoud == nieuw
    femke.stuur(f"{BANK}/{PAKKET}/ongedaan", terug=f"{BANK}/{PAKKET}/proces")
    assert femke.pad == f"{BANK}/{PAKKET}/proces"
    assert plaats.lees(PAKKET, pad).inhoud == oud
    femke.stuur(f"{BANK}/{PAKKET}/modellen/{pad.removesuffix('.bpmn')}/weg")
    femke.naar(f"{BANK}/{PAKKET}/")
    assert "Er is 1 fout" in femke.tekst or "fouten. Zolang" in femke.tekst
    assert (
        femke.naar(f"{BANK}/{PAKKET}/proces").stuur(f"{BANK}/{PAKKET}/ongedaan", terug="https://elders.example/").pad
        == f"{BANK}/{PAKKET}/"
    )
    data = {"csrf_token": femke.naar(f"{BANK}/{PAKKET}/beslissingen").token}
    femke.antwoord = femke.http.post(
        f"{BANK}/{PAKKET}/modellen/beslissingen/inlezen", data=data, files={"bestand": ("x.dmn", b"<a/>")}
    )
    assert "Dit bestand is niet in te lezen." in femke.tekst


def test_de_controle_noemt_de_plek(gemeente: Gemeente, plaats: Werkplaats) -> None:
    motor, bestanden = maak_motor(gemeente.installatie), plaats.bestanden(PAKKET)
    kijk_na(bestanden, motor)
    begin = time.perf_counter()
    assert kijk_na(bestanden, motor).fouten == []
    assert time.perf_counter() - begin < HANGT
    pad = next(p for p in bestanden if p.startswith("zaaktypen/"))
    stuk = {
        **bestanden,
        pad: bestanden[pad].replace(b'"afleidingswijze": "afgehandeld"', b'"afleidingswijze": "termijn"'),
    }
    gevonden = kijk_na(stuk, motor).fouten
    assert gevonden
    assert {(b.pad, b.tab) for b in gevonden} == {(pad, "zaaktype")}
    assert "procestermijn is verplicht" in gevonden[0].tekst
    assert kijk_na({**bestanden, pad: b"{}"}, motor).fouten[0].tekst.endswith("ontbreekt")
