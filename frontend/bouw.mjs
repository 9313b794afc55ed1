// Bouwt CSS, JS en lettertypen naar platform/huisstijl/static/gebouwd met een hash in de naam, en een manifest.
import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import * as esbuild from "esbuild";

const hier = fileURLToPath(new URL(".", import.meta.url));
const doel = process.argv[2] ?? join(hier, "../platform/huisstijl/static/gebouwd");
const uit = join(hier, "node_modules/.gebouwd"); // pas als alles er staat komt het op zijn plaats: een draaiend platform merkt er niets van
const tokenpakket = "@nl-design-system-unstable/voorbeeld-design-tokens";
const letters = "node_modules/@fontsource/source-sans-3/files";
const gedeeld = {
  bundle: true,
  minify: true,
  loader: { ".woff2": "file" },
  assetNames: "[name]-[hash]",
  legalComments: "none",
  logLevel: "warning",
  outdir: uit,
};

const gebruikt = (css) => [...css.matchAll(/var\(\s*(--[\w-]+)/g)].map((treffer) => treffer[1]);

/** Alleen de voorbeeldtokens die onze CSS en de thema's (ook via een omweg) gebruiken: 200 kB wordt zo een kleine 30. */
function snoei(tokens, css) {
  const alle = new Map([...tokens.matchAll(/^\s*(--[\w-]+):\s*([^;]+);/gm)].map((t) => [t[1], t[2]]));
  const nodig = new Set();
  const rij = gebruikt(css);
  while (rij.length) {
    const naam = rij.pop();
    if (nodig.has(naam) || !alle.has(naam)) continue;
    nodig.add(naam);
    rij.push(...gebruikt(alle.get(naam)));
  }
  return `:root{${[...nodig].sort().map((naam) => `${naam}:${alle.get(naam)}`).join(";")}}`;
}

const naamMetHash = (naam, inhoud) => {
  const hash = createHash("sha256").update(inhoud).digest("hex").slice(0, 8).toUpperCase();
  return naam.replace(/(\.\w+)$/, `-${hash}$1`);
};

async function schrijf(manifest, naam, inhoud) {
  manifest[naam] = naamMetHash(naam, inhoud);
  await writeFile(join(uit, manifest[naam]), inhoud);
  if (naam.endsWith(".woff2")) return; // is al gecomprimeerd
  await writeFile(join(uit, `${manifest[naam]}.br`), brotliCompressSync(inhoud));
  await writeFile(join(uit, `${manifest[naam]}.gz`), gzipSync(inhoud, { level: 9 }));
}

async function stijl(manifest, themas) {
  const resultaat = await esbuild.build({ ...gedeeld, entryPoints: [join(hier, "bron/huisstijl.css")], write: false });
  const css = resultaat.outputFiles.find((bestand) => bestand.path.endsWith("huisstijl.css")).text;
  const letterbestanden = resultaat.outputFiles.filter((bestand) => bestand.path.endsWith(".woff2"));
  for (const bestand of letterbestanden) await writeFile(bestand.path, bestand.contents);
  const letter = letterbestanden.find((bestand) => bestand.path.includes("-latin-wght"));
  manifest["lettertype.woff2"] = basename(letter.path);
  const tokens = await readFile(join(hier, "node_modules", tokenpakket, "dist/theme.css"), "utf8");
  const snoeisel = await esbuild.transform(snoei(tokens, css + themas), { loader: "css", minify: true });
  const kop = "/* NL Design System: EUPL-1.2; Source Sans 3: OFL-1.1; zie LICENTIES.txt */\n";
  await schrijf(manifest, "huisstijl.css", kop + snoeisel.code + css);
}

/** De modelleurs van bpmn.io: één bundel met eigen CSS en tekenlettertype, die alleen op hun pagina's laadt. */
async function modelleur(manifest) {
  const map = join(hier, "bron/modelleur");
  const laders = { ".woff2": "file", ".woff": "empty", ".eot": "empty", ".ttf": "empty", ".svg": "empty" };
  const js = await esbuild.build({ ...gedeeld, entryPoints: [join(map, "modelleur.js")], format: "esm", target: "es2022", write: false });
  await schrijf(manifest, "modelleur.js", js.outputFiles[0].text);
  const css = await esbuild.build({ ...gedeeld, entryPoints: [join(map, "modelleur.css")], loader: laders, write: false });
  for (const bestand of css.outputFiles.filter((deel) => deel.path.endsWith(".woff2"))) await writeFile(bestand.path, bestand.contents);
  await schrijf(manifest, "modelleur.css", css.outputFiles.find((deel) => deel.path.endsWith(".css")).text);
}

/** De editor van brieven en berichten: laadt alleen op die schermen. */
async function brief(manifest) {
  const map = join(hier, "bron/brief");
  const js = await esbuild.build({ ...gedeeld, entryPoints: [join(map, "brief.js")], format: "esm", target: "es2022", write: false });
  await schrijf(manifest, "brief.js", js.outputFiles[0].text);
  const css = await esbuild.build({ ...gedeeld, entryPoints: [join(map, "brief.css")], write: false });
  await schrijf(manifest, "brief.css", css.outputFiles[0].text);
}

// De licentie van bpmn.io is MIT met één eis: hun merk staat heel en zichtbaar bij elk diagram. Zij staat in het pakket zelf.
const merk = /^(bpmn-js|dmn-js) [\d.]+: SEE LICENSE IN LICENSE$/;

async function licenties() {
  const pakket = JSON.parse(await readFile(join(hier, "package.json"), "utf8"));
  const regels = [];
  for (const naam of Object.keys(pakket.devDependencies).filter((n) => n !== "esbuild" && n !== "axe-core")) {
    const meta = JSON.parse(await readFile(join(hier, "node_modules", naam, "package.json"), "utf8"));
    regels.push(`${naam} ${meta.version}: ${meta.license}`);
  }
  const fout = regels.filter((regel) => !/: (EUPL-1\.2|OFL-1\.1|MIT)$/.test(regel) && !merk.test(regel));
  if (fout.length) throw new Error(`licentie niet toegestaan: ${fout.join(", ")}`);
  await writeFile(join(uit, "LICENTIES.txt"), regels.join("\n") + "\n");
}

async function bouw() {
  await rm(uit, { recursive: true, force: true });
  await mkdir(uit, { recursive: true });
  const manifest = {};
  let themas = "";
  for (const bestand of (await readdir(join(hier, "thema"))).filter((naam) => naam.endsWith(".css"))) {
    const bron = await readFile(join(hier, "thema", bestand), "utf8");
    themas += bron;
    await schrijf(manifest, `thema-${bestand}`, (await esbuild.transform(bron, { loader: "css", minify: true })).code);
  }
  await stijl(manifest, themas);
  const js = await esbuild.build({ ...gedeeld, entryPoints: [join(hier, "bron/huisstijl.js")], format: "esm", target: "es2022", write: false });
  await schrijf(manifest, "huisstijl.js", js.outputFiles[0].text);
  await modelleur(manifest);
  await brief(manifest);
  for (const gewicht of [400, 700]) {
    for (const [naam, deel] of [["document", "latin"], ["document-ext", "latin-ext"]]) {
      await schrijf(manifest, `${naam}-${gewicht}.woff2`, await readFile(join(hier, letters, `source-sans-3-${deel}-${gewicht}-normal.woff2`)));
    }
  }
  await licenties();
  await writeFile(join(uit, "manifest.json"), JSON.stringify(manifest, null, 1) + "\n");
  await rm(doel, { recursive: true, force: true });
  await rename(uit, doel);
}

await bouw();
