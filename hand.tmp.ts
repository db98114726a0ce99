import {readFileSync} from 'node:fs'; import {doTask} from './src/main/drill/do-task.ts'; import {loadPacks} from './src/main/packs/load.ts'; import {HeadlessPlant} from './src/main/drill/headless-plant.ts';
const rs=readFileSync('/tmp/batch-a.ndjson','utf8').trim().split('\n').map(l=>JSON.parse(l));
const packs=loadPacks({rulesDir:'rules',proceduresDir:'procedures'}); const plant=HeadlessPlant.start();
for(const id of process.argv.slice(2)){const r=rs.find(x=>x.ok&&x.summary.scenario===id&&!x.task.isControl);
const {run,summary}=await doTask(r.task,{packs,plant});
console.log('BY',id,JSON.stringify(summary.conditions.filter((c:any)=>c.by!=='tag').slice(0,2)));console.log('==',id,'batch said began',r.summary.beganS,'first',JSON.stringify(r.summary.conditions.find((c:any)=>c.role!=='input'&&c.role!=='prohibition')),'lost',JSON.stringify(r.summary.lost),'same again:',JSON.stringify(summary.conditions)===JSON.stringify(r.summary.conditions)&&summary.endS===r.summary.endS);
const s=(ms:number)=>((ms-run.startMs)/1000).toFixed(1);
for(const x of run.records) if(/^(condition.changed|seen.reported|lab.entered)$/.test(x.fact.type)&&(x.fact.data as any).state!=='cleared') console.log('  journal #'+x.n,s(x.fact.atMs),x.fact.type,JSON.stringify(x.fact.data).slice(0,130));
for(const e of run.track.events) if(/fault|margin|trip/.test(e.kind)) console.log('  truth event',e.atS,e.kind,e.subject);
for(const m of run.track.margins) {const p=run.track.samples.filter(q=>q.margins[m.id]!==undefined); const i=p.findIndex(q=>m.side==='above'?q.margins[m.id]!>=m.lostAt:q.margins[m.id]!<=m.lostAt); if(i>=0) console.log('  margin',m.id,m.clauses,'lost at',m.lostAt,'samples',p.slice(Math.max(0,i-2),i+1).map(q=>q.atS+':'+q.margins[m.id]).join(' '));}
} plant.close();
