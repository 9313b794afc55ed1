"""Rechten geven aan een onderdeel dat geen registratie is, zoals een beheerder dat in de Autorisaties API doet."""

from typing import Any

import pytest

from integratie.autorisaties import AutorisatiesClient
from integratie.autorisaties.schemas import ApplicatieIn, ApplicatieUit
from integratie.basis import ApiClient, ApiFout
from kern.installatie import Installatie

PROEF = "proef"


def geef_rechten(
    installatie: Installatie, *autorisaties: dict[str, Any], namens: str = PROEF, **velden: Any
) -> ApplicatieUit:
    """Een Applicatie voor `dienstverlening-<namens>`; zonder autorisaties mag zij alles."""
    applicatie = ApplicatieIn.model_validate(
        {
            "client_ids": [f"dienstverlening-{namens}"],
            "label": namens,
            "heeft_alle_autorisaties": not autorisaties,
            "autorisaties": autorisaties,
            **velden,
        }
    )
    return AutorisatiesClient(installatie, namens="autorisaties").maak_applicatie(applicatie)


def fouten_van(client: ApiClient, methode: str, pad: str, json: Any = None) -> dict[str, str]:
    """De fouten (naam → code) van een verzoek dat 400 moet geven; zonder veldfouten de hoofdcode onder `status`."""
    with pytest.raises(ApiFout) as fout:
        client.vraag(methode, pad, json=json)
    assert fout.value.status == 400, fout.value
    return {deel.naam: deel.code for deel in fout.value.fouten} or {"status": fout.value.code}


def status_van(client: ApiClient, methode: str, pad: str, json: Any = None, **params: Any) -> int:
    """De foutstatus van een verzoek dat moet mislukken."""
    with pytest.raises(ApiFout) as fout:
        client.vraag(methode, pad, json=json, params=params)
    return fout.value.status
