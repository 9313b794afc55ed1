// De vensters van de editor: een veld kiezen, een voorwaarde maken, een link zetten. Elk is een <dialog> uit de pagina zelf.
const WACHT = 300;
const ADRES = /^(https?:\/\/|mailto:|tel:|#)./;

/** Opent een venster; geeft wat `lees` teruggeeft, of null bij annuleren. `fout` zegt wat er mis is, leeg is goed. */
function open(id, { begin, lees, fout, weg }) {
  const venster = document.getElementById(id);
  const formulier = venster.querySelector("form");
  const melding = venster.querySelector("[data-fout]");
  const gestopt = new AbortController();
  const { signal } = gestopt;
  let wacht;
  const toon = async () => (melding.textContent = await fout());
  const straks = () => {
    clearTimeout(wacht);
    wacht = setTimeout(toon, WACHT);
  };
  return new Promise((klaar) => {
    const sluit = (uitkomst) => {
      clearTimeout(wacht);
      gestopt.abort();
      venster.close();
      klaar(uitkomst);
    };
    melding.textContent = "";
    begin(signal, straks);
    formulier.addEventListener("input", straks, { signal });
    formulier.addEventListener("submit", async (gebeurtenis) => {
      gebeurtenis.preventDefault();
      await toon();
      if (!melding.textContent && !signal.aborted) sluit(lees());
    }, { signal });
    venster.querySelector("[data-sluit]").addEventListener("click", () => sluit(null), { signal });
    venster.querySelector("[data-weg]")?.addEventListener("click", () => sluit(weg), { signal });
    venster.addEventListener("cancel", (gebeurtenis) => {
      gebeurtenis.preventDefault();
      sluit(null);
    }, { signal });
    venster.showModal();
  });
}

const groep = (label, paren) => {
  const element = document.createElement("optgroup");
  element.label = label;
  element.append(...paren.map(([waarde, tekst]) => new Option(tekst, waarde)));
  return element;
};

function vulKeuze(keuze, pagina) {
  const { teksten } = pagina;
  const delen = [[teksten.eigen, pagina.eigenVelden()], [teksten.vast, pagina.vasteVelden()], [teksten.proces, pagina.procesvelden()]];
  keuze.replaceChildren(new Option(teksten.kies, ""), ...delen.filter(([, paren]) => paren.length).map(([label, paren]) => groep(label, paren)));
}

export function kiesVeld(pagina, uitdrukking) {
  const venster = document.getElementById("brief-veld");
  const [keuze, feel] = ["[data-keuze]", "[data-feel]"].map((kiezer) => venster.querySelector(kiezer));
  return open("brief-veld", {
    begin(signal) {
      vulKeuze(keuze, pagina);
      keuze.value = uitdrukking;
      feel.value = keuze.value ? "" : uitdrukking;
      keuze.addEventListener("change", () => (feel.value = ""), { signal });
      feel.addEventListener("input", () => (keuze.value = ""), { signal });
    },
    fout: () => (feel.value.trim() ? pagina.keur("veld", feel.value) : keuze.value ? "" : pagina.teksten.kies_of_tik),
    lees() {
      const gekozen = feel.value.trim() || keuze.value;
      if (!feel.value.trim()) pagina.zorgVoorVeld(gekozen);
      return gekozen;
    },
  });
}

/** Een ingetikte waarde als FEEL: een getal (ook met een komma), een datum, of anders tekst. */
function alsFeel(waarde) {
  const kaal = waarde.trim();
  if (/^-?\d+([.,]\d+)?$/.test(kaal)) return kaal.replace(",", ".");
  const dag = /^(\d{1,2})-(\d{1,2})-(\d{4})$/.exec(kaal);
  if (dag) return `date("${dag[3]}-${dag[2].padStart(2, "0")}-${dag[1].padStart(2, "0")}")`;
  return JSON.stringify(kaal);
}

export function kiesVoorwaarde(pagina, als, elk) {
  const venster = document.getElementById("brief-als");
  const [keuze, hoe, waarde, feel, herhaal] = ["[data-keuze]", "[data-hoe]", "[data-waarde]", "[data-feel]", "[data-elk-veld]"].map((k) => venster.querySelector(k));
  return open("brief-als", {
    begin(signal, straks) {
      vulKeuze(keuze, pagina);
      [feel.value, herhaal.value, waarde.value] = [als, elk, ""];
      const maak = () => {
        const vraagtWaarde = !/ (null|true|false)$/.test(hoe.value);
        waarde.disabled = !vraagtWaarde;
        if (!keuze.value || (vraagtWaarde && !waarde.value.trim())) return;
        feel.value = `${keuze.value} ${hoe.value}${vraagtWaarde ? ` ${alsFeel(waarde.value)}` : ""}`;
        straks();
      };
      for (const veld of [keuze, hoe, waarde]) veld.addEventListener("input", maak, { signal });
      maak();
    },
    async fout() {
      const lus = herhaal.value.trim();
      const eigen = lus ? lus.split(/\s+in\s+/)[0] : "";
      return (lus && (await pagina.keur("elk", lus))) || (feel.value.trim() && (await pagina.keur("als", feel.value, eigen))) || "";
    },
    lees() {
      if (keuze.value && feel.value.includes(keuze.value)) pagina.zorgVoorVeld(keuze.value);
      return { als: feel.value.trim(), elk: herhaal.value.trim() };
    },
    weg: { als: "", elk: "" },
  });
}

export function kiesLink(adres) {
  const invoer = document.querySelector("#brief-link [data-adres]");
  return open("brief-link", {
    begin: () => (invoer.value = adres),
    fout: () => (ADRES.test(invoer.value.trim()) ? "" : document.querySelector("[data-brief]").brief.teksten.adres_fout),
    lees: () => invoer.value.trim(),
    weg: "",
  });
}
