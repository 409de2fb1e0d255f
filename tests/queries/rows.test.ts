import { globSync, readFileSync } from 'node:fs'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { prepared } from '#db/client.server.ts'
import { dropProvince, makeProvince } from '#tests/make.ts'

const FILES = globSync(['app/**/*.{ts,tsx}', 'db/**/*.ts']).sort()
const { options } = ts.parseJsonConfigFileContent(
  ts.readConfigFile('tsconfig.json', ts.sys.readFile).config,
  ts.sys,
  '.',
)

/** Walks a syntax tree, parents before children. */
function walk(node: ts.Node, visit: (node: ts.Node) => void) {
  visit(node)
  ts.forEachChild(node, child => walk(child, visit))
}

describe('rows have the type of their statement', () => {
  it('and are not cast where they are read', () => {
    const casts = FILES.flatMap(file => {
      const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true)
      const found: string[] = []
      walk(source, node => {
        if (!ts.isAsExpression(node)) return
        let read: ts.Expression = node.expression
        while (ts.isParenthesizedExpression(read)) read = read.expression
        if (!ts.isCallExpression(read) || !ts.isPropertyAccessExpression(read.expression)) return
        if (!['get', 'all', 'iterate'].includes(read.expression.name.text)) return
        found.push(`${file}: ${node.getText().replace(/\s+/g, ' ').slice(-60)}`)
      })
      return found
    })
    expect(casts.length, casts.join('\n')).toBeLessThan(20)
  })
})

type Typed = { place: string; text: string; keys: string[] | number }

/** The SQL of an expression of literals and of constants of this or another file; undefined: it is put together later. */
function textOf(node: ts.Expression, checker: ts.TypeChecker): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text
  if (ts.isTemplateExpression(node)) {
    const spans = node.templateSpans.map(span => {
      const value = textOf(span.expression, checker)
      return value === undefined ? undefined : value + span.literal.text
    })
    return spans.includes(undefined) ? undefined : node.head.text + spans.join('')
  }
  if (!ts.isIdentifier(node)) return undefined
  let symbol = checker.getSymbolAtLocation(node)
  if (symbol && symbol.flags & ts.SymbolFlags.Alias) symbol = checker.getAliasedSymbol(symbol)
  const declared = symbol?.valueDeclaration
  if (!declared || !ts.isVariableDeclaration(declared) || !declared.initializer) return undefined
  return ts.isNumericLiteral(declared.initializer) ? declared.initializer.text : textOf(declared.initializer, checker)
}

/** What is done to the statement where it is prepared: `pluck`, `raw` or nothing. */
function modeOf(call: ts.CallExpression): string | undefined {
  return ts.isPropertyAccessExpression(call.parent) && ['pluck', 'raw'].includes(call.parent.name.text)
    ? call.parent.name.text
    : undefined
}

/** Every `prepared<Row>(text)` whose text can be read, with the keys of `Row`; a number: so many columns, if plucked. */
function typedStatements(): Typed[] {
  const program = ts.createProgram(
    FILES.filter(file => readFileSync(file, 'utf8').includes('prepared<')),
    options,
  )
  const checker = program.getTypeChecker()
  const found: Typed[] = []
  for (const file of FILES)
    walk(program.getSourceFile(file) ?? ts.factory.createNull(), node => {
      if (!ts.isCallExpression(node) || node.expression.getText() !== 'prepared') return
      const [row] = node.typeArguments ?? []
      const [argument] = node.arguments
      const text = argument && textOf(argument, checker)
      const mode = modeOf(node)
      if (!row || text === undefined || mode === 'raw') return
      const type = checker.getTypeFromTypeNode(row)
      const keys = mode === 'pluck' ? 1 : checker.getPropertiesOfType(type).map(property => property.name)
      found.push({ place: `${file}: ${text.replace(/\s+/g, ' ').slice(0, 90)}`, text, keys })
    })
  return found
}

describe('the columns of a statement', () => {
  beforeAll(() => makeProvince())
  afterAll(dropProvince)

  it('are the keys of its row type', () => {
    // temporary tables are there only while an extract is staged
    const statements = typedStatements().filter(({ text }) => !text.includes('staged_'))
    expect(statements.length).toBeGreaterThan(100)
    const wrong = statements.flatMap(({ place, text, keys }) => {
      const columns = prepared(text)
        .columns()
        .map(column => column.name)
      const isRight =
        typeof keys === 'number' ? columns.length === keys : [...columns].sort().join() === [...keys].sort().join()
      return isRight ? [] : [`${place}: ${columns.join()}; the type has ${keys}`]
    })
    expect(wrong).toEqual([])
  }, 120_000)
})
