// Bewaart een gesprek op de server terwijl de medewerker typt. Zonder dit script werkt alles ook, met de knop Bewaren.
const WACHT = 1500;

for (const formulier of document.querySelectorAll("form[data-bewaar]")) {
  const melding = formulier.querySelector("[data-bewaard]");
  let klok = 0;
  let bezig = Promise.resolve();
  let verstuurd = false;

  const bewaar = async () => {
    if (verstuurd) return;
    const antwoord = await fetch(formulier.dataset.bewaar, { method: "POST", body: new FormData(formulier) }).catch(() => null);
    if (!antwoord?.ok) return;
    formulier.elements.versie.value = (await antwoord.json()).versie;
    melding.textContent = melding.dataset.tekst ?? "✓";
  };

  formulier.addEventListener("input", () => {
    clearTimeout(klok);
    klok = setTimeout(() => { bezig = bezig.then(bewaar); }, WACHT);
  });

  // Wacht tot een lopende bewaaractie klaar is: anders klopt het versienummer niet meer.
  formulier.addEventListener("submit", async (gebeurtenis) => {
    if (verstuurd) return;
    gebeurtenis.preventDefault();
    clearTimeout(klok);
    await bezig;
    verstuurd = true;
    formulier.requestSubmit(gebeurtenis.submitter);
  });
}
