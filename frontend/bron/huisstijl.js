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

/** Wacht tot niemand iets ingedrukt houdt: wat tijdens een klik verschuift, krijgt de klik niet. */
let losgelaten = Promise.resolve();
document.addEventListener(
  "pointerdown",
  () => {
    losgelaten = new Promise((klaar) => {
      const straks = () => setTimeout(klaar); // na de klik zelf
      for (const soort of ["pointerup", "pointercancel"]) document.addEventListener(soort, straks, { capture: true, once: true });
    });
  },
  { capture: true },
);

/** Vervangt het stuk formulier dat door de regels verandert; de server rekent, de browser toont. */
function fragment(formulier) {
  let aanvraag = null;
  const stukId = formulier.getAttribute("data-fragment"); // niet via dataset: een veld kan zo heten
  formulier.addEventListener("change", async (gebeurtenis) => {
    if (gebeurtenis.target.type === "file") return;
    aanvraag?.abort();
    const { signal } = (aanvraag = new AbortController());
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
        signal,
      });
      const html = antwoord.ok ? await antwoord.text() : "";
      await losgelaten;
      if (html && !signal.aborted) vervang(stukId, html);
    } catch {
      // Geen verbinding of afgebroken: de volgende knop stuurt het hele formulier gewoon op.
    }
  });
  // Een antwoord van voor dit script er was, of dat de browser na terug of herladen zelf weer invult, meldt zich niet.
  if ([...formulier.elements].some(anders)) formulier.dispatchEvent(new Event("change"));
}

const anders = (veld) =>
  veld.options
    ? [...veld.options].some((keuze) => keuze.value && keuze.selected !== keuze.defaultSelected)
    : veld.checked !== veld.defaultChecked || veld.value !== (veld.defaultValue ?? veld.value);

const kop = (veld) => veld.querySelector(":scope > .utrecht-form-label, :scope > legend");

function vervang(stukId, html) {
  const nieuw = new DOMParser().parseFromString(html, "text/html").getElementById(stukId);
  const oud = document.getElementById(stukId);
  if (!nieuw || !oud) return;
  const velden = (stuk) => [...stuk.querySelectorAll("[data-veld]")].map((v) => v.dataset.veld + kop(v)?.textContent).join("\n");
  if (velden(nieuw) === velden(oud)) return;
  voegSamen(oud, nieuw);
  for (const vak of oud.querySelectorAll("[data-kaart]")) kaart(vak);
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

/**
 * Een kaart bij de vakken met coördinaten. De vakken blijven de waarheid: de kaart leest en vult ze, en is er alleen als het script werkt.
 * Zonder kaartdienst tekent zij een raster met een maatstreep; met een dienst haalt zij daar tegels van 256 bij 256 (Web Mercator).
 */
function kaart(vak) {
  const TEGEL = 256;
  const veld = (deel) => document.querySelector(`[name="${CSS.escape(`${vak.dataset.kaart}-${deel}`)}"]`);
  const [breedteVak, lengteVak] = [veld("breedtegraad"), veld("lengtegraad")];
  if (!breedteVak || !lengteVak || vak.childElementCount) return;
  const getal = (invoer) => (invoer.value.trim() ? Number(invoer.value.replace(",", ".")) : NaN);
  const wereld = (zoom) => TEGEL * 2 ** zoom;
  const naarVlak = ([lengte, breedte], zoom) => {
    const sinus = Math.min(Math.max(Math.sin((breedte * Math.PI) / 180), -0.9999), 0.9999);
    return [((lengte + 180) / 360) * wereld(zoom), (0.5 - Math.log((1 + sinus) / (1 - sinus)) / (4 * Math.PI)) * wereld(zoom)];
  };
  const naarGraden = ([x, y], zoom) => {
    const n = Math.PI - (2 * Math.PI * y) / wereld(zoom);
    return [(x / wereld(zoom)) * 360 - 180, (180 / Math.PI) * Math.atan(Math.sinh(n))];
  };
  let midden = vak.dataset.midden.split(",").map(Number);
  let zoom = Number(vak.dataset.zoom);
  const maak = (soort, klasse, tekst = "") => Object.assign(document.createElement(soort), { className: klasse, textContent: tekst });
  const beeld = maak("div", "dv-kaart__beeld");
  beeld.tabIndex = 0;
  beeld.setAttribute("role", "application");
  beeld.setAttribute("aria-label", vak.dataset.tekstKaart);
  const tegels = maak("div", "dv-kaart__tegels");
  const [punt, kruis, maat] = [maak("div", "dv-kaart__punt"), maak("div", "dv-kaart__kruis"), maak("div", "dv-kaart__maat")];
  beeld.append(tegels, punt, kruis, maat);
  const knoppen = maak("div", "dv-kaart__knoppen");
  const knop = (tekst, doe) => {
    const nieuw = maak("button", "utrecht-button utrecht-button--secondary-action", tekst);
    nieuw.type = "button";
    nieuw.addEventListener("click", doe);
    knoppen.append(nieuw);
  };

  const teken = () => {
    const { clientWidth: b, clientHeight: h } = beeld;
    const [mx, my] = naarVlak(midden, zoom);
    const plek = ([x, y]) => [Math.round(x - mx + b / 2), Math.round(y - my + h / 2)];
    const graden = [getal(lengteVak), getal(breedteVak)];
    punt.hidden = graden.some(Number.isNaN);
    if (!punt.hidden) {
      const [x, y] = plek(naarVlak(graden, zoom));
      punt.style.transform = `translate(${x}px, ${y}px)`;
    }
    const perPixel = (156543.03 * Math.cos((midden[1] * Math.PI) / 180)) / 2 ** zoom;
    const meters = [5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 50000, 100000, 1000000].find((m) => m / perPixel > 60) ?? 5000000;
    maat.style.width = `${meters / perPixel}px`;
    maat.textContent = meters < 1000 ? `${meters} m` : `${meters / 1000} km`;
    beeld.style.backgroundPosition = `${plek([0, 0])[0] % 64}px ${plek([0, 0])[1] % 64}px`;
    if (vak.dataset.tegels) tekenTegels(plek, b, h, mx, my);
  };

  const tekenTegels = (plek, b, h, mx, my) => {
    const nodig = new Map();
    for (let x = Math.floor((mx - b / 2) / TEGEL); x * TEGEL < mx + b / 2; x++)
      for (let y = Math.floor((my - h / 2) / TEGEL); y * TEGEL < my + h / 2; y++)
        if (y >= 0 && y < 2 ** zoom) nodig.set(`${zoom}/${x}/${y}`, [x, y]);
    for (const oud of [...tegels.children]) if (!nodig.has(oud.dataset.tegel)) oud.remove();
    for (const [naam, [x, y]] of nodig) {
      let tegel = tegels.querySelector(`[data-tegel="${naam}"]`);
      if (!tegel) {
        tegel = maak("img", "dv-kaart__tegel");
        Object.assign(tegel, { alt: "", width: TEGEL, height: TEGEL, referrerPolicy: "no-referrer" });
        tegel.dataset.tegel = naam;
        const rond = ((x % 2 ** zoom) + 2 ** zoom) % 2 ** zoom;
        tegel.src = vak.dataset.tegels.replace("{z}", zoom).replace("{x}", rond).replace("{y}", y);
        tegels.append(tegel);
      }
      const [links, boven] = plek([x * TEGEL, y * TEGEL]);
      tegel.style.transform = `translate(${links}px, ${boven}px)`;
    }
  };

  const zet = ([lengte, breedte]) => {
    const tekst = (graden) => graden.toFixed(6).replace(".", ",");
    [breedteVak.value, lengteVak.value] = [tekst(breedte), tekst(lengte)];
    lengteVak.dispatchEvent(new Event("change", { bubbles: true }));
    teken();
  };
  const schuif = (dx, dy) => {
    const [x, y] = naarVlak(midden, zoom);
    midden = naarGraden([x + dx, Math.min(Math.max(y + dy, 0), wereld(zoom))], zoom);
    teken();
  };
  const zoomNaar = (nieuw) => {
    zoom = Math.min(Math.max(nieuw, 1), 19);
    tegels.replaceChildren();
    teken();
  };
  const toetsen = {
    ArrowLeft: () => schuif(-40, 0), ArrowRight: () => schuif(40, 0), ArrowUp: () => schuif(0, -40), ArrowDown: () => schuif(0, 40),
    "+": () => zoomNaar(zoom + 1), "=": () => zoomNaar(zoom + 1), "-": () => zoomNaar(zoom - 1), Enter: () => zet(midden),
  };
  beeld.addEventListener("keydown", (gebeurtenis) => {
    if (!toetsen[gebeurtenis.key]) return;
    gebeurtenis.preventDefault();
    toetsen[gebeurtenis.key]();
  });
  let vast = null;
  beeld.addEventListener("pointerdown", (g) => {
    vast = { x: g.clientX, y: g.clientY, ver: 0 };
    beeld.setPointerCapture(g.pointerId);
  });
  beeld.addEventListener("pointermove", (g) => {
    if (!vast) return;
    const [dx, dy] = [vast.x - g.clientX, vast.y - g.clientY];
    vast = { x: g.clientX, y: g.clientY, ver: vast.ver + Math.abs(dx) + Math.abs(dy) };
    schuif(dx, dy);
  });
  beeld.addEventListener("pointerup", (g) => {
    const geklikt = vast && vast.ver < 6;
    vast = null;
    if (!geklikt) return;
    const rand = beeld.getBoundingClientRect();
    const [x, y] = naarVlak(midden, zoom);
    zet(naarGraden([x + g.clientX - rand.left - rand.width / 2, y + g.clientY - rand.top - rand.height / 2], zoom));
  });
  for (const invoer of [breedteVak, lengteVak])
    invoer.addEventListener("input", () => {
      const graden = [getal(lengteVak), getal(breedteVak)];
      if (!graden.some(Number.isNaN)) midden = graden;
      teken();
    });

  knop(vak.dataset.tekstIn, () => zoomNaar(zoom + 1));
  knop(vak.dataset.tekstUit, () => zoomNaar(zoom - 1));
  knop(vak.dataset.tekstPunt, () => zet(midden));
  vak.append(beeld, knoppen);
  if (vak.dataset.bron) vak.append(maak("p", "dv-stil", vak.dataset.bron));
  vak.hidden = false;
  const gezet = [getal(lengteVak), getal(breedteVak)];
  if (!gezet.some(Number.isNaN)) midden = gezet;
  teken();
}

foutsamenvatting();
for (const vak of document.querySelectorAll("[data-kaart]")) kaart(vak);
for (const formulier of document.querySelectorAll("form[method=post]")) eenmaalVersturen(formulier);
for (const formulier of document.querySelectorAll("form[data-fragment]")) fragment(formulier);
for (const vak of document.querySelectorAll("[data-sessie]")) sessiewaarschuwing(vak);
for (const knop of document.querySelectorAll("[data-afdrukken]")) {
  knop.hidden = false;
  knop.addEventListener("click", () => window.print());
}
