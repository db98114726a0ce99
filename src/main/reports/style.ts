/**
 * How the report looks: A4, black on white, grey for what is normal, one red for what is not. Plant, incident and mode stand on every page
 * through margin boxes; in an exercise the page has a frame besides, so that no single sheet can be taken for the plant's.
 */
import type { IncidentReport } from '../../contract/report.ts';
import type { Html } from '../markup/markup.ts';
import type { Pen } from './pen.ts';
import { MODE, W } from './words.ts';

const SANS = '"Noto Sans CJK SC","Source Han Sans SC","Microsoft YaHei","PingFang SC",SimHei,"Segoe UI",Arial,sans-serif';

const RULES = `
*{box-sizing:border-box}
html{-webkit-print-color-adjust:exact;print-color-adjust:exact}
body{margin:0 auto;max-width:182mm;color:#1a1a1a;background:#fff;font:9pt/1.42 ${SANS}}
a{color:inherit;text-decoration:none}
time,.n,td.num{font-variant-numeric:tabular-nums}
time{white-space:nowrap}
.n{color:#666;font-size:.86em;white-space:nowrap}
.other{color:#666;font-weight:400;font-size:.78em}
.red,.bad{color:#b3121d;font-weight:700}
.quiet{color:#666}
h1{font-size:19pt;line-height:1.2;margin:5mm 0 1mm;font-weight:700}
h1 .other{display:block;font-size:10.5pt;margin-top:1mm}
h2{font-size:12pt;margin:8mm 0 2mm;padding-bottom:1mm;border-bottom:.35mm solid #1a1a1a;break-after:avoid}
h2 .no{display:inline-block;min-width:8mm;color:#666;font-weight:400}
h3{font-size:9.5pt;margin:4mm 0 1mm;break-after:avoid}
h4{font-size:8.5pt;margin:2.5mm 0 .8mm;color:#444;break-after:avoid}
p{margin:.8mm 0}
.lead{font-size:10pt}
.lead li{margin:1.6mm 0;padding-left:1.5mm}
.notice{border:.35mm solid #1a1a1a;padding:1.5mm 2.5mm;margin:2mm 0;break-inside:avoid}
.notice.bad{border-color:#b3121d;font-weight:400}
.nothing,.more,.note{color:#666;font-size:8pt}
.banner{display:flex;gap:4mm;align-items:baseline;border:.5mm solid #1a1a1a;padding:1.8mm 3mm}
.banner .mode{font-size:13pt;font-weight:800;letter-spacing:.03em;white-space:nowrap}
.banner .mode .other{font-size:9pt;font-weight:700;color:inherit}
.banner .plant{flex:1;overflow-wrap:anywhere}
.banner .id{font-weight:700;overflow-wrap:anywhere}
.banner.training,.banner.reconstructed{border-style:double;border-width:1.4mm}
nav{columns:2;column-gap:8mm;font-size:8.5pt;margin-top:2mm}
nav p{margin:.5mm 0;break-inside:avoid}
nav .no{display:inline-block;width:7mm;color:#666}
table{width:100%;border-collapse:collapse;margin:1mm 0 2mm;font-size:8.2pt;line-height:1.36}
thead{display:table-header-group}
tr{break-inside:avoid}
th{font-weight:600;text-align:left;color:#444;border-bottom:.35mm solid #1a1a1a;padding:.6mm 1.2mm;vertical-align:bottom}
td{border-bottom:.15mm solid #c4c4c4;padding:.8mm 1.2mm;vertical-align:top;overflow-wrap:anywhere}
tr.abnormal td:first-child{box-shadow:inset .9mm 0 0 #b3121d}
.t{width:21mm}.tf{width:23mm}.tt{width:33mm}.no{width:9mm}.rec{width:19mm}.lane{width:18mm}.who{width:24mm}.st{width:20mm}.cl{width:18mm}.num{width:22mm;text-align:right}.mid{width:34mm}.wide{width:46mm}
.clauses .wide{width:66mm}
td .n{white-space:normal}
table.facts th{width:34mm;border-bottom:.15mm solid #c4c4c4;vertical-align:top}
table.facts{table-layout:fixed}
td ul{margin:0;padding-left:3.2mm}
td li{margin:.2mm 0}
ul.plain{list-style:none;padding:0;margin:0}
ol.why{margin:.5mm 0;padding-left:5mm}
.card{border-left:.6mm solid #c4c4c4;padding:.2mm 0 .2mm 3mm;margin:3mm 0}
.card.bad{border-color:#b3121d;color:inherit;font-weight:400}
.mono{font:.9em "Noto Sans Mono CJK SC","DejaVu Sans Mono",Consolas,monospace;overflow-wrap:anywhere}
pre{font:8pt/1.5 "Noto Sans Mono CJK SC","DejaVu Sans Mono",Consolas,monospace;border:.25mm solid #c4c4c4;padding:1.5mm 2mm;white-space:pre-wrap;overflow-wrap:anywhere}
.counts{display:flex;gap:8mm;margin:1mm 0 2mm}
.counts b{font-size:13pt}
figure{margin:2mm 0 3mm;break-inside:avoid}
figcaption{font-size:8.2pt}
figcaption .quiet{font-size:7.6pt}
svg.chart{display:block;width:100%;height:auto;font-family:${SANS}}
svg .grid{stroke:#dcdcdc;stroke-width:.7}
svg .tick{fill:#666;font-size:9px}
svg .unit{fill:#666;font-size:10px}
svg .frame{fill:none;stroke:#777;stroke-width:.8}
svg .frame.asitwas{stroke:#1a1a1a;stroke-width:2}
svg .line{fill:none;stroke:#1a1a1a;stroke-width:1.3;stroke-linejoin:round}
svg .line.shown{stroke:#777;stroke-width:1.1;stroke-dasharray:4 3}
svg .deceived{fill:#b3121d;fill-opacity:.12}
svg .limit{stroke:#555;stroke-width:1;stroke-dasharray:5 3}
svg .limit.red{stroke:#b3121d}
svg .limittext{fill:#555;font-size:9px}
svg .limittext.red{fill:#b3121d}
svg .mark{fill:#fff;stroke:#555;stroke-width:.8}
svg line.mark{stroke-dasharray:1.5 2.5}
svg .marklabel{font-size:8px;fill:#1a1a1a}
svg .hatch{stroke:#999;stroke-width:2.2}
svg .gap{stroke:#bbb;stroke-width:.6}
svg .count{fill:#c9c9c9}
svg .over{fill:#b3121d}
svg .row{fill:#fff}
svg .row.odd{fill:#f5f5f5}
svg .lanetitle{font-size:11px;fill:#1a1a1a}
svg .bar{fill:#b9b9b9;stroke:none}
svg .bar.abnormal{fill:#b3121d}
svg .bar.warn{fill:#8a8a8a}
svg .bar.hatched{fill:url(#timeline-hatch);stroke:#999;stroke-width:.7}
svg .bar.hatched.abnormal{stroke:#b3121d;stroke-width:1.5}
svg .bar.place{stroke:#fff;stroke-width:1;fill:#8a8a8a}
svg .bar.retreating,svg .bar.raised,svg .bar.stopping{fill:#4a4a4a}
svg .bar.safe{fill:#d8d8d8}
svg .bar.investigating,svg .bar.readyToReturn{fill:#ececec;stroke:#bbb}
svg .bartext{font-size:9.5px;fill:#fff}
svg .bartext.hatched,svg .bartext.beside,svg .bartext.safe,svg .bartext.investigating,svg .bartext.readyToReturn{fill:#1a1a1a}
svg .event{stroke:#8a8a8a;stroke-width:1}
svg .event.p1,svg .event.p2,svg .event.red,svg .event.trip,svg .event.firstout{stroke:#b3121d;stroke-width:1.3}
svg .event.firstout,svg .event.trip{stroke-width:3}
svg .event.deed{stroke:#1a1a1a;stroke-width:1.3}
svg .flag{stroke:#1a1a1a;stroke-width:1}
svg .flag.red{stroke:#b3121d;stroke-width:1.4}
svg .flag.safe{stroke:#1a1a1a;stroke-width:1.6}
svg .flagtext{font-size:10px;font-weight:700;fill:#1a1a1a}
svg .flagtext.red{fill:#b3121d}
svg .celltitle{font-size:10px;fill:#1a1a1a}
section.person.next{break-before:page}
@media screen{body{padding:8mm}}
`;

/**
 * Words inside a string of the style sheet. HTML's escapes mean nothing there and `</style>` would end it, so everything but letters, digits
 * and blanks is written as a code point.
 */
export function cssString(words: string): string {
  let text = '';
  for (const sign of words.toWellFormed()) text += /[\p{L}\p{N} ]/u.test(sign) ? sign : `\\${(sign.codePointAt(0) ?? 0xfffd).toString(16)} `;
  return `"${text}"`;
}

/** What an exercise and a reconstruction have besides: a hatched band down both edges, with the word in it, on every page. */
function band(modeWords: string): string {
  const stripes = 'repeating-linear-gradient(135deg,#c4c4c4 0 .8mm,#fff .8mm 2mm)';
  return (['left', 'right'] as const).map((where) => {
    const edge = `background:${stripes} no-repeat ${where === 'left' ? '5mm' : '6mm'} 0/3mm 100%;`;
    return `@${where}-top{content:"";${edge}height:40%}@${where}-bottom{content:"";${edge}height:40%}
@${where}-middle{content:${cssString(modeWords)};height:20%;writing-mode:vertical-rl;font:700 9pt ${SANS};letter-spacing:.1em;color:#555;text-align:center;vertical-align:middle;padding-${where}:4.6mm}`;
  }).join('\n');
}

/** Longest title in a margin box: one line of A4 beside two others. */
const MARGIN_WORDS_MAX = 34;
const shortened = (words: string, max: number): string => ([...words].length <= max ? words : `${[...words].slice(0, max - 1).join('')}…`);

/** What stands in the margins of every page. */
export interface PageWords {
  readonly mode: IncidentReport['mode'];
  readonly left: string;
  readonly right: string;
  readonly foot: string;
}

function pageRules({ mode: given, left, right, foot }: PageWords): string {
  const mode = MODE[given];
  const modeWords = `${mode.en} ${mode.zh}`;
  const side = given === 'OPERATION' ? '' : band(modeWords);
  const box = `font:8pt ${SANS};color:#1a1a1a;`;
  return `@page{size:A4;margin:19mm 14mm 17mm;
@top-left{content:${cssString(shortened(left, MARGIN_WORDS_MAX))};${box}width:36%;text-align:left;vertical-align:bottom;padding-bottom:2.5mm;white-space:nowrap;overflow:hidden}
@top-center{content:${cssString(modeWords)};${box}width:28%;text-align:center;vertical-align:bottom;padding-bottom:2.5mm;font-weight:800;font-size:9.5pt}
@top-right{content:${cssString(shortened(right, MARGIN_WORDS_MAX + 8))};${box}width:36%;text-align:right;vertical-align:bottom;padding-bottom:2.5mm;white-space:nowrap;overflow:hidden}
@bottom-left{content:${cssString(foot)};${box}width:60%;text-align:left;vertical-align:top;padding-top:2.5mm;color:#666;white-space:nowrap}
@bottom-right{content:counter(page) " / " counter(pages);${box}width:20%;text-align:right;vertical-align:top;padding-top:2.5mm}
${side}}`;
}

/** The style sheet of a printed page with these words in its margins. */
export const pageStyle = (words: PageWords): Html => `${pageRules(words)}${RULES}` as Html;

export function styleOf(report: IncidentReport, pen: Pen): Html {
  const redacted = report.redacted ? ` · ${pen.plain({ zh: '隐名', en: 'no names' })}` : '';
  return pageStyle({
    mode: report.mode, left: pen.plain(report.plant.title), right: `${pen.plain(W.incident)} ${report.incident.id}${redacted}`,
    foot: `Haven 退守 ${report.product.version} · #${String(report.proof.fromRecord)}–#${String(report.proof.toRecord)} · ${report.proof.headHash.slice(0, 16)}`,
  });
}
