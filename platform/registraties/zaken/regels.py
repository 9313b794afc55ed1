"""De regels van de Zaken API: één functie per regel uit de standaard, met haar code in de docstring."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import exists, func, or_, select

from integratie.referentielijsten.client import openbaar_pad
from integratie.zaken.schemas import ResultaatIn, RolIn, StatusIn, ZaakEigenschapIn, ZaakIn, ZaakInformatieObjectIn
from kern.fouten import ParamFout, Probleem
from kern.klok import NEDERLAND
from kit import Wijziging
from kit.bron import Regel
from kit.nummers import Nummering
from kit.regels import UITLEG, genummerd, is_ingericht, lijnnaam, onveranderlijk, staat_in, uniek
from registraties.zaken.archiveren import actiedatum, later
from registraties.zaken.modellen import (
    ZAAKNUMMER,
    Resultaat,
    Rol,
    Status,
    Zaak,
    ZaakEigenschap,
    ZaakInformatieObject,
    ZaakObject,
)
from registraties.zaken.rechten import GEFORCEERD

Fouten = Iterable[ParamFout]
ENKELE_ROLLEN = ("initiator", "zaakcoordinator")
RUIMTE_VOOR_KLOKVERSCHIL = timedelta(minutes=1)
TE_VROEG = "De datum ligt voor de startdatum van de zaak."


# zaak


def leid_zaak_af(w: Wijziging[ZaakIn]) -> Fouten:
    """zrc-009: va van het zaaktype als die niet is meegegeven. Verder de datums die [OZ] afleidt, en de registratiedatum."""
    zaaktype = w.haal(w.nieuw.zaaktype) or {}
    w.waarden["vertrouwelijkheidaanduiding"] = w.nieuw.vertrouwelijkheidaanduiding or zaaktype.get(
        "vertrouwelijkheidaanduiding", "openbaar"
    )
    w.waarden["registratiedatum"] = (
        w.nieuw.registratiedatum or (w.oud or {}).get("registratiedatum") or w.omgeving.installatie.klok.vandaag()
    )
    eerder = (w.oud or {}).get("opschorting") or {}
    voorbij = eerder.get("indicatie") and not w.nieuw.opschorting.indicatie
    w.waarden["opschorting"]["eerdereOpschorting"] = bool(eerder.get("eerdereOpschorting") or voorbij)
    w.waarden["relevante_andere_zaken"] = [
        {naam: waarde for naam, waarde in relatie.items() if waarde} for relatie in w.waarden["relevante_andere_zaken"]
    ]
    if w.aanmaken:
        for veld, bron in (("einddatum_gepland", "servicenorm"), ("uiterlijke_einddatum_afdoening", "doorlooptijd")):
            if w.waarden[veld] is None and zaaktype.get(bron):
                w.waarden[veld] = later(w.nieuw.startdatum, zaaktype[bron])
    return ()


def zaaktype_past_bij_onderdelen(w: Wijziging[ZaakIn]) -> Fouten:
    """zrc-001: een ander zaaktype mag zolang er nog niets onder de zaak hangt dat bij het oude zaaktype hoort."""
    if not w.verandert("zaaktype"):
        return
    onderdelen = (Status.zaak, Resultaat.zaak, Rol.zaak, ZaakEigenschap.zaak, ZaakInformatieObject.zaak)
    hangt = [exists().where(kolom == w.id) for kolom in onderdelen]
    hangt.append(exists().where(ZaakObject.zaak == w.id, ZaakObject.zaakobjecttype.is_not(None)))
    if w.verbinding.execute(select(or_(*hangt))).scalar():
        yield ParamFout(
            "zaaktype", "wijzigen-niet-toegelaten", "Onder deze zaak hangen gegevens van het zaaktype dat zij nu heeft."
        )


NUMMERING = Nummering(ZAAKNUMMER, "ZAAK", Zaak)
nummer_de_zaak = genummerd(NUMMERING, "startdatum")  # zrc-002
identificatie_is_uniek = uniek(
    "bronorganisatie", "identificatie", code="identificatie-niet-uniek", naam="identificatie"
)


identificatie_blijft = onveranderlijk("identificatie", "bronorganisatie", leeg_mag=True)  # zrc-002


def hoofdzaak_is_geen_deelzaak(w: Wijziging[ZaakIn]) -> Fouten:
    """zrc-013: een hoofdzaak is niet de zaak zelf en niet zelf een deelzaak; een zaak met deelzaken wordt geen deelzaak."""
    hoofd = w.waarden["hoofdzaak"]
    if hoofd is None:
        return
    if hoofd == w.id:
        yield ParamFout("hoofdzaak", "self-forbidden", "Een zaak kan niet haar eigen hoofdzaak zijn.")
    elif w.rij(Zaak, hoofd).get("hoofdzaak") is not None or _heeft_deelzaken(w):
        yield ParamFout("hoofdzaak", "deelzaak-als-hoofdzaak", "Een deelzaak kan geen hoofdzaak zijn.")


def deelzaak_past_bij_hoofdzaak(w: Wijziging[ZaakIn]) -> Fouten:
    """zrc-013 [OZ]: noemt het zaaktype van de hoofdzaak deelzaaktypen, dan is dit er een van."""
    if w.waarden["hoofdzaak"] is None or not (w.aanmaken or w.verandert("hoofdzaak")):
        return
    hoofdzaak = w.rij(Zaak, w.waarden["hoofdzaak"])
    if w.waarden["hoofdzaak"] == w.id or hoofdzaak["hoofdzaak"]:
        return  # dan kan zij geen hoofdzaak zijn, wat haar zaaktype ook is
    hoofd = w.type_van(hoofdzaak["zaaktype"])
    zaaktype = w.haal(w.nieuw.zaaktype) or {}
    toegestaan = hoofd.get("deelzaaktypen") or []
    namen = hoofd.get("deelzaaktypeIdentificaties") or []
    if toegestaan and zaaktype.get("url") not in toegestaan and zaaktype.get("identificatie") not in namen:
        yield ParamFout("hoofdzaak", "invalid-deelzaaktype", "Dit zaaktype hoort niet bij dat van de hoofdzaak.")


def _heeft_deelzaken(w: Wijziging[ZaakIn]) -> bool:
    return w.verbinding.execute(select(Zaak.id).where(Zaak.hoofdzaak == w.id).limit(1)).first() is not None


def betaaldatum_past_bij_indicatie(w: Wijziging[ZaakIn]) -> Fouten:
    """zrc-014: een nieuwe zaak met `nvt` heeft geen betaaldatum, bij wijzigen naar `nvt` vervalt zij; nooit in de toekomst."""
    datum = w.nieuw.laatste_betaaldatum
    if datum is None:
        return
    if w.nieuw.betalingsindicatie == "nvt":
        if w.aanmaken:
            yield ParamFout("laatsteBetaaldatum", "betaling-nvt", "Bij betaling 'nvt' hoort geen betaaldatum.")
        w.waarden["laatste_betaaldatum"] = None
    elif datum > w.nu:
        yield ParamFout("laatsteBetaaldatum", "future_not_allowed", "De betaaldatum ligt in de toekomst.")


def producten_horen_bij_zaaktype(w: Wijziging[ZaakIn]) -> Fouten:
    """zrc-015: productenOfDiensten is een deelverzameling van die van het zaaktype."""
    toegestaan = (w.haal(w.nieuw.zaaktype) or {}).get("productenOfDiensten") or []
    if set(w.nieuw.producten_of_diensten) - set(toegestaan):
        yield ParamFout("productenOfDiensten", "invalid-products-services", "Dit product hoort niet bij het zaaktype.")


def relevante_zaken_bestaan(w: Wijziging[ZaakIn]) -> Fouten:
    """zrc-011: elke relevante andere zaak is op te halen, en is niet de zaak zelf. Bij `overig` staat welke relatie het is [OZ]."""
    if "relevante_andere_zaken" not in w.meegegeven:
        return
    zelf = w.omgeving.opslag_van(w.bron, {"id": w.id})
    for index, relatie in enumerate(w.nieuw.relevante_andere_zaken):
        naam = f"relevanteAndereZaken.{index}"
        if w.omgeving.diensten.naar_opslag(relatie.url) == zelf:
            yield ParamFout(f"{naam}.url", "self-forbidden", "Een zaak kan niet naar zichzelf verwijzen.")
        elif "zaaktype" not in (w.opgegeven(relatie.url) or {}) or not staat_in(w, relatie.url, "zaken"):
            yield ParamFout(f"{naam}.url", "bad-url", "Achter deze URL is geen zaak te vinden.")
        if relatie.aard_relatie == "overig" and not relatie.overige_relatie:
            yield ParamFout(f"{naam}.overigeRelatie", "overigerelatie-required", "Geef op welke relatie het is.")


def bewaartermijn_bepaalt_de_actiedatum(w: Wijziging[ZaakIn]) -> Fouten:
    """zrc-026 (bewaren): wie het begin van de bewaartermijn van een gesloten zaak wijzigt, krijgt een nieuwe archiefactiedatum."""
    oud = w.oud or {}
    if oud.get("einddatum") and w.verandert("startdatum_bewaartermijn") and not w.verandert("archiefactiedatum"):
        resultaattype = _resultaattype(w)
        w.waarden["archiefactiedatum"] = actiedatum(w.nieuw.startdatum_bewaartermijn, resultaattype)
    return ()


def _resultaattype(w: Wijziging[ZaakIn]) -> dict[str, Any]:
    with w.omgeving.installatie.db.lezen() as verbinding:
        gekozen = verbinding.scalars(select(Resultaat.resultaattype).where(Resultaat.zaak == w.id)).first()
    return w.type_van(gekozen) if gekozen else {}


def uit_de_lijst(veld: str, verzameling: str, *verplicht: str) -> Regel:
    """De URL in `veld` wijst naar deze referentielijst: `bad-url` of `invalid-resource` (zrc-010, en de selectielijst).

    Een URL bij een openbare dienst wordt in onze eigen lijst gezocht; staat zij daar niet, dan is haar plaats genoeg. Een
    selectielijstklasse die niet na te gaan is mag, als het zaaktype haar of haar lijst zelf noemt: dan koos de inrichter haar.
    """

    def regel(w: Wijziging[ZaakIn]) -> Fouten:
        url = getattr(w.nieuw, veld)
        if url and (w.aanmaken or w.verandert(veld)):
            code = _toets_lijst(w, url, verzameling, verplicht)
            if code == "bad-url" and veld == "selectielijstklasse" and _noemt_het_zaaktype(w, url):
                return
            if code:
                yield ParamFout(lijnnaam(w, veld), code, UITLEG[code])

    return regel


def _toets_lijst(w: Wijziging[ZaakIn], url: str, verzameling: str, verplicht: Iterable[str]) -> str:
    pad = openbaar_pad(url)
    gevonden = w.opgegeven(w.url(f"referentielijsten:{pad}") if pad else url)
    if gevonden is None and (pad or _lijsten_ontbreken(w, url)):
        return "" if f"{verzameling}/" in url else "invalid-resource"
    if gevonden is None:
        return "bad-url"
    return "" if all(naam in gevonden for naam in verplicht) else "invalid-resource"


def _noemt_het_zaaktype(w: Wijziging[ZaakIn], klasse: str) -> bool:
    """Is dit de selectielijstklasse van een resultaattype bij het zaaktype, of staat zij in de lijst van zijn procestype?

    De lijst is alleen genoeg als zij van een dienst is die wij niet kennen: dan is er niets na te gaan.
    """
    zaaktype = w.opgegeven(w.nieuw.zaaktype) or {}
    lijst, _, nummer = klasse.rpartition("/resultaten/")
    procestype = zaaktype.get("selectielijstProcestype") or ""
    if nummer and w.omgeving.diensten.bij_url(klasse) is None and procestype.startswith(f"{lijst}/procestypen/"):
        return True
    typen = zaaktype.get("resultaattypen") or ()
    return any((w.opgegeven(type_) or {}).get("selectielijstklasse") == klasse for type_ in typen)


def _lijsten_ontbreken(w: Wijziging[ZaakIn], url: str) -> bool:
    """Hoort deze URL bij referentielijsten die hier niet ingericht zijn?"""
    dienst = w.omgeving.diensten.bij_url(url)
    return dienst is not None and dienst.naam == "referentielijsten" and not is_ingericht(w, url)


def archivering_is_compleet(w: Wijziging[ZaakIn]) -> Fouten:
    """zrc-022: een andere archiefstatus dan `nog_te_archiveren` vraagt nominatie, actiedatum en gearchiveerde documenten."""
    if w.nieuw.archiefstatus == "nog_te_archiveren":
        return
    for veld in ("archiefnominatie", "archiefactiedatum"):
        if not w.waarden[veld]:
            yield ParamFout(veld, f"{veld}-not-set", "Dit veld hoort gevuld te zijn bij deze archiefstatus.")
    if w.verandert("archiefstatus") and not _documenten_zijn_gearchiveerd(w):
        yield ParamFout("archiefstatus", "documents-not-archived", "Er zijn documenten die nog niet gearchiveerd zijn.")


def _documenten_zijn_gearchiveerd(w: Wijziging[ZaakIn]) -> bool:
    with w.omgeving.installatie.db.lezen() as verbinding:
        documenten = verbinding.scalars(
            select(ZaakInformatieObject.informatieobject).where(ZaakInformatieObject.zaak == w.id)
        ).all()
    return all((w.haal(w.url(document)) or {}).get("status") == "gearchiveerd" for document in documenten)


def gesloten_zaak_is_beschermd(w: Wijziging[Any]) -> Fouten:
    """zrc-007: na het afsluiten is elke schrijfactie verboden zonder `zaken.geforceerd-bijwerken`."""
    if w.hoofd.get("einddatum") and not _mag(w, GEFORCEERD):
        raise Probleem(403, detail="De zaak is afgesloten.")
    return ()


# onder een zaak


def hoort_bij_zaaktype(w: Wijziging[Any], veld: str) -> Fouten:
    """Het type in `veld` hoort bij precies de zaaktypeversie van de zaak: `zaaktype-mismatch`."""
    zaak = w.rij(Zaak, w.waarden["zaak"])
    gevonden = w.haal(getattr(w.nieuw, veld))
    if (
        zaak
        and gevonden is not None
        and w.omgeving.diensten.naar_opslag(gevonden.get("zaaktype") or "") != zaak.get("zaaktype")
    ):
        yield ParamFout("nonFieldErrors", "zaaktype-mismatch", "Dit hoort niet bij het zaaktype van de zaak.")


def statustype_hoort_bij_zaaktype(w: Wijziging[StatusIn]) -> Fouten:
    """zrc-016."""
    return hoort_bij_zaaktype(w, "statustype")


def roltype_hoort_bij_zaaktype(w: Wijziging[RolIn]) -> Fouten:
    """zrc-019."""
    return hoort_bij_zaaktype(w, "roltype")


def resultaattype_hoort_bij_zaaktype(w: Wijziging[ResultaatIn]) -> Fouten:
    """zrc-020."""
    return hoort_bij_zaaktype(w, "resultaattype")


def eigenschap_hoort_bij_zaaktype(w: Wijziging[ZaakEigenschapIn]) -> Fouten:
    """zrc-018; de naam komt van de eigenschap."""
    w.waarden["naam"] = (w.haal(w.nieuw.eigenschap) or {}).get("naam", "")
    return hoort_bij_zaaktype(w, "eigenschap")


def status_ligt_niet_in_de_toekomst(w: Wijziging[StatusIn]) -> Fouten:
    """datumStatusGezet: niet in de toekomst, en vanaf Zaken 1.6 niet vóór de startdatum van de zaak.

    Dat laatste is standaard een waarschuwing: een afnemer van Zaken 1.5, en de conformiteitstest, zet zulke statussen.
    """
    gezet = w.nieuw.datum_status_gezet
    if gezet > w.nu + RUIMTE_VOOR_KLOKVERSCHIL:
        yield ParamFout("datumStatusGezet", "date-in-future", "De datum ligt in de toekomst.")
        return
    start = w.rij(Zaak, w.waarden["zaak"]).get("startdatum")
    if start and gezet.astimezone(NEDERLAND).date() < start:
        if w.omgeving.installatie.instellingen.status_na_startdatum:
            yield ParamFout("datumStatusGezet", "invalid", TE_VROEG)
        w.antwoordkoppen["X-Warning"] = TE_VROEG


def zetter_heeft_rol_in_zaak(w: Wijziging[StatusIn]) -> Fouten:
    """Gezetdoor is een rol van dezelfde zaak."""
    rol = w.waarden["gezetdoor"]
    if rol is not None and w.rij(Rol, rol).get("zaak") != w.waarden["zaak"]:
        yield ParamFout("nonFieldErrors", "zaak-mismatch", "Deze rol hoort bij een andere zaak.")


def status_mag_gezet_worden(w: Wijziging[StatusIn]) -> Fouten:
    """Statusscopes (regels 2.1): alleen `zaken.aanmaken` geeft de eerste status; een gesloten zaak vraagt `zaken.heropenen`."""
    zaak = w.hoofd
    nodig = ["zaken.heropenen", *(GEFORCEERD if zaak["einddatum"] else ["zaken.statussen.toevoegen"])]
    eerste = not zaak["einddatum"] and _mag(w, ["zaken.aanmaken"])
    if not _mag(w, nodig) and not (eerste and _heeft_geen_status(w)):
        raise Probleem(403)
    return ()


def _mag(w: Wijziging[Any], scopes: Sequence[str]) -> bool:
    """Heeft de aanroeper een van deze scopes voor de zaak waar dit onder hangt?"""
    return w.omgeving.toegang.mag("zrc", scopes, w.hoofd["zaaktype"], w.hoofd["vertrouwelijkheidaanduiding"])


def _heeft_geen_status(w: Wijziging[Any]) -> bool:
    return w.verbinding.execute(select(Status.id).where(Status.zaak == w.hoofd["id"]).limit(1)).first() is None


def leid_rol_af(w: Wijziging[RolIn]) -> Fouten:
    """De omschrijvingen komen van het roltype; `registratiedatum` is nu."""
    roltype = w.haal(w.nieuw.roltype) or {}
    w.waarden["omschrijving"] = roltype.get("omschrijving", "")
    w.waarden["omschrijving_generiek"] = roltype.get("omschrijvingGeneriek", "")
    w.waarden["registratiedatum"] = (w.oud or {}).get("registratiedatum") or w.nu
    return ()


def betrokkene_is_bekend(w: Wijziging[RolIn]) -> Fouten:
    """Een rol heeft een betrokkene-URL of een betrokkeneIdentificatie [OZ]."""
    if not w.nieuw.betrokkene and not w.nieuw.betrokkene_identificatie:
        yield ParamFout("nonFieldErrors", "invalid-betrokkene", "Geef betrokkene of betrokkeneIdentificatie.")
    if w.nieuw.betrokkene and not w.nieuw.betrokkene.startswith(("http://", "https://")):
        yield ParamFout("betrokkene", "invalid", "Dit is geen URL.")


def vertegenwoordiger_is_gemachtigd(w: Wijziging[RolIn]) -> Fouten:
    """Wie volgens authenticatieContext iemand vertegenwoordigt, staat in de rol als gemachtigde [OZ]."""
    context = w.nieuw.authenticatie_context
    if context is not None and context.representee and w.nieuw.indicatie_machtiging != "gemachtigde":
        yield ParamFout("indicatieMachtiging", "indicatie-machtiging-invalid", "Een vertegenwoordiger is gemachtigde.")


def geldigheid_loopt_vooruit(w: Wijziging[RolIn]) -> Fouten:
    """De geldigheid van een rol eindigt niet voor zij begint [OZ]."""
    begin, einde = w.nieuw.begin_geldigheid, w.nieuw.einde_geldigheid
    if begin and einde and einde < begin:
        yield ParamFout("eindeGeldigheid", "date-mismatch", "Het einde ligt voor het begin.")


def hoogstens_een_initiator(w: Wijziging[RolIn]) -> Fouten:
    """Hoogstens één initiator en één zaakcoördinator per zaak [OZ] (de code is zo gespeld)."""
    soort = w.waarden["omschrijving_generiek"]
    anderen = Rol.zaak == w.waarden["zaak"], Rol.omschrijving_generiek == soort, Rol.id != w.id
    vraag = select(func.count()).select_from(Rol).where(*anderen)
    if soort in ENKELE_ROLLEN and w.verbinding.execute(vraag).scalar_one():
        yield ParamFout("roltype", "max-occurences", f"Deze zaak heeft al een {soort}.")


def eigenschap_blijft(w: Wijziging[ZaakEigenschapIn]) -> Fouten:
    """Van een zaakeigenschap is alleen de waarde te wijzigen."""
    for veld in ("zaak", "eigenschap"):
        if w.verandert(veld):
            yield ParamFout(veld, "wijzigen-niet-toegelaten", "Dit veld is na aanmaken niet te wijzigen.")


def waarde_past_bij_specificatie(w: Wijziging[ZaakEigenschapIn]) -> Fouten:
    """Een waarde die niet bij de specificatie past wordt bewaard, met een waarschuwing in `X-Warning` (Zaken 1.7)."""
    specificatie = (w.haal(w.nieuw.eigenschap) or {}).get("specificatie") or {}
    if not past_bij(specificatie, w.nieuw.waarde):
        w.antwoordkoppen["X-Warning"] = "De waarde past niet bij de specificatie van de eigenschap."
    return ()


def past_bij(specificatie: Mapping[str, Any], waarde: str) -> bool:
    """Past een waarde bij formaat, lengte en waardenverzameling? Een datum is JJJJMMDD (ztc-015), een getal heeft een komma."""
    keuzen = specificatie.get("waardenverzameling") or []
    lengte = str(specificatie.get("lengte") or "")
    heel, _, deel = lengte.partition(",")
    vormen = {
        "tekst": rf".{{0,{heel if heel.isdigit() else ''}}}",
        "getal": rf"-?\d{{1,{heel}}}(,\d{{1,{deel}}})?" if deel else rf"-?\d{{1,{heel}}}",
        "datum": r"\d{8}",
        "datum_tijd": r"\d{14}",
    }
    vorm = vormen.get(specificatie.get("formaat", ""), ".*")
    return (not keuzen or waarde in keuzen) and re.fullmatch(vorm, waarde, re.DOTALL) is not None


def documenttype_past_bij_zaaktype(w: Wijziging[ZaakInformatieObjectIn]) -> Fouten:
    """zrc-017: het informatieobjecttype is aan het zaaktype gekoppeld, op omschrijving binnen dezelfde catalogus."""
    document = w.haal(w.nieuw.informatieobject) if w.aanmaken else None
    if document is None or "informatieobjecttype" not in document:
        return
    soort = w.haal(document["informatieobjecttype"]) or {}
    zaaktype = w.type_van(w.rij(Zaak, w.waarden["zaak"])["zaaktype"])
    namen = zaaktype.get("informatieobjecttypeOmschrijving")
    if namen is None:  # vóór Catalogi 1.3.2
        namen = [(w.haal(url) or {}).get("omschrijving") for url in zaaktype.get("informatieobjecttypen", [])]
    if soort.get("omschrijving") not in namen or soort.get("catalogus") != zaaktype.get("catalogus"):
        yield ParamFout(
            "nonFieldErrors",
            "missing-zaaktype-informatieobjecttype-relation",
            "Dit documenttype hoort niet bij het zaaktype.",
        )


def leid_koppeling_af(w: Wijziging[ZaakInformatieObjectIn]) -> Fouten:
    """zrc-004: `registratiedatum` is nu; een meegestuurde waarde telt niet."""
    if w.aanmaken:
        w.waarden["registratiedatum"] = w.nu
    return ()


def zaak_is_nog_niet_gearchiveerd(w: Wijziging[Any]) -> Fouten:
    """zrc-004 [OZ]: koppelen en statussen alleen zolang de zaak nog te archiveren is."""
    if w.hoofd["archiefstatus"] != "nog_te_archiveren":
        yield ParamFout("nonFieldErrors", "zaak-archiefstatus-invalid", "De zaak is al gearchiveerd.")
