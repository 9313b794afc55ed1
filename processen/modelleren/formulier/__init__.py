"""De formuliereditor: vragen en stappen bewerken in het dialect dat de formuliermotor leest.

werk        een definitie veranderen: toevoegen, verplaatsen, kopiëren, verwijderen
soorten     de soorten vragen, met hun naam voor mensen
voorwaarde  "tonen als" kiezen uit eerdere antwoorden, bewaard als FEEL
velden      het formulier van één vraag, en heen en weer naar de definitie
schema      het schema van het verzoektype meenemen met de vragen
"""
