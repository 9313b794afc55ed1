"""De externe taak in de Objecten API heen en terug, en formulieren in FormIO."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from integratie.taken.formulier import eis_componenten, naar_formio, uit_formio
from integratie.taken.objecten import ExterneTaakV2, Koppeling, NietOverTeNemen, lees_taak, schrijf_taak
from integratie.taken.schemas import ExterneTaakUit
from integratie.urn import urn_bsn, urn_kvk, urn_zaak

EIND = date(2026, 12, 1)
BSN = "999990019"
ZAAK = urn_zaak("517439943", "ZAAK-1")
FORMULIER = {"components": [{"label": "Foto", "key": "foto", "type": "file"}]}
BASIS: dict[str, Any] = {
    "titel": "Stuur een foto",
    "status": "open",
    "verwerker_taak_id": str(uuid4()),
    "eigenaar": "gzac",
    "verloopdatum": "2026-12-24T22:59:00Z",
    "identificatie": {"type": "bsn", "value": BSN},
    "koppeling": {"registratie": "zaak", "uuid": str(uuid4())},
}
PORTAAL = {"formulier": {"soort": "id", "value": "foto"}, "data": {"a": 1}}
BETALING = {"bedrag": 12.5, "betaalkenmerk": "Leges", "pspid": "gemeente"}


def taak(soort: str, **velden: Any) -> ExterneTaakV2:
    return ExterneTaakV2.model_validate({**BASIS, "soort": soort, **velden})


@pytest.mark.parametrize(
    ("object_", "formulier", "soort", "verwacht"),
    [
        (taak("url", url={"uri": "https://a.example/x"}), None, "urltaak", {"uitvraagLink": "https://a.example/x"}),
        (taak("ogonebetaling", ogonebetaling=BETALING), None, "betaaltaak", {"bedrag": "12.5"}),
        (
            taak("portaalformulier", portaalformulier=PORTAAL),
            FORMULIER,
            "formuliertaak",
            {"voorinvullenGegevens": {"a": 1}},
        ),
        (
            taak("portaalformulier", portaalformulier={"formulier": {"soort": "url", "value": "https://f.example"}}),
            None,
            "urltaak",
            {"uitvraagLink": "https://f.example"},
        ),
    ],
)
def test_lezen_per_soort(object_: ExterneTaakV2, formulier: Any, soort: str, verwacht: dict[str, Any]) -> None:
    gelezen = lees_taak(object_, anders=EIND, gerelateerd=ZAAK, formulier=formulier)
    assert (gelezen.taak_soort, gelezen.status, gelezen.is_toegewezen_aan) == (soort, "open", urn_bsn(BSN))
    assert gelezen.einddatum_handelings_termijn == date(2026, 12, 24)
    assert [deel.urn for deel in gelezen.is_gerelateerd_aan] == [ZAAK]
    assert gelezen.details.items() >= verwacht.items()


def test_zonder_verloopdatum_of_persoon() -> None:
    kaal = lees_taak(taak("url", url={"uri": "https://a"}, verloopdatum=None, identificatie=None), anders=EIND)
    assert (kaal.einddatum_handelings_termijn, kaal.is_toegewezen_aan, kaal.is_gerelateerd_aan) == (EIND, "", [])
    dag = lees_taak(taak("url", url={"uri": "https://a"}, verloopdatum="2026-12-24"), anders=EIND)
    assert dag.einddatum_handelings_termijn == date(2026, 12, 24)


@pytest.mark.parametrize(
    ("status", "verwacht"),
    [("ingediend", "uitgevoerd"), ("afgerond", "uitgevoerd"), ("verwerkt", "verwerkt"), ("gesloten", "afgebroken")],
)
def test_status(status: str, verwacht: str) -> None:
    assert lees_taak(taak("url", url={"uri": "https://a"}, status=status), anders=EIND).status == verwacht


@pytest.mark.parametrize("object_", [taak("url"), taak("portaalformulier", portaalformulier=PORTAAL)])
def test_wat_niet_kan(object_: ExterneTaakV2) -> None:
    with pytest.raises(NietOverTeNemen):
        lees_taak(object_, anders=EIND)


@pytest.mark.parametrize(
    ("soort", "details"),
    [
        ("urltaak", {"uitvraagLink": "https://a.example"}),
        ("betaaltaak", {"bedrag": "12.50", "transactieomschrijving": "Leges", "doelrekening": {"code": "gemeente"}}),
        ("formuliertaak", {"formulierDefinitie": FORMULIER, "ontvangenGegevens": {"foto": "x"}}),
    ],
)
def test_schrijven_en_weer_lezen(soort: str, details: dict[str, Any]) -> None:
    uuid = uuid4()
    invoer = {"titel": "Taak", "taakSoort": soort, "details": details, "status": "uitgevoerd", "startdatum": EIND}
    invoer |= {"einddatumHandelingsTermijn": EIND, "isToegewezenAan": urn_kvk("69599084"), "url": "https://t/1"}
    uit = ExterneTaakUit.model_validate({**invoer, "urn": "urn:nld:x:y", "uuid": uuid})
    koppeling = Koppeling(registratie="zaak", uuid=UUID(int=1))
    data = schrijf_taak(uit, koppeling=koppeling)
    assert (data["status"], data["verwerker_taak_id"]) == ("afgerond", str(uuid))
    assert data["koppeling"] == {"registratie": "zaak", "uuid": str(UUID(int=1))}
    terug = lees_taak(ExterneTaakV2.model_validate(data), anders=EIND, formulier=FORMULIER if "form" in soort else None)
    assert (terug.taak_soort, terug.status, terug.einddatum_handelings_termijn) == (soort, "uitgevoerd", EIND)
    assert terug.is_toegewezen_aan == uit.is_toegewezen_aan


def test_tijdstip_zonder_zone_is_nederlands() -> None:
    moment = datetime(2026, 12, 24, 23, 30, tzinfo=UTC)
    link = {"uri": "https://a"}
    assert lees_taak(taak("url", url=link, verloopdatum=moment), anders=EIND).einddatum_handelings_termijn.day == 25
    zonder = taak("url", url=link, verloopdatum="2026-12-24T23:30:00")
    assert lees_taak(zonder, anders=EIND).einddatum_handelings_termijn.day == 24


EIGEN = {
    "slug": "foto",
    "stappen": [
        {
            "naam": "een",
            "componenten": [
                {"type": "file", "key": "foto", "label": {"nl": "Foto", "en": "Photo"}},
                {"type": "content", "key": "uitleg", "html": {"nl": "<p>Hallo</p>"}},
            ],
        }
    ],
}


def test_eigen_formulier_wordt_formio_en_komt_terug() -> None:
    formio = naar_formio(EIGEN)
    assert [deel["label"] for deel in formio["components"]] == ["Foto", ""]
    assert formio["components"][1]["html"] == "<p>Hallo</p>"
    assert eis_componenten(formio) == formio
    assert uit_formio(formio, "Titel") == EIGEN
    assert naar_formio(formio) == formio


def test_formulier_van_een_ander_is_een_stap() -> None:
    eigen = uit_formio(FORMULIER, "Stuur een foto")
    assert eigen["naam"] == {"nl": "Stuur een foto"}
    assert [stap["componenten"] for stap in eigen["stappen"]] == [FORMULIER["components"]]


@pytest.mark.parametrize(
    "fout", [{}, {"components": "x"}, {"components": ["x"]}, {"components": [{"key": "a", "type": "b"}]}]
)
def test_formio_zonder_wat_verplicht_is(fout: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"omponent"):
        eis_componenten(fout)
