"""Willekeurige definities en invoer: nooit een uitzondering, altijd een leesbare fout, niets dat niet ontsnapt is."""

import json
from typing import Any

import html5lib
import pytest
from flask import Flask, render_template_string
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

import formuliermotor
from formuliermotor import DefinitieFout, Definitiefoutregel, Formulierdefinitie, Formulierweergave, lees_definitie
from huisstijl import registreer
from tests.eenheid.formuliermotor.hulp import document, vraag

KWAAD = "\"'><img src=x onerror=alert(1)><script>alert(1)</script>{{7*7}}"
SOORTEN = [
    "textfield", "textarea", "email", "phoneNumber", "number", "currency", "date", "radio", "selectboxes", "select",
    "checkbox", "postcode", "addressNL", "bsn", "iban", "licenseplate", "file",
]  # fmt: skip
TEKST = st.one_of(st.text(max_size=30), st.sampled_from([KWAAD, "ja", "a", "1", "31", "2024", "0", "-1", "1e9", "٣"]))
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), TEKST),
    lambda kind: st.one_of(st.lists(kind, max_size=3), st.dictionaries(TEKST, kind, max_size=3)),
    max_leaves=8,
)
RUSTIG = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _app() -> Flask:
    app = Flask("fuzz")
    registreer(app, titel="Proef")
    formuliermotor.registreer(app)
    return app


APP = _app()
PAGINA = '{% import "formuliermotor/stap.html" as f %}{{ f.stapkop(p) }}{{ f.stapformulier(p) }}{{ f.samenvatting(s) }}'


def _gelezen(data: Any) -> Formulierdefinitie | list[Definitiefoutregel]:
    """De definitie, of de (nooit lege) lijst fouten."""
    try:
        return lees_definitie(data)
    except DefinitieFout as fout:
        return fout.fouten or pytest.fail("geweigerd zonder uitleg")


@st.composite
def componenten(trek: st.DrawFn) -> list[dict[str, Any]]:
    """Geldige vragen met kwade teksten, deels in groepen en herhalingen."""
    uit: list[dict[str, Any]] = []
    for nummer, soort in enumerate(trek(st.lists(st.sampled_from(SOORTEN), min_size=1, max_size=4))):
        eisen = {"required": trek(st.booleans()), "minLength": trek(st.integers(0, 3))}
        deel = vraag(soort, f"v{nummer}", validate=eisen, description=KWAAD)
        deel["label"] = trek(st.sampled_from(["Vraag", KWAAD]))
        deel["toonAls"] = trek(st.sampled_from(["true", "v0 != null", "false", "v0 > 1"]))
        if trek(st.integers(0, 4)) == 0:
            deel = {"type": "fieldset", "key": f"g{nummer}", "label": KWAAD, "components": [deel]}
        elif trek(st.integers(0, 3)) == 0:
            deel = {"type": "editgrid", "key": f"h{nummer}", "label": KWAAD, "components": [deel]}
        uit.append(deel)
    return uit


NAMEN = [
    f"v{n}{deel}"
    for n in range(4)
    for deel in ("", "-dag", "-maand", "-jaar", "-postcode", "-huisnummer", "-huisletter")
]
NAMEN += [f"h{n}-{r}-v{n}{d}" for n in range(4) for r in range(2) for d in ("", "-dag", "-jaar")]
NAMEN += [f"h{n}-rijen" for n in range(4)] + ["_velden", "actie"]


@given(data=JSON)
@RUSTIG
def test_elk_document_wordt_gelezen_of_geweigerd(data: Any) -> None:
    assert _gelezen(data) is not None


@given(
    deel=st.dictionaries(
        st.sampled_from(
            [
                "type",
                "key",
                "label",
                "validate",
                "toonAls",
                "values",
                "columns",
                "components",
                "data",
                "html",
                "defaultValue",
                "prefill",
                "conditional",
                "errors",
            ]
        ),
        JSON,
        max_size=6,
    ),
    soort=st.sampled_from([*SOORTEN, "editgrid", "columns", "content"]),
)
@RUSTIG
def test_elk_onderdeel_wordt_gelezen_of_geweigerd(deel: dict[str, Any], soort: str) -> None:
    gelezen = _gelezen(document({"type": soort, "key": "v", "label": "V", **deel}))
    if isinstance(gelezen, Formulierdefinitie):
        weergave = Formulierweergave(gelezen)
        _doorloop(weergave, {}, weergave.beginwaarden())


@given(
    delen=componenten(),
    invoer=st.dictionaries(st.sampled_from(NAMEN), TEKST, max_size=12),
    gegevens=st.dictionaries(
        st.sampled_from([f"v{n}" for n in range(4)] + [f"h{n}" for n in range(4)]), JSON, max_size=4
    ),
    taal=st.sampled_from(["nl", "en"]),
)
@settings(RUSTIG, max_examples=150)
def test_elke_invoer_geeft_een_pagina(
    delen: list[dict[str, Any]], invoer: dict[str, str], gegevens: dict[str, Any], taal: str
) -> None:
    _doorloop(Formulierweergave(lees_definitie(document(*delen)), taal), invoer, gegevens)


def _doorloop(weergave: Formulierweergave, invoer: dict[str, str], gegevens: dict[str, Any]) -> None:
    formdata = MultiDict(invoer)
    uitkomst = weergave.controleer("een", formdata, gegevens=gegevens)
    bewerkt = weergave.bewerk("een", formdata, gegevens=gegevens)
    weergave.afronden(uitkomst.waarden)
    json.dumps(weergave.afronden(gegevens).waarden)
    for pagina in (uitkomst.formulier, weergave.stap("een", bewerkt)):
        _toets_html(pagina, weergave.samenvatting(bewerkt))


def _toets_html(pagina: Any, secties: Any) -> None:
    with APP.test_request_context("/"):
        html = render_template_string(PAGINA, p=pagina, s=secties)
    assert "<img" not in html
    assert "<script" not in html
    assert "49" not in html or "7*7" in html
    boom = html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)
    assert not [e.tag for e in boom.iter() if e.tag in ("img", "script")]
    assert not [n for e in boom.iter() for n in e.attrib if str(n).startswith("on")]
