// Bewaart een gesprek op de server terwijl de medewerker typt. Zonder dit script werkt alles ook, met de knop Bewaren.
const WACHT = 1500;

for (const formulier of document.querySelectorAll("form[data-bewaar]")) {
  const melding = formulier.querySelector("[data-bewaard]");
  let klok = 0;
  let lopend = null;
  let uitgesteld = false;

  const bewaar = async () => {
    const antwoord = await fetch(formulier.dataset.bewaar, { method: "POST", body: new FormData(formulier) }).catch(() => null);
    if (antwoord?.ok) {
      formulier.elements.versie.value = (await antwoord.json()).versie;
      melding.textContent = melding.dataset.tekst;
    }
    lopend = null;
  };

  formulier.addEventListener("input", () => {
    melding.textContent = "";
    clearTimeout(klok);
    klok = setTimeout(async () => {
      await lopend;
      lopend = bewaar();
    }, WACHT);
  });

  // Wacht tot het bewaren klaar is: anders klopt het versienummer niet meer. Eerder dan wie dubbel versturen tegenhoudt (capture).
  formulier.addEventListener("submit", async (gebeurtenis) => {
    clearTimeout(klok);
    if (!lopend && !uitgesteld) return;
    gebeurtenis.preventDefault();
    gebeurtenis.stopImmediatePropagation();
    if (uitgesteld) return;
    uitgesteld = true;
    const knop = gebeurtenis.submitter;
    await lopend;
    uitgesteld = false;
    formulier.requestSubmit(knop);
  }, { capture: true });
}
