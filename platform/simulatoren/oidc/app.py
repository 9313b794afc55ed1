"""De routes van de OpenID Provider."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from authlib.common.urls import add_params_to_uri
from flask import Flask, Response, abort, jsonify, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from kern.klok import Klok
from kern.toegang import openbaar
from simulatoren.basis import maak_flask
from simulatoren.brp.bevolking import Bevolking
from simulatoren.oidc.aanbod import Middel, alle_middelen
from simulatoren.oidc.clients import ALGORITMEN, OidcClient, Toegangscontrole
from simulatoren.oidc.keuze import Keuze, lees_keuze
from simulatoren.oidc.sleutels import bewaarde_sleutel, openbaar_deel
from simulatoren.oidc.tokens import PROEFFOUTEN, Uitgifte
from simulatoren.oidc.vraag import Aanmeldvraag, VraagGeweigerd, lees_vraag
from simulatoren.opslag import Briefjes


def maak_app(
    *,
    omgeving: str,
    basis_url: str,
    map_: Path,
    klok: Klok,
    clients: Iterable[OidcClient],
    bevolking: Bevolking | None = None,
) -> Flask:
    """De simulator op `basis_url` (de issuers zijn `basis_url/<middel>`). `map_` bewaart sleutels en lopende aanmeldingen."""
    app = maak_flask("oidc", omgeving)
    provider = _Provider(basis_url.rstrip("/"), map_, klok, clients, bevolking or Bevolking.voorbeeldstad())
    for pad, methoden, functie in (
        ("/<naam>/.well-known/openid-configuration", ["GET"], provider.document),
        ("/<naam>/jwks", ["GET"], provider.jwks),
        ("/<naam>/inloggen", ["GET", "POST"], provider.inloggen),
        ("/<naam>/token", ["POST"], provider.token),
        ("/<naam>/userinfo", ["GET", "POST"], provider.userinfo),
        ("/<naam>/afmelden", ["GET", "POST"], provider.afmelden),
    ):
        app.add_url_rule(pad, functie.__name__, functie, methods=methoden)
    return app


class _Provider:
    def __init__(
        self, basis_url: str, map_: Path, klok: Klok, clients: Iterable[OidcClient], bevolking: Bevolking
    ) -> None:
        self._basis_url = basis_url
        self._klok = klok
        self._middelen = alle_middelen(bevolking)
        self._clients = {client.client_id: client for client in clients}
        self._sleutel = bewaarde_sleutel(map_ / "ondertekening.pem")
        briefjes = Briefjes(map_ / "lopend", klok)
        self._toegang = Toegangscontrole(self._clients, briefjes, klok)
        self._uitgifte = Uitgifte(self._sleutel, briefjes, klok)

    def _middel(self, naam: str) -> Middel:
        return self._middelen.get(naam) or abort(404)

    def _issuer(self, naam: str) -> str:
        return f"{self._basis_url}/{naam}"

    @openbaar
    def document(self, naam: str) -> Response:
        middel, issuer = self._middel(naam), self._issuer(naam)
        return jsonify(
            issuer=issuer,
            authorization_endpoint=f"{issuer}/inloggen",
            token_endpoint=f"{issuer}/token",
            userinfo_endpoint=f"{issuer}/userinfo",
            jwks_uri=f"{issuer}/jwks",
            end_session_endpoint=f"{issuer}/afmelden",
            response_types_supported=["code"],
            response_modes_supported=["query"],
            grant_types_supported=["authorization_code"],
            subject_types_supported=["pairwise"],
            scopes_supported=["openid"],
            acr_values_supported=list(middel.niveaus),
            id_token_signing_alg_values_supported=ALGORITMEN,
            token_endpoint_auth_methods_supported=["private_key_jwt", "client_secret_basic"],
            token_endpoint_auth_signing_alg_values_supported=ALGORITMEN,
            code_challenge_methods_supported=["S256"],
            claims_supported=sorted(
                {claim for persoon in middel.personen for claim in persoon.claims} | {"sub", "acr"}
            ),
            authorization_response_iss_parameter_supported=True,
        )

    @openbaar
    def jwks(self, naam: str) -> Response:
        self._middel(naam)
        return jsonify(keys=[openbaar_deel(self._sleutel)])

    @openbaar
    def inloggen(self, naam: str) -> ResponseReturnValue:
        middel = self._middel(naam)
        try:
            vraag = lees_vraag(request.args, self._clients)
        except VraagGeweigerd as fout:
            return render_template("oidc_fout.html", middel=middel, uitleg=str(fout)), 400
        if vraag.fout:
            return self._terug(naam, vraag, error=vraag.fout[0], error_description=vraag.fout[1])
        if request.method == "GET":
            return _pagina(middel, vraag, Keuze())
        return self._verwerk(middel, vraag, lees_keuze(request.form, middel, vraag.acr_values))

    def _verwerk(self, middel: Middel, vraag: Aanmeldvraag, keuze: Keuze) -> ResponseReturnValue:
        if keuze.geannuleerd:
            return self._terug(middel.naam, vraag, error="access_denied", error_description="geannuleerd")
        if keuze.proeffout == "storing":
            return self._terug(middel.naam, vraag, error="server_error", error_description="storing")
        if keuze.fouten or keuze.persoon is None:
            return _pagina(middel, vraag, keuze)
        code = self._uitgifte.code(
            {
                "middel": middel.naam,
                "client": vraag.client.client_id,
                "adres": vraag.adres,
                "challenge": vraag.challenge,
                "nonce": vraag.nonce,
                "persoon": keuze.persoon.sleutel,
                "claims": keuze.persoon.claims,
                "acr": next(iter(middel.niveaus)) if keuze.proeffout == "te-laag" else keuze.acr,
                "tijdstip": int(self._klok.nu().timestamp()),
                "fout": keuze.proeffout,
            }
        )
        return self._terug(middel.naam, vraag, code=code)

    def _terug(self, naam: str, vraag: Aanmeldvraag, **velden: str) -> Response:
        antwoord = {**velden, "state": vraag.state, "iss": self._issuer(naam)}
        adres = add_params_to_uri(vraag.adres, [(veld, waarde) for veld, waarde in antwoord.items() if waarde])
        return make_response(redirect(adres, 303))

    @openbaar
    def token(self, naam: str) -> ResponseReturnValue:
        self._middel(naam)
        issuer = self._issuer(naam)
        velden = request.form.to_dict()
        kop = request.headers.get("Authorization", "")
        client = self._toegang.client(kop, velden, (f"{issuer}/token", issuer))
        if client is None:
            return jsonify(error="invalid_client"), 401, {"WWW-Authenticate": "Basic"}
        if velden.get("grant_type") != "authorization_code":
            return jsonify(error="unsupported_grant_type"), 400
        tokens = self._uitgifte.wissel(client, naam, issuer, velden)
        return jsonify(tokens) if tokens else (jsonify(error="invalid_grant"), 400)

    @openbaar
    def userinfo(self, naam: str) -> ResponseReturnValue:
        toegang = request.headers.get("Authorization", "").removeprefix("Bearer ")
        gegevens = self._uitgifte.userinfo(self._middel(naam).naam, self._issuer(naam), toegang)
        if gegevens is None:
            return jsonify(error="invalid_token"), 401, {"WWW-Authenticate": 'Bearer error="invalid_token"'}
        return jsonify(gegevens)

    @openbaar
    def afmelden(self, naam: str) -> ResponseReturnValue:
        """Er is geen sessie om te beëindigen: alleen veilig terug naar een geregistreerd adres."""
        middel = self._middel(naam)
        velden: Mapping[str, str] = request.values
        client = self._clients.get(velden.get("client_id", ""))
        adres = velden.get("post_logout_redirect_uri", "")
        if client is None or adres not in client.na_afmelden:
            return render_template("oidc_afgemeld.html", middel=middel)
        state = velden.get("state", "")
        return redirect(add_params_to_uri(adres, [("state", state)]) if state else adres)


def _pagina(middel: Middel, vraag: Aanmeldvraag, keuze: Keuze) -> Response:
    """De inlogpagina, met de fouten van een eerdere keuze. Het formulier mag doorsturen naar de toepassing."""
    aangeboden = middel.aangeboden(vraag.acr_values)
    inhoud = render_template(
        "oidc_inloggen.html", middel=middel, aangeboden=aangeboden, keuze=keuze, proeffouten=PROEFFOUTEN
    )
    antwoord = make_response(inhoud, 400 if keuze.fouten else 200)
    doel = urlsplit(vraag.adres)
    antwoord.headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'; "
        f"form-action 'self' {doel.scheme}://{doel.netloc}"
    )
    return antwoord
