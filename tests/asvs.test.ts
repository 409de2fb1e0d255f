import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

/*
 * The register of OWASP ASVS 5.0.0, levels 1 and 2 (`asvs.tsv`): each requirement by its number, with what fulfils it.
 * That is a test (`file > title`), evidence (a file to read), why it does not apply, or the gap. Numbers and levels are
 * OWASP's (CC BY-SA 4.0); the sentences are ours and say what is done here, not what is required.
 */

/** The level of each requirement, section by section: '112' is three requirements, the third of level 2. */
const LEVELS = {
  '1.1': '22',
  '1.2': '1111122223',
  '1.3': '112222222223',
  '1.4': '222',
  '1.5': '123',
  '2.1': '122',
  '2.2': '112',
  '2.3': '12223',
  '2.4': '23',
  '3.1': '3',
  '3.2': '113',
  '3.3': '12223',
  '3.4': '11222233',
  '3.5': '11122333',
  '3.6': '3',
  '3.7': '22333',
  '4.1': '12233',
  '4.2': '23333',
  '4.3': '22',
  '4.4': '1222',
  '5.1': '2',
  '5.2': '112333',
  '5.3': '113',
  '5.4': '222',
  '6.1': '122',
  '6.2': '111111112222',
  '6.3': '11223333',
  '6.4': '112233',
  '6.5': '22222333',
  '6.6': '2223',
  '6.7': '33',
  '6.8': '2222',
  '7.1': '222',
  '7.2': '1111',
  '7.3': '22',
  '7.4': '11222',
  '7.5': '223',
  '7.6': '22',
  '8.1': '1233',
  '8.2': '1123',
  '8.3': '133',
  '8.4': '23',
  '9.1': '111',
  '9.2': '1222',
  '10.1': '22',
  '10.2': '223',
  '10.3': '22223',
  '10.4': '1111122222233333',
  '10.5': '22222',
  '10.6': '22',
  '10.7': '222',
  '11.1': '2233',
  '11.2': '22233',
  '11.3': '11233',
  '11.4': '1222',
  '11.5': '23',
  '11.6': '23',
  '11.7': '33',
  '12.1': '12233',
  '12.2': '11',
  '12.3': '22223',
  '13.1': '2333',
  '13.2': '222223',
  '13.3': '2233',
  '13.4': '1222233',
  '14.1': '22',
  '14.2': '12223333',
  '14.3': '122',
  '15.1': '12233',
  '15.2': '12233',
  '15.3': '1222222',
  '15.4': '3333',
  '16.1': '2',
  '16.2': '22222',
  '16.3': '2222',
  '16.4': '222',
  '16.5': '2223',
  '17.1': '23',
  '17.2': '22223333',
  '17.3': '22',
}

const REQUIREMENTS = Object.entries(LEVELS).flatMap(([section, levels]) =>
  [...levels].map((level, n) => ({ id: `${section}.${n + 1}`, level })),
)

type Line = { id: string; kind: string; reference: string; why: string }

const REGISTER: Line[] = readFileSync('tests/asvs.tsv', 'utf8')
  .trimEnd()
  .split('\n')
  .slice(1)
  .map(line => {
    const [id = '', kind = '', reference = '', why = '', ...rest] = line.split('\t')
    if (rest.length > 0) throw new Error(`${id} has more than four fields`)
    return { id, kind, reference, why }
  })

const linesOf = (kind: string) => REGISTER.filter(line => line.kind === kind)
const isFile = (path: string) => /^(?:[\w.$-]+\/)*[\w.$-]+\.\w+$/.test(path) && existsSync(path)

/** True if a test file has a test, or a row of tests, with this title. */
function hasTest(file: string, title: string): boolean {
  const source = readFileSync(file, 'utf8')
  return [`'${title}'`, `"${title}"`, `\`${title}\``].some(
    written => source.includes(`(${written},`) || source.includes(`[${written},`) || source.includes(` ${written},\n`),
  )
}

describe('the register of ASVS 5.0 has', () => {
  it('the levels of the standard: 70, 183 and 92 requirements', () => {
    expect(['1', '2', '3'].map(level => REQUIREMENTS.filter(row => row.level === level).length)).toEqual([70, 183, 92])
  })

  it('each requirement of levels 1 and 2 once, in order, and no other', () => {
    expect(REGISTER.map(({ id }) => id)).toEqual(REQUIREMENTS.filter(({ level }) => level !== '3').map(({ id }) => id))
  })

  it('a kind and a sentence for each', () => {
    expect(REGISTER.filter(({ kind }) => !['test', 'evidence', 'not_applicable', 'gap'].includes(kind))).toEqual([])
    expect(REGISTER.filter(({ why }) => !/^.{8,}\.$/.test(why))).toEqual([])
  })

  it('tests that are there, by their titles', () => {
    const missing = linesOf('test').filter(({ reference }) => {
      const [file = '', title = ''] = reference.split(' > ')
      return !(isFile(file) && /\.(?:test|spec)\.ts$/.test(file) && hasTest(file, title))
    })
    expect(missing).toEqual([])
  })

  it('evidence that is there to be read', () => {
    expect(linesOf('evidence').filter(({ reference }) => !isFile(reference))).toEqual([])
  })

  it('no reference where nothing holds it', () => {
    const bare = [...linesOf('gap'), ...linesOf('not_applicable')]
    expect(bare.filter(({ reference }) => reference !== '')).toEqual([])
  })
})

const SOURCES = ['app', 'db'].flatMap(folder =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => /\.tsx?$/.test(name))
    .map(name => join(folder, name)),
)

/** Returns the files that contain the pattern outside comments. */
const filesWith = (pattern: RegExp, files = SOURCES) =>
  files.filter(file => pattern.test(readFileSync(file, 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, '')))

describe('the source', () => {
  it('runs no text as code', () => {
    // the worker's bootstrap in development, a text of ours in which only our own file's name is set
    const served = SOURCES.filter(file => file !== join('app', 'jobs', 'worker-thread.server.ts'))
    expect(filesWith(/\beval\s*\(|new Function\b|\beval:|from '(?:node:)?vm'|exec(?:Sync)?\s*\(\s*`/, served)).toEqual(
      [],
    )
  })

  it('writes no text as markup', () => {
    expect(filesWith(/dangerouslySetInnerHTML|\.(?:inner|outer)HTML\b|insertAdjacentHTML|document\.write/)).toEqual([])
  })

  it('hashes by nothing that is broken', () => {
    expect(filesWith(/create(?:Hash|Hmac)\(\s*'(?!sha(?:256|384|512)')/)).toEqual([])
  })

  // == null is null or undefined
  it('compares without converting', () => {
    expect(filesWith(/ (?:==|!=) (?!null\b)/)).toEqual([])
  })
})
