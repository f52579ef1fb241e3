// All that a PDF says: node pdf-text.mjs FILE. Metadata, text of every page, links, and whatever streams hold once they are inflated.
import { readFileSync } from "node:fs";
import { inflateSync } from "node:zlib";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";

const bytes = readFileSync(process.argv[2]);
const document = await getDocument({ data: new Uint8Array(bytes), useSystemFonts: true, verbosity: 0 }).promise;
const { info, metadata } = await document.getMetadata();
console.log(JSON.stringify(info), metadata?.getRaw() ?? "");
for (let number = 1; number <= document.numPages; number++) {
  const page = await document.getPage(number);
  for (const item of (await page.getTextContent()).items) console.log(item.str ?? "");
  for (const annotation of await page.getAnnotations()) console.log(annotation.url ?? annotation.unsafeUrl ?? "", annotation.contentsObj?.str ?? "");
}

// What is in no page, too: alternative texts, names, attachments.
let inflated = 0;
for (let at = bytes.indexOf("stream"); at >= 0; at = bytes.indexOf("stream", at + 6)) {
  if (bytes.subarray(at - 3, at).toString("latin1") === "end") continue;
  const start = at + (bytes[at + 6] === 13 ? 8 : 7);
  try {
    console.log(inflateSync(bytes.subarray(start, bytes.indexOf("endstream", start))).toString("latin1"));
    inflated++;
  } catch {
    // A stream of another coding: an image, or one that is plain and searched with the file.
  }
}

if (inflated === 0) throw new Error("no stream could be inflated");
console.log(bytes.toString("latin1"));
