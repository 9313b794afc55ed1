"""Invullen, regels, controles, de weg door het formulier en de samenvatting."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from werkzeug.datastructures import FileStorage, MultiDict

from formuliermotor import Formulierweergave
from formuliermotor.samenvatting import Bijlage
from formuliermotor.weergave import Controle
from tests.eenheid.formuliermotor.hulp import definitie, vraag, weergave

HUUR = vraag("radio", "eigendom", values=[{"value": "eigen", "label": "Ja"}, {"value": "huur", "label": "Nee"}])
VERHUURDER = vraag(key="verhuurder", toonAls='eigendom = "huur"', validate={"required": True})
RIJEN: dict[str, Any] = {
    "type": "editgrid", "key": "bewoners", "label": "Bewoners", "groupLabel": "Bewoner",
    "components": [
        vraag(key="naam", validate={"required": True}),
        vraag("checkbox", "kind"),
        vraag("bsn", "bsn", toonAls="kind", validate={"required": True}),
    ],
}  # fmt: skip


def teksten(uitkomst: Controle) -> list[str]:
    return [fout.tekst for fout in uitkomst.fouten]


@pytest.mark.parametrize(
    ("soort", "invoer", "waarde", "tekst"),
    [
        ("textfield", {"v": "Jan"}, "Jan", "Jan"),
        ("textarea", {"v": "a\nb"}, "a\nb", "a\nb"),
        ("email", {"v": "a@b.nl"}, "a@b.nl", "a@b.nl"),
        ("phoneNumber", {"v": "0612345678"}, "+31612345678", "+31612345678"),
        ("number", {"v": "12"}, 12, "12"),
        ("number", {"v": "1.200,5"}, 1200.5, "1.200,5"),
        ("currency", {"v": "9,95"}, 9.95, "€\u00a09,95"),
        ("date", {"v-dag": "1", "v-maand": "2", "v-jaar": "2024"}, "2024-02-01", "1 februari 2024"),
        ("radio", {"v": "b"}, "b", "Tweede"),
        ("select", {"v": "a"}, "a", "Eerste"),
        ("selectboxes", {"v": "a"}, ["a"], "Eerste"),
        ("checkbox", {"v": "ja"}, True, "Ja"),
        ("postcode", {"v": "1234 ab"}, "1234AB", "1234AB"),
        ("bsn", {"v": "123456782"}, "123456782", "123456782"),
        ("iban", {"v": "NL91ABNA0417164300"}, "NL91ABNA0417164300", "NL91ABNA0417164300"),
        ("licenseplate", {"v": "ab123c"}, "AB-123-C", "AB-123-C"),
        ("addressNL", {"v-postcode": "1234ab", "v-huisnummer": "5"}, {"postcode": "1234AB", "huisnummer": 5}, "1234 AB 5"),
    ],
)  # fmt: skip
def test_elke_vraag_van_invoer_tot_samenvatting(soort: str, invoer: dict[str, str], waarde: Any, tekst: str) -> None:
    w = weergave(vraag(soort, validate={"required": True}))
    uitkomst = w.controleer("een", invoer)
    assert teksten(uitkomst) == []
    assert (
        {s: x for s, x in uitkomst.waarden["v"].items() if x} == waarde
        if soort == "addressNL"
        else uitkomst.waarden["v"] == waarde
    )
    assert teksten(w.afronden(uitkomst.waarden)) == []
    assert w.samenvatting(uitkomst.waarden)[0].regels[0].antwoord == tekst
    assert w.stap("een", uitkomst.waarden).form["v"].data is not None
    assert teksten(w.controleer("een", {"_velden": "v"})) != []


def test_verborgen_vraag_is_niet_verplicht_en_komt_niet_in_de_inzending() -> None:
    w = weergave(HUUR, VERHUURDER)
    eigen = w.controleer("een", {"eigendom": "eigen", "verhuurder": "stiekem"})
    assert teksten(eigen) == []
    assert w.afronden(eigen.waarden).waarden == {"eigendom": "eigen"}
    assert [regel.sleutel for regel in w.samenvatting(eigen.waarden)[0].regels] == ["eigendom"]
    assert teksten(w.controleer("een", {"eigendom": "huur"})) == ["Vul “Vraag verhuurder” in."]


def test_indienen_rekent_de_regels_opnieuw() -> None:
    """Wie na de controle een antwoord wijzigt, komt niet langs een vraag die dan verplicht is."""
    w = weergave(HUUR, VERHUURDER)
    assert teksten(w.afronden({"eigendom": "huur"})) == ["Vul “Vraag verhuurder” in."]
    assert teksten(w.afronden({"eigendom": "verzonnen"})) == ["Kies een van de mogelijkheden."]


def test_logica_acties() -> None:
    w = weergave(
        vraag("number", "nachten"), vraag(key="reden"), vraag(key="extra", hidden=True), vraag(key="klasse"),
        logica=[{"als": "nachten > 30", "acties": [
            {"actie": "verplicht", "doel": "reden"}, {"actie": "toon", "doel": "extra"},
            {"actie": "zet", "doel": "klasse", "waarde": 'if nachten > 60 then "hoog" else "midden"'},
        ]}, {"als": "nachten = 1", "acties": [{"actie": "verberg", "doel": "reden"}]}],
    )  # fmt: skip
    veel = w.toestand({"nachten": 61})
    assert "reden" in veel.verplicht
    assert "extra" in veel.zichtbaar
    assert veel.waarden["klasse"] == "hoog"
    weinig = w.toestand({"nachten": 1, "reden": "x"})
    assert "reden" not in weinig.zichtbaar
    assert weinig.waarden == {"nachten": 1}


def test_ketting_van_verborgen_vragen() -> None:
    w = weergave(HUUR, VERHUURDER, vraag(key="adres", toonAls='verhuurder != null and verhuurder != ""'))
    assert w.toestand({"eigendom": "huur", "verhuurder": "x"}).zichtbaar == {"eigendom", "verhuurder", "adres"}
    assert w.toestand({"eigendom": "eigen", "verhuurder": "x", "adres": "y"}).zichtbaar == {"eigendom"}


def test_regels_die_elkaar_tegenspreken_stoppen() -> None:
    w = weergave(vraag(key="a", toonAls="b = null"), vraag(key="b", toonAls="a = null"))
    assert w.toestand({"a": "1", "b": "2"}).stappen == ("een",)


def test_stappen_overslaan_en_de_weg_heen_en_terug() -> None:
    stappen = [
        {"naam": "een", "titel": "1", "componenten": [HUUR]},
        {"naam": "twee", "titel": "2", "toonAls": 'eigendom = "eigen"', "componenten": [vraag(key="x", validate={"required": True})]},
        {"naam": "drie", "titel": "3", "componenten": [vraag(key="y")]},
        {"naam": "vier", "titel": "4", "componenten": [vraag(key="z")]},
    ]  # fmt: skip
    w = weergave(
        stappen=stappen, logica=[{"als": 'eigendom = "eigen"', "acties": [{"actie": "sla_stap_over", "doel": "vier"}]}]
    )
    huur, eigen = {"eigendom": "huur"}, {"eigendom": "eigen"}
    assert w.stappen(huur) == ("een", "drie", "vier")
    assert (w.volgende("een", huur), w.volgende("een", eigen), w.volgende("drie", eigen)) == ("drie", "twee", None)
    assert (w.vorige("drie", huur), w.vorige("een", huur)) == ("een", None)
    assert (w.stap("drie", huur).nummer, w.stap("drie", huur).totaal) == (2, 3)
    assert teksten(w.afronden(huur)) == []
    assert w.afronden(eigen).formulier.naam == "twee"  # type: ignore[union-attr]  # er is een fout
    with pytest.raises(KeyError):
        w.stap("onbekend", {})


def test_eerst_soorten_dan_regels() -> None:
    regel = {"regel": "tot >= van", "melding": {"nl": "Einde voor begin.", "en": "End before start."}}
    vragen = (vraag("number", "van"), vraag("number", "tot", validate={"regels": [regel]}))
    w = weergave(*vragen)
    assert teksten(w.controleer("een", {"van": "5", "tot": "3"})) == ["Einde voor begin."]
    assert "getal" in teksten(w.controleer("een", {"van": "5", "tot": "drie"}))[0]
    assert teksten(w.controleer("een", {"van": "", "tot": "3"})) == []  # een regel over een leeg antwoord wacht
    assert teksten(weergave(*vragen, taal="en").controleer("een", {"van": "5", "tot": "3"})) == ["End before start."]


def test_datum_van_vandaag_komt_van_de_klok() -> None:
    regel = {"regel": "v < today()", "melding": "Niet in de toekomst."}
    w = Formulierweergave(
        definitie(vraag("date", validate={"regels": [regel]})), klok=lambda: datetime(2020, 1, 1, tzinfo=UTC)
    )
    assert teksten(w.afronden({"v": "2021-01-01"})) == ["Niet in de toekomst."]
    assert teksten(w.afronden({"v": "2019-01-01"})) == []


def test_context_van_de_aanmelding() -> None:
    d = definitie(vraag(toonAls='aanmelding.soort = "ondernemer"'))
    assert "v" in Formulierweergave(d, "nl", {"aanmelding": {"soort": "ondernemer"}}).toestand({}).zichtbaar
    assert "v" not in Formulierweergave(d, "nl", {"aanmelding": {"soort": "inwoner"}}).toestand({}).zichtbaar
    assert "v" not in Formulierweergave(d).toestand({"aanmelding": {"soort": "ondernemer"}}).zichtbaar


def test_eenvoudige_voorwaarde_van_formio() -> None:
    toon: dict[str, Any] = {"conditional": {"show": True, "when": "v", "eq": "a"}}
    verberg: dict[str, Any] = {"conditional": {"show": False, "when": "v", "eq": "a"}}
    w = weergave(vraag("selectboxes"), vraag(key="t", **toon), vraag(key="u", **verberg))
    assert w.toestand({"v": ["a"]}).zichtbaar == {"v", "t"}
    assert w.toestand({"v": ["b"]}).zichtbaar == {"v", "u"}
    assert "u" in w.toestand({}).zichtbaar


def test_grenzen_patroon_en_lengte() -> None:
    w = weergave(
        vraag("number", "n", validate={"min": 1, "max": 60}),
        vraag(key="p", validate={"pattern": "[A-Z]{2}[0-9]+", "maxLength": 4}),
    )
    assert teksten(w.controleer("een", {"n": "61", "p": "AB12"})) == ["Vul 60 of minder in."]
    assert "goede vorm" in teksten(w.controleer("een", {"n": "1", "p": "xAB1"}))[0]
    assert "hoogstens 4" in teksten(w.controleer("een", {"n": "1", "p": "AB123"}))[0]
    assert "te lang" in teksten(w.controleer("een", {"n": "1234567890123456", "p": "AB1"}))[0]


def test_patroon_dat_anderen_laat_vastlopen_is_snel() -> None:
    w = weergave(vraag(validate={"pattern": "(a+)+"}))
    assert teksten(w.controleer("een", {"v": "a" * 900 + "b"})) != []


def test_herhaling() -> None:
    w = weergave(RIJEN)
    gegevens = w.bewerk("een", {"actie": "rij-erbij:bewoners", "bewoners-rijen": ""})
    gegevens = w.bewerk(
        "een", {"actie": "rij-erbij:bewoners", "bewoners-rijen": "0", "bewoners-0-naam": "Kim"}, gegevens=gegevens
    )
    assert gegevens == {"bewoners": [{"naam": "Kim"}, {}]}
    invoer = {"bewoners-rijen": "0,1", "bewoners-0-naam": "Kim", "bewoners-1-naam": "", "bewoners-1-kind": "ja"}
    uitkomst = w.controleer("een", invoer, gegevens=gegevens)
    assert [(fout.id, fout.tekst) for fout in uitkomst.fouten] == [
        ("bewoners-1-naam", "Vul “Vraag naam” in."), ("bewoners-1-bsn", "Vul “Vraag bsn” in."),
    ]  # fmt: skip
    over = w.bewerk("een", {**invoer, "actie": "rij-weg:bewoners:0"}, gegevens=gegevens)
    assert over == {"bewoners": [{"kind": True}]}
    secties = w.samenvatting({"bewoners": [{"naam": "Kim"}]})
    assert [(s.titel, s.niveau, [r.antwoord for r in s.regels]) for s in secties] == [
        ("Een", 2, []), ("Bewoner 1", 3, ["Kim", ""]),
    ]  # fmt: skip


def test_logica_per_rij() -> None:
    w = weergave(RIJEN)
    rijen = [{"naam": "Kim", "bsn": "123456782"}, {"naam": "Sam", "kind": True, "bsn": "123456782"}]
    assert w.afronden({"bewoners": rijen}).waarden == {"bewoners": [{"naam": "Kim"}, rijen[1]]}


def test_verplichte_en_volle_herhaling() -> None:
    w = weergave({**RIJEN, "validate": {"required": True}, "maxRijen": 2})
    assert teksten(w.afronden({})) == ["Vul bij “Bewoners” minstens 1 in."]
    assert teksten(w.afronden({"bewoners": [{"naam": "a"}] * 3})) == ["Vul er hoogstens 2 in."]
    assert len(w.bewerk("een", {"actie": "rij-erbij:bewoners"}, gegevens={"bewoners": [{}, {}]})["bewoners"]) == 2


def _bewaar(bestand: FileStorage) -> dict[str, Any]:
    return {
        "id": f"id-{bestand.filename}",
        "naam": bestand.filename,
        "grootte": len(bestand.read()),
        "mediatype": "application/pdf",
    }


def test_bestanden_worden_bewaard_ook_als_een_ander_veld_fout_is() -> None:
    w = Formulierweergave(
        definitie(vraag("file", validate={"required": True}), vraag(key="w", validate={"required": True})),
        bewaar=_bewaar,
    )
    upload = FileStorage(BytesIO(b"%PDF-1.7 x"), filename="a.pdf")
    uitkomst = w.controleer("een", {"w": ""}, MultiDict([("v", upload)]))
    assert teksten(uitkomst) == ["Vul “Vraag w” in."]
    assert uitkomst.waarden["v"] == [{"id": "id-a.pdf", "naam": "a.pdf", "grootte": 10, "mediatype": "application/pdf"}]
    assert teksten(w.controleer("een", {"w": "x", "_velden": "v,w"}, gegevens=uitkomst.waarden)) == []
    assert w.bewerk("een", {"actie": "verwijder-bestand:v:id-a.pdf"}, gegevens=uitkomst.waarden)["v"] == []


def test_twee_bestanden_met_dezelfde_naam_zijn_te_onderscheiden() -> None:
    w = Formulierweergave(definitie(vraag("file", multiple=True), vraag("file", key="w")), bewaar=_bewaar)

    def uploads(*velden: str) -> MultiDict[str, FileStorage]:
        return MultiDict([(veld, FileStorage(BytesIO(b"%PDF-1.7"), filename="foto.PDF")) for veld in velden])

    eerst = w.controleer("een", {"_velden": "v,w"}, uploads("v", "v")).waarden
    daarna = w.controleer("een", {"_velden": "v,w"}, uploads("v", "w"), gegevens=eerst).waarden
    assert [bestand["naam"] for bestand in daarna["v"]] == ["foto.PDF", "foto (2).PDF", "foto (3).PDF"]
    assert daarna["w"][0]["naam"] == "foto (4).PDF"


@pytest.mark.parametrize(
    ("verwijzing", "document"),
    [
        ({"id": "5d1c", "naam": "a.pdf"}, ""),
        ({"id": "https://host/documenten/api/v1/enkelvoudiginformatieobjecten/5d1c", "naam": "a.pdf"}, "5d1c"),
        ({"informatieObject": "urn:nld:123456782:informatieobject:uuid:5d1c", "naam": "a.pdf"}, "5d1c"),
    ],
)
def test_bijlagen_in_de_samenvatting(verwijzing: dict[str, str], document: str) -> None:
    (sectie,) = weergave(vraag("file")).samenvatting({"v": [verwijzing]})
    assert sectie.regels[0].antwoord == "a.pdf"
    assert sectie.regels[0].bijlagen == (Bijlage("a.pdf", document),)


def test_geweigerd_bestand_wordt_niet_bewaard() -> None:
    w = Formulierweergave(definitie(vraag("file")), bewaar=lambda b: pytest.fail(f"{b.filename} is toch bewaard"))
    uitkomst = w.controleer("een", {}, {"v": FileStorage(BytesIO(b"MZ"), filename="a.pdf")})
    assert "kunnen wij niet gebruiken" in teksten(uitkomst)[0]
    assert "v" not in uitkomst.waarden


def test_bestand_in_een_herhaling() -> None:
    rijen = {"type": "editgrid", "key": "r", "label": "R", "components": [vraag("file")]}
    w = Formulierweergave(definitie(rijen), bewaar=_bewaar)
    upload = FileStorage(BytesIO(b"%PDF-1.7"), filename="a.pdf")
    uitkomst = w.controleer("een", {"r-rijen": "0"}, {"r-0-v": upload}, gegevens={"r": [{}]})
    assert uitkomst.waarden["r"][0]["v"][0]["id"] == "id-a.pdf"
    assert w.bewerk("een", {"actie": "verwijder-bestand:r-0-v:id-a.pdf"}, gegevens=uitkomst.waarden) == {
        "r": [{"v": []}]
    }


def test_onleesbaar_antwoord_wist_de_rest_niet() -> None:
    w = weergave(vraag("number", "n"), vraag())
    uitkomst = w.controleer("een", {"n": "veel", "v": "goed"}, gegevens={"n": 3, "elders": "blijft"})
    assert uitkomst.waarden == {"v": "goed", "elders": "blijft"}
    assert 'value="veel"' in uitkomst.formulier.form["n"]()  # type: ignore[union-attr]  # de pagina met fouten


def test_leeg_vinkje_telt_als_nee_alleen_als_het_er_stond() -> None:
    w = weergave(vraag("checkbox"))
    assert w.bewerk("een", {"_velden": "v"}, gegevens={"v": True})["v"] is False
    assert w.bewerk("een", {}, gegevens={"v": True})["v"] is True


def test_beginwaarden() -> None:
    w = weergave(vraag(defaultValue="standaard"), vraag("date", "d"), vraag(key="leeg"))
    assert w.beginwaarden({"d": "2020-01-01", "onbekend": 1, "leeg": None}) == {"v": "standaard", "d": "2020-01-01"}


def test_engels() -> None:
    w = weergave(vraag(label={"nl": "Naam", "en": "Name"}, validate={"required": True}), taal="en")
    assert teksten(w.controleer("een", {"v": ""})) == ["Enter “Name”."]
    assert w.samenvatting({"v": "x"})[0].regels[0].vraag == "Name"


def test_eigen_melding_bij_verplicht() -> None:
    w = weergave(vraag(validate={"required": True}, errors={"required": "Zonder naam kunnen wij u niet helpen."}))
    assert teksten(w.controleer("een", {"v": ""})) == ["Zonder naam kunnen wij u niet helpen."]
