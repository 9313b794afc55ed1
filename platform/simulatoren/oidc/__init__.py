"""Simulator van de inlogmiddelen: een OpenID Provider per middel, waar je kiest wie je bent en met welk niveau.

    /<middel>/.well-known/openid-configuration, /jwks, /inloggen, /token, /userinfo, /afmelden

Middelen: digid, eherkenning, eidas, digid-machtigen en medewerkers. Autorisatiecode met PKCE (S256); de toepassing meldt zich
met private_key_jwt of client_secret_basic. Er is geen sessie: elke aanmelding is een nieuwe keuze.
"""

from simulatoren.oidc.aanbod import Persoon, alle_middelen
from simulatoren.oidc.app import maak_app
from simulatoren.oidc.clients import OidcClient
from simulatoren.oidc.proef import Proefopstelling, maak_proefopstelling

__all__ = ["OidcClient", "Persoon", "Proefopstelling", "alle_middelen", "maak_app", "maak_proefopstelling"]
