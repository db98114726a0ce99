/** How the sheet looks: black on white, A4, fonts that are on the machine. Nothing that matters is said by colour or background alone. */
import type { Html } from '../markup/markup.ts';

export const STYLE = `
@page{size:A4;margin:14mm 12mm 16mm;font:8pt "Noto Sans CJK SC","Microsoft YaHei",SimHei,sans-serif}
*{box-sizing:border-box}
body{margin:0 auto;max-width:186mm;color:#000;background:#fff;font:9.5pt/1.35 "Noto Sans CJK SC","Source Han Sans SC","Microsoft YaHei",SimHei,"Segoe UI",sans-serif}
.en{font-size:.88em;color:#222}
header{display:flex;align-items:baseline;gap:5mm;border:1.2mm solid #000;padding:1.5mm 3mm}
header.training{border-style:double;border-width:2mm}
header p{margin:0}
.mode{font-size:15pt;font-weight:800;white-space:nowrap}
.mode .en{font-size:15pt}
.plant{flex:1;font-weight:600}
.asof{white-space:nowrap;text-align:right}
h1{font-size:14pt;margin:3mm 0 1.5mm}
h2{font-size:10.5pt;margin:3.5mm 0 1mm;border-bottom:.5mm solid #000;break-after:avoid;page-break-after:avoid}
.note{margin:1mm 0 0;font-size:8.5pt}
p{margin:.4mm 0}
table{width:100%;border-collapse:collapse}
td,th{border:.25mm solid #555;padding:.8mm 1.5mm;vertical-align:top;text-align:left;overflow-wrap:anywhere}
.facts th{width:34mm;font-weight:500}
.facts td,.facts th{padding:.4mm 1.5mm}
thead{display:table-header-group}
thead th{font-weight:500;font-size:8.5pt}
.steps tbody,tr,li,.now,.signatures{break-inside:avoid;page-break-inside:avoid}
.steps td:first-child,.steps th:first-child{width:9mm;text-align:center}
.steps td:first-child .box{margin-right:0}
.steps td:nth-child(3),.steps th:nth-child(3){width:37mm}
.steps td:nth-child(4),.steps th:nth-child(4){width:27mm}
section>table:not(.steps) td:first-child{width:9mm}
section>table:not(.steps):not(.never) td:nth-child(3){width:42mm}
.never td.mark{width:7mm;font-size:13pt;font-weight:800;text-align:center}
.never td:nth-child(3){width:30mm}
.never td:nth-child(4){width:28mm}
.signatures table td{height:9mm}
.signatures table td:first-child{width:52mm!important}
.signatures table td:nth-child(3){width:50mm!important}
tr.violated td{border:.9mm solid #000;font-weight:700}
tbody.now{border:1mm solid #000}
tbody.now .word,tbody.open .word,.over{font-weight:800;border:.5mm solid #000;padding:0 .8mm}
tbody.done .do,tbody.skipped .do{font-weight:400}
.do{font-weight:700}
.do i{font-style:normal;font-weight:500;border:.2mm solid #555;padding:0 .8mm;font-size:.85em}
.before{border-left:1.2mm solid #000;padding-left:1.5mm}
.undo,.otherwise{font-size:.92em}
.otherwise{font-style:normal;color:#222}
.loud{font-weight:800;border:.7mm solid #000;padding:1mm 1.5mm}
.now{border:.9mm solid #000;padding:1mm 2mm;margin-top:2.5mm}
section.now h2{border:0;margin:0}
section.now p{font-size:11pt;font-weight:600}
.box{display:inline-flex;align-items:center;justify-content:center;width:4.2mm;height:4.2mm;margin-right:1mm;border:.35mm solid #000;line-height:1;text-indent:0;font-weight:800;font-size:8.5pt;vertical-align:-.9mm}
.tick{font-size:0}
.tick::after{content:"";width:1.5mm;height:2.9mm;margin-top:-.7mm;border:solid #000;border-width:0 .65mm .65mm 0;transform:rotate(40deg)}
ul{margin:.5mm 0;padding-left:2mm;list-style:none}
ul.plain{padding-left:0}
li{padding-left:5.4mm;text-indent:-5.4mm}
li p{text-indent:0}
code{font:.88em "Noto Sans Mono CJK SC",Consolas,monospace}
.reading{color:#222;font-size:.92em}
time{white-space:nowrap;font-variant-numeric:tabular-nums}
@media screen{body{padding:6mm}}
` as Html;
