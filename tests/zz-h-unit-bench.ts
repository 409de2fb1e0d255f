import { openDatabase, db } from '/work/main/db/client.server.ts'
import { useMasterKey } from '/work/main/db/keys.server.ts'
import { personOf } from '/work/main/app/queries/account.server.ts'
import * as board from '/work/main/app/queries/board.server.ts'
import * as help from '/work/main/app/queries/help.server.ts'
import * as official from '/work/main/app/queries/official.server.ts'
import * as target from '/work/main/app/queries/target.server.ts'
import * as exemption from '/work/main/app/queries/exemption.server.ts'
import * as activation from '/work/main/app/queries/activation.server.ts'
import * as obligation from '/work/main/app/queries/obligation.server.ts'
useMasterKey(Buffer.alloc(32, 7).toString('base64'))
openDatabase('/tmp/h-bench/demo.sqlite')
const acc = (login: string) => { const p = personOf((db.$client.prepare('select id from account where login=?').get(login) as {id:number}).id, '2024-06-12'); if (!p) throw 0; return p }
const rootHead = (() => { const r = db.$client.prepare("select account_id as id from role_grant where role='head' and unit_id=1").get() as {id:number}|undefined; return r ? personOf(r.id,'2024-06-12') : undefined })()
const today = '2024-06-12'
function time(name: string, f: () => unknown) { f(); const n=7; const ts:number[]=[]; for (let i=0;i<n;i++){ const s=process.cpuUsage(); f(); const e=process.cpuUsage(s); ts.push((e.user+e.system)/1000)}; ts.sort((a,b)=>a-b); console.log(name.padEnd(40), 'min', ts[0]!.toFixed(1), 'med', ts[3]!.toFixed(1)) }
const only = process.argv[2]
for (const [who, actor, unitId, path] of [['commune', acc('thutruong'),75,'/1/60/75/'],['district',acc('truonghuyen'),60,'/1/60/'],['province', rootHead ?? acc('congan'),1,'/1/']] as const) {
  console.log('--', who, actor.grants[0]?.role)
  time('findUnitBoard', () => board.findUnitBoard(actor,1,unitId,today))
  const offs=[...new Set((db.$client.prepare("select distinct official_id as o from help where verdict_reason=?").all("awaiting_confirmation") as {o:number}[]).map(r=>r.o))]; if (unitId===1) time("burstsOf "+offs.length, () => help.burstsOf(1,offs));
  time('findQueue', () => board.findQueue(actor,1,path))
  time('waitingHelp', () => help.waitingHelp(actor,1,{unitPath:path}))
  time('waitingObligations', () => obligation.listWaitingObligations(actor,1,{unitPath:path,limit:50}))
  time('listOfficials 10', () => official.listOfficials(actor,1,{unitPath:path,limit:10}))
  time('listOfficials name 50', () => official.listOfficials(actor,1,{unitPath:path,limit:50,sort:'name'}))
  time('listOfficials search', () => official.listOfficials(actor,1,{unitPath:path,limit:50,search:'nguyen'}))
  time('listHelp', () => help.listHelp(actor,1,{unitPath:path,limit:50}))
  time('listHelp kind rejected', () => help.listHelp(actor,1,{unitPath:path,limit:50,kind:'rejected'}))
  time('listHelp reason self', () => help.listHelp(actor,1,{unitPath:path,limit:50,reason:'self_claim'}))
  time('listExemptions', () => exemption.listExemptions(actor,1,{unitPath:path}))
  time('listTargetDecisions', () => target.listTargetDecisions(actor,1,{unitPath:path}))
  time('assignable', () => target.assignableOfficials(actor,1,path))
  time('listActivations', () => activation.listActivations(actor,{unitPath:path,isMissing:true}))
  time('listActivations all', () => activation.listActivations(actor,{unitPath:path}))
  const q = help.waitingHelp(actor,1,{unitPath:path})
  time('listToConfirm 50', () => help.listToConfirm(actor,1,q.others.slice(0,50)))
}
