// Kleine verbeteringen; zonder dit bestand werkt alles ook.
// Geen inline code en geen eval: de pagina's hebben een strikte Content-Security-Policy.

/** Zet de cursor op de foutsamenvatting, zodat een schermlezer haar voorleest. */
function foutsamenvatting() {
  const samenvatting = document.querySelector("[data-foutsamenvatting]");
  if (samenvatting) samenvatting.focus();
}

/** Een tweede klik op versturen doet tien tellen niets: de server kent dubbel insturen ook, dit spaart een omweg. */
function eenmaalVersturen(formulier) {
  let bezig = false;
  const vrij = () => {
    bezig = false;
    formulier.removeAttribute("aria-busy");
  };
  formulier.addEventListener("submit", (gebeurtenis) => {
    if (bezig) return gebeurtenis.preventDefault();
    bezig = true;
    formulier.setAttribute("aria-busy", "true");
    setTimeout(vrij, 10000);
  });
  window.addEventListener("pageshow", vrij);
}

/** Vervangt het stuk formulier dat door de regels verandert; de server rekent, de browser toont. */
function fragment(formulier) {
  let aanvraag = null;
  const stukId = formulier.getAttribute("data-fragment"); // niet via dataset: een veld kan zo heten
  formulier.addEventListener("change", async (gebeurtenis) => {
    if (gebeurtenis.target.type === "file") return;
    aanvraag?.abort();
    aanvraag = new AbortController();
    const gegevens = new FormData(formulier);
    for (const [naam, waarde] of [...gegevens]) if (waarde instanceof File) gegevens.delete(naam);
    gegevens.set("actie", "ververs");
    try {
      const antwoord = await fetch(formulier.getAttribute("action") || location.href, {
        method: "POST",
        body: gegevens,
        headers: { "X-Fragment": "1", Accept: "text/html" },
        credentials: "same-origin",
        redirect: "error",
        signal: aanvraag.signal,
      });
      if (antwoord.ok) vervang(stukId, await antwoord.text());
    } catch {
      // Geen verbinding of afgebroken: de volgende knop stuurt het hele formulier gewoon op.
    }
  });
}

const kop = (veld) => veld.querySelector(":scope > .utrecht-form-label, :scope > legend");

function vervang(stukId, html) {
  const nieuw = new DOMParser().parseFromString(html, "text/html").getElementById(stukId);
  const oud = document.getElementById(stukId);
  if (!nieuw || !oud) return;
  const velden = (stuk) => [...stuk.querySelectorAll("[data-veld]")].map((v) => v.dataset.veld + kop(v)?.textContent).join("\n");
  if (velden(nieuw) !== velden(oud)) voegSamen(oud, nieuw);
}

/** Behoudt wat al op de pagina staat (ook gekozen bestanden en de plaats van de cursor); zet erbij en haalt weg wat veranderde. */
function voegSamen(oud, nieuw) {
  const bestaand = new Map([...oud.querySelectorAll("[data-veld]")].map((veld) => [veld.dataset.veld, veld]));
  const actief = document.activeElement?.id;
  for (const veld of nieuw.querySelectorAll("[data-veld]")) {
    const vorig = bestaand.get(veld.dataset.veld);
    if (!vorig || veld.querySelector("[data-veld]")) continue;
    const nieuweKop = kop(veld);
    if (nieuweKop) kop(vorig)?.replaceWith(nieuweKop);
    veld.replaceWith(vorig);
  }
  oud.replaceChildren(...nieuw.childNodes);
  if (actief) document.getElementById(actief)?.focus({ preventScroll: true });
}

/** Waarschuwt twee minuten voor het einde van de sessie en houdt haar op verzoek open. */
function sessiewaarschuwing(vak) {
  const verlengAdres = vak.dataset.verleng;
  let einde = Date.now() + Number(vak.dataset.seconden) * 1000;
  const kijk = () => {
    const rest = einde - Date.now();
    vak.hidden = rest > 120000;
    if (rest > 0) setTimeout(kijk, rest > 120000 ? Math.min(rest - 120000, 60000) : 5000);
    else location.reload();
  };
  vak.querySelector("button")?.addEventListener("click", async () => {
    const antwoord = await fetch(verlengAdres, { credentials: "same-origin" });
    if (!antwoord.ok) return location.reload();
    einde = Date.now() + Number(vak.dataset.seconden) * 1000;
    vak.hidden = true; // de lopende wekker kijkt vanzelf weer
  });
  kijk();
}

foutsamenvatting();
for (const formulier of document.querySelectorAll("form[method=post]")) eenmaalVersturen(formulier);
for (const formulier of document.querySelectorAll("form[data-fragment]")) fragment(formulier);
for (const vak of document.querySelectorAll("[data-sessie]")) sessiewaarschuwing(vak);
for (const knop of document.querySelectorAll("[data-afdrukken]")) {
  knop.hidden = false;
  knop.addEventListener("click", () => window.print());
}
