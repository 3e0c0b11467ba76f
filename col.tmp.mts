import { createContextKit } from '/work/main/test/support/context-kit.ts'
import { WordFolding } from '/work/main/src/dictionary/build/word-folding.ts'
import { wordsOf } from '/work/main/src/text/words.ts'
const k=createContextKit();
for (const rows of [k.triggers,k.headings] as any[]){
const f=new WordFolding(new Map(),[...k.triggers,...k.headings].flatMap((r:any)=>wordsOf(r.phrase)))
const seen=new Map()
for(const r of rows){const key=wordsOf(r.phrase).map(w=>f.idOf(w)).join(' ');if(seen.has(key))console.log(seen.get(key).phrase,'|',r.phrase, r.categories?seen.get(key).categories+' '+r.categories:seen.get(key).id+' '+r.id);else seen.set(key,r)}}
