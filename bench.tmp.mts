import { readFileSync } from 'node:fs'
import { createContextKit } from '/work/main/test/support/context-kit.ts'
const kit = createContextKit()
const notes = readFileSync('/work/shared/gold/notes-mtsamples.jsonl','utf8').trim().split('\n').map(l=>JSON.parse(l).text as string)
const chars = notes.reduce((a,t)=>a+t.length,0)
let sink=0
const run=(mode:number)=>{const t0=process.hrtime.bigint();let m=0;for(const t of notes){const d=kit.read(t);if(mode>=1){const s=kit.findScopes(d);if(mode>=2){for(let i=3;i+2<d.tokens.count;i+=12){const a=s.assertionOf(i,i+2);sink+=a.cues.length;m++}}}}return [Number(process.hrtime.bigint()-t0)/1e3,m]}
for(let r=0;r<6;r++){const [a]=run(0),[b]=run(1),[c,m]=run(2);const per=3000/chars;console.log('read',(a!*per).toFixed(1),'scopes',((b!-a!)*per).toFixed(1),'assert',((c!-b!)*per).toFixed(1),'us per 3kB; mentions per 3kB',(m!*per).toFixed(1))}
for(const big of ['no fever, '.repeat(300000),'denies a, b or c '.repeat(200000),'fever '.repeat(1000000)+'resolved','[ ] a [x] b '.repeat(200000),'- x (-) '.repeat(200000), 'mother and father '.repeat(300000)]){const t0=Date.now();const d=kit.read(big);const t1=Date.now();const s=kit.findScopes(d);const t2=Date.now();for(let i=0;i<d.tokens.count;i+=10)sink+=s.assertionOf(i,i+1).cues.length;console.log(big.slice(0,18),d.tokens.count,'read',t1-t0,'scopes',t2-t1,'assert',Date.now()-t2)}
console.log(sink)
