"""De Flask-apps waar elk onderdeel op staat: veilig vanaf het begin, zodat een onderdeel alleen zijn eigen werk beschrijft.

Zo gebruikt een onderdeel met schermen het:

    def maak_app(installatie: Installatie) -> Flask:
        app = maak_scherm_app("mijngemeente", installatie, import_naam=__name__)   # sjablonen in ./templates
        huisstijl.registreer(app, titel="MijnGemeente", ...)                      # ook de foutpagina's

        @app.get("/zaken/<uuid:zaak>")
        @voor_inwoner()                                    # kern.toegang; zonder regel weigert de app de route
        def zaak(zaak: UUID) -> str:
            gevonden = ...
            bewaak([("bsn", gevonden.bsn)], huidige_identiteit())          # van een ander: 404
            return render_template("zaak.html", zaak=gevonden)             # <script nonce="{{ csp_nonce() }}">

        return app                                         # formulieren: {{ csrf_token() }} of een FlaskForm

    DEEL = Deel("mijngemeente", "mijngemeente", "/mijn", maak_app)         # url_for kent het voorvoegsel vanzelf

En een API: `app = maak_api_app("zaken", installatie, import_naam=__name__, versie="1.5.1")` met `@voor_machine(...)` per route.
"""

from kern.web.app import App, huidige_installatie, maak_api_app, maak_scherm_app, upload
from kern.web.foutpagina import Fout, zet_foutpagina

__all__ = ["App", "Fout", "huidige_installatie", "maak_api_app", "maak_scherm_app", "upload", "zet_foutpagina"]
