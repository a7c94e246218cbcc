// An arithmetic expression over named values: numbers, + - * /, brackets, min max abs round. Parsed once, never evaluated as code.

import jsep from 'jsep'

export class FormulaFaulty extends Error {
  readonly zh: string
  constructor(zh: string, en: string) {
    super(en)
    this.zh = zh
  }
}

type Value = (values: ReadonlyMap<string, number>) => number

const FUNCTIONS: Readonly<Record<string, (...values: number[]) => number>> = { min: Math.min, max: Math.max, abs: Math.abs, round: Math.round }
const OPERATORS: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
}

/** @throws {FormulaFaulty} with words for who wrote it. */
export function compileFormula(text: string, names: ReadonlySet<string>): Value {
  let tree: jsep.Expression
  try {
    tree = jsep(text)
  } catch (error) {
    throw new FormulaFaulty(`公式写错了：${(error as Error).message}`, `the formula is wrong: ${(error as Error).message}`)
  }
  return build(tree, names, 0)
}

function build(node: jsep.Expression, names: ReadonlySet<string>, depth: number): Value {
  const refuse = (what: string) => new FormulaFaulty(`公式中不能用 ${what}`, `a formula cannot hold ${what}`)
  if (depth > 40) throw refuse('…')
  const inner = (each: unknown) => build(each as jsep.Expression, names, depth + 1)
  switch (node.type) {
    case 'Literal': {
      const { value } = node as jsep.Literal
      if (typeof value !== 'number') throw refuse(String(value))
      return () => value
    }
    case 'Identifier': {
      const { name } = node as jsep.Identifier
      if (!names.has(name)) throw new FormulaFaulty(`公式中的 ${name} 没有对应的设备`, `no device stands for ${name}`)
      return (values) => values.get(name) ?? Number.NaN
    }
    case 'UnaryExpression': {
      const { operator, argument } = node as jsep.UnaryExpression
      const value = inner(argument)
      if (operator === '-') return (values) => -value(values)
      if (operator === '+') return value
      throw refuse(operator)
    }
    case 'BinaryExpression': {
      const { operator, left, right } = node as jsep.BinaryExpression
      const act = Object.hasOwn(OPERATORS, operator) ? OPERATORS[operator]! : undefined
      if (!act) throw refuse(operator)
      const [a, b] = [inner(left), inner(right)]
      return (values) => act(a(values), b(values))
    }
    case 'CallExpression': {
      const { callee, arguments: given } = node as jsep.CallExpression
      const name = callee.type === 'Identifier' ? (callee as jsep.Identifier).name : ''
      const act = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name]! : undefined
      if (!act || given.length === 0) throw refuse(`${name}()`)
      const parts = given.map(inner)
      return (values) => act(...parts.map((part) => part(values)))
    }
    default:
      throw refuse(node.type)
  }
}
