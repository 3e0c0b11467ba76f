import { createContextKit } from '/work/main/test/support/context-kit.ts'
import { assertSpan } from '/work/main/src/context/assert-span.ts'
const kit = createContextKit()
for (const t0 of process.argv.slice(2)) { const t=t0.replace(/\\n/g,'\n').replace(/\\t/g,'\t')
  const d = kit.read(t.replace(/\[\[|\]\]/g,''))
  const s = kit.findScopes(d)
  const a=t.indexOf('[['), b=t.indexOf(']]')-2
  const toks=[];for(let i=0;i<d.tokens.count;i++)toks.push((d.tokens.gap[i]&4096?'|':'')+d.text.slice(d.tokens.start[i],d.tokens.end[i])+(d.tokens.gap[i]?'/'+(d.tokens.gap[i]&4095):''))
  console.log(toks.join(' '), d.sections.map(x=>x.id+':'+x.firstToken+'-'+x.endToken).join(' '))
  if(a>=0)console.log('   ',JSON.stringify(assertSpan(d,s,{start:a,end:b})))
}
