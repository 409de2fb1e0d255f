import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { isRebuild, rebuiltTable } from '#db/rebuild.server.ts'
import { MIGRATIONS, readMigrations } from '#db/schema-version.server.ts'

/** Migrations that provinces have run, with the SHA-256 of their files: none is edited any more. */
const FROZEN: Record<string, string> = {
  '0000_founding': '2bcf955d34920f120852ca74d0cbc83740fe504694d576f21b0682710fd93044',
  '0001_job_attempts': 'f27e20928be50505938d707b83239d193115a6e83fdef902616ded5ae31a66a7',
  '0002_rules_at_their_edges': '4c006777851334a95e98aea95d70eaf99f72635eb65722676892e655f43b4c12',
  '0003_official_alike': '0320dff432f76cfaa0870773486f99d219e0d0be54a2348d816243951d35b038',
  '0004_official_clash': '715ffd3797d88818fef134232c328df2f7162d20f4ef321d8374376a8815279a',
  '0005_batch_in_steps': 'd5a1ac926b0a6fec3993ceade96bc3d89e543494ae941f34d9e37bfb395e3507',
  '0006_nobody_bends_the_count': 'cd44a1a8a7c5503f5912ddf3ee9485fc0d9670e5679e35e3f28bbcdaf3c28431',
  '0007_what_comes_in': 'ae01af8869d1b115ab28400010643de2cacc5474e061c3ed02c9b79c778b01dd',
  '0008_set_up_as_data': '06e35f1b9ebbcca65e2f722dbcc2a940c5c1b17fedc49a2af2da3576cfe28b30',
  '0009_indicators': '403a017b7844e9551fa48e7886baf6dfcef7ddcb7c1883e03fdc2b7b7510dcea',
  '0010_campaign_terms': '86d95cf10b5a1bdad7fcf559592890bbb20d48da64223ca0bff71628b07457cf',
  '0012_closing': 'c9cfd523c872ae4393ae89de0953581b5de5efaec37610a59f78cd58b1901351',
  '0013_papers': '38a56d17579a9af8c535d2808997fb7398ebd690da054aef4db6d0461a74969e',
  '0014_inspection_team': 'c86464099b2e938e0b9bf9ec35088725ac94b4b5e607fda232463ec3f8856967',
  '0015_on_the_road': '24285296a318f5bb0ad787888ddc5b74bd2f237a07c452b0727181acc4b026b3',
  '0016_notice': '6a06880fcb6d26ae2a3bd98434ae271065dbd43f78c1bf2eb1bc1a5fe08089aa',
  '0017_signatures': 'ea8ce423eb4125247eea366c23654c64785e1b67746fd454b33cca5163e67a96',
  '0018_portal_login': '30e34c9b9f6c8f9937c25f68eca035c6e0e4c82f93b981f435ae9ff2f6021c13',
}

const migrations = readMigrations(MIGRATIONS)
const later = migrations.filter(({ tag }) => tag !== '0000_founding')

it('of a released version is never edited', () => {
  for (const [tag, hash] of Object.entries(FROZEN)) {
    const bytes = readFileSync(`${MIGRATIONS}/${tag}.sql`)
    expect([tag, createHash('sha256').update(bytes).digest('hex')]).toEqual([tag, hash])
  }
})

it('is listed once in the journal, in the order of numbers and moments', () => {
  const files = readdirSync(MIGRATIONS)
    .filter(name => name.endsWith('.sql'))
    .map(name => name.slice(0, -'.sql'.length))
  expect(migrations.map(({ tag }) => tag)).toEqual(files.sort())
  const numbers = migrations.map(({ tag }) => Number(/^(\d{4})_/.exec(tag)?.[1]))
  expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b))
  const moments = migrations.map(({ when }) => when)
  expect(moments).toEqual([...new Set(moments)].sort((a, b) => a - b))
})

it('says in its first line for which issue it is', () => {
  for (const { tag, statements } of later) expect([tag, statements[0]]).toEqual([tag, expect.stringMatching(ISSUE)])
})

it('changes a table once for an issue, until the migration is released', () => {
  const seen = new Map<string, string>()
  for (const { tag, statements } of later.filter(({ tag }) => !(tag in FROZEN))) {
    const issue = ISSUE.exec(statements[0] ?? '')?.[1]
    for (const table of new Set(statements.flatMap(changedTable))) {
      const key = `issue ${issue}, table ${table}`
      expect([key, seen.get(key) ?? tag]).toEqual([key, tag])
      seen.set(key, tag)
    }
  }
})

const ISSUE = /^-- issue (\d+): \S/

/** The table whose definition a statement makes or changes, if it does. */
function changedTable(statement: string): string[] {
  if (isRebuild(statement)) return [rebuiltTable(statement)]
  const name = /\b(?:alter|create|drop)\s+table\s+(?:if\s+(?:not\s+)?exists\s+)?[`"]?(\w+)/i.exec(statement)?.[1]
  return name === undefined ? [] : [name]
}
