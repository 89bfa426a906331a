import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { DMN_LIMITS, decide, readDmn } from './index.ts'
import { dmn } from './testing.ts'

function read(body: string) {
  const { decisions, problems, warnings } = readDmn(dmn(body))
  assert.deepEqual(problems, [])
  return { decisions: decisions!, warnings }
}

function problemsOf(xml: string): string[] {
  return readDmn(xml).problems.map((problem) => `${problem.elementId} ${problem.code}`)
}

const literal = (id: string, name: string, text: string, more = '') => `<decision id="${id}" name="${name}"><variable name="${name}" />${more}<literalExpression><text>${text}</text></literalExpression></decision>`
const needs = (...ids: string[]) => ids.map((id) => `<informationRequirement><requiredDecision href="#${id}" /></informationRequirement>`).join('')
const knows = (...ids: string[]) => ids.map((id) => `<knowledgeRequirement><requiredKnowledge href="#${id}" /></knowledgeRequirement>`).join('')

const TIER = `
  <itemDefinition name="tLevel"><typeRef>string</typeRef><allowedValues><text>"钻石", "金卡", "普通"</text></allowedValues></itemDefinition>
  <inputData id="in_spend" name="Yearly Spend"><variable name="Yearly Spend" typeRef="number" /></inputData>
  <inputData id="in_joined" name="Joined"><variable name="Joined" typeRef="date" /></inputData>
  <businessKnowledgeModel id="bkm_score" name="Score Of"><variable name="Score Of" />
    <encapsulatedLogic kind="FEEL"><formalParameter name="spend" typeRef="number" /><formalParameter name="years" typeRef="number" />
      <literalExpression><text>floor(spend / 1000) + years * 2</text></literalExpression></encapsulatedLogic></businessKnowledgeModel>
  <decision id="score" name="Score"><variable name="Score" typeRef="number" /><informationRequirement><requiredInput href="#in_spend" /></informationRequirement>${knows('bkm_score')}
    <context>
      <contextEntry><variable name="whole years" /><literalExpression><text>years and months duration(date(Joined), @"2026-11-22").years</text></literalExpression></contextEntry>
      <contextEntry><literalExpression><text>Score Of(years: whole years, spend: Yearly Spend)</text></literalExpression></contextEntry>
    </context></decision>
  <decision id="tier" name="Tier"><variable name="Tier" typeRef="tLevel" />${needs('score')}
    <decisionTable id="tier_table" hitPolicy="UNIQUE">
      <input id="i1" label="分数"><inputExpression typeRef="number"><text>Score</text></inputExpression></input>
      <output id="o1" name="tier" typeRef="tLevel" />
      <rule id="rule_d"><inputEntry><text>&gt;= 20</text></inputEntry><outputEntry><text>"钻石"</text></outputEntry></rule>
      <rule id="rule_g"><inputEntry><text><![CDATA[[10..20)]]></text></inputEntry><outputEntry><text>"金卡"</text></outputEntry></rule>
      <rule id="rule_n"><inputEntry><text>&lt; 10</text></inputEntry><outputEntry><text>"普通"</text></outputEntry></rule>
    </decisionTable></decision>
  <textAnnotation id="note"><text>说明</text></textAnnotation><x:anything />`

test('DMN a decision takes the results of those it requires, and functions of the model', () => {
  const { decisions, warnings } = read(TIER)
  assert.deepEqual(warnings, [])
  const result = decide(decisions, 'tier', { 'Yearly Spend': 9500, Joined: '2023-11-22' })
  assert.deepEqual([result.value, result.matched, result.inputs[0]?.value], ['金卡', ['rule_g'], 15])
  assert.deepEqual(result.steps.map(({ decisionId, value }) => [decisionId, value]), [['score', 15]])
  assert.deepEqual(decisions.decisions.get('tier')?.variables, ['Joined', 'Yearly Spend'])
  assert.equal(decide(decisions, 'score', { 'Yearly Spend': 500, Joined: '2026-11-22' }).value, 0)
})

test('DMN lists, relations, invocations, functions and tables inside other expressions', () => {
  const table = `<decisionTable hitPolicy="FIRST"><input><inputExpression><text>n</text></inputExpression></input><output /><rule><inputEntry><text>&gt; 5</text></inputEntry><outputEntry><text>"大"</text></outputEntry></rule><rule><inputEntry><text>-</text></inputEntry><outputEntry><text>"小"</text></outputEntry></rule></decisionTable>`
  const { decisions } = read(`
    <decision id="list" name="清单"><list><literalExpression><text>1 + 1</text></literalExpression><literalExpression><text>x</text></literalExpression></list></decision>
    <decision id="relation" name="价目"><relation><column name="型号" /><column name="price" /><row><literalExpression><text>"A"</text></literalExpression><literalExpression><text>10</text></literalExpression></row><row><literalExpression><text>"B"</text></literalExpression><literalExpression><text>20</text></literalExpression></row></relation></decision>
    <decision id="cheap" name="便宜">${needs('relation')}<literalExpression><text>价目[price &lt; 15].型号</text></literalExpression></decision>
    <businessKnowledgeModel id="size" name="size"><encapsulatedLogic><formalParameter name="n" />${table}</encapsulatedLogic></businessKnowledgeModel>
    <decision id="called" name="调用">${knows('size')}<invocation><literalExpression><text>size</text></literalExpression><binding><parameter name="n" /><literalExpression><text>x * 3</text></literalExpression></binding></invocation></decision>
    <decision id="mapped" name="多次">${knows('size')}<literalExpression><text>for i in [1, 9] return size(i)</text></literalExpression></decision>
    <decision id="own" name="自带"><context><contextEntry><variable name="twice" /><functionDefinition><formalParameter name="a" /><literalExpression><text>a * 2</text></literalExpression></functionDefinition></contextEntry><contextEntry><variable name="r" /><literalExpression><text>twice(x)</text></literalExpression></contextEntry></context></decision>
    <decision id="nested" name="内嵌"><context><contextEntry><variable name="n" /><literalExpression><text>x + 4</text></literalExpression></contextEntry><contextEntry>${table}</contextEntry></context></decision>`)
  const value = (id: string) => decide(decisions, id, { x: 2 }).value
  assert.deepEqual(value('list'), [2, 2])
  assert.deepEqual(value('relation'), [{ 型号: 'A', price: 10 }, { 型号: 'B', price: 20 }])
  assert.deepEqual(value('cheap'), ['A'])
  assert.equal(value('called'), '大')
  assert.deepEqual(value('mapped'), ['小', '大'])
  assert.equal((value('own') as { r: number }).r, 4)
  assert.equal(value('nested'), '大')
})

test('DMN functions of the model may use one another, and recursion ends', () => {
  const bkm = (id: string, text: string, more = '') => `<businessKnowledgeModel id="${id}" name="${id}"><encapsulatedLogic><formalParameter name="n" /><literalExpression><text>${text}</text></literalExpression></encapsulatedLogic>${more}</businessKnowledgeModel>`
  const { decisions } = read(`${bkm('inner', 'n + 1')}${bkm('outer', 'inner(n) * 10', knows('inner'))}${bkm('endless', 'endless(n) + 1')}
    ${literal('d', 'D', 'outer(x)', knows('outer'))}${literal('e', 'E', 'endless(1)', knows('endless'))}`)
  assert.equal(decide(decisions, 'd', { x: 2 }).value, 30)
  assert.throws(() => decide(decisions, 'e', {}), { code: 'FEEL_TOO_COMPLEX' })
})

test('DMN a problem in a required decision leaves the whole without a result', () => {
  const { decisions } = read(`<decision id="a" name="A"><decisionTable><input id="ai" label="数量"><inputExpression typeRef="number"><text>x</text></inputExpression></input><output /><rule><inputEntry><text>-</text></inputEntry><outputEntry><text>1</text></outputEntry></rule></decisionTable></decision>
    ${literal('b', 'B', 'if A = null then "空" else "有"', needs('a'))}`)
  const result = decide(decisions, 'b', { x: '多' })
  assert.deepEqual([result.value, result.problems, result.steps.map((s) => s.decisionId)], [null, [{ code: 'INPUT_TYPE', elementId: 'ai', message: '“数量”应为数字' }], ['a']])
  assert.equal(decide(decisions, 'b', { x: 1 }).value, '有')
})

test('DMN a decision sees only the results it is connected with, and the author is told', () => {
  const { decisions, warnings } = read(`${literal('a', 'A', '1')}${literal('b', 'B', 'A + 1')}`)
  assert.equal(decide(decisions, 'b', {}).value, null)
  assert.deepEqual(warnings.map((w) => [w.elementId, w.code, w.message]), [['b', 'REQUIREMENT_MISSING', '“B”用到了“A”，但没有与它连线，取不到它的结果']])
})

test('DMN decisions that need each other are refused with the ring', () => {
  const { problems, decisions } = readDmn(dmn(`${literal('a', 'A', 'C', needs('c'))}${literal('b', 'B', 'A', needs('a'))}${literal('c', 'C', 'B', needs('b'))}`))
  assert.equal(decisions, null)
  assert.deepEqual(problems.map((p) => [p.code, p.message]), [['REQUIREMENT_CYCLE', '决策互相依赖，成了圈：“A” → “C” → “B” → “A”']])
  assert.deepEqual(problemsOf(dmn(literal('a', 'A', 'A', needs('a')))), ['a REQUIREMENT_CYCLE'])
})

test('DMN everything wrong in a file is said at once, with the element', () => {
  const body = `${literal('a', 'A', '1 +', needs('zz'))}${literal('a', 'A2', '1')}<decision id="c" name="C" /><import namespace="x" name="y" />
    <decision id="e" name="E"><literalExpression expressionLanguage="http://www.w3.org/XPath"><text>1</text></literalExpression></decision>
    <decision id="f" name="F"><decisionTable id="ft" hitPolicy="BEST"><input id="fi"><inputExpression typeRef="tNone"><text>x</text></inputExpression></input><output /><rule id="fr"><inputEntry><text>1..</text></inputEntry><outputEntry><text>evil()</text></outputEntry></rule></decisionTable></decision>
    <decision id="g" name="G"><conditional /></decision><decision id="__proto__" name="H"><literalExpression><text>1</text></literalExpression></decision>
    <businessKnowledgeModel id="j" name="J"><encapsulatedLogic kind="Java"><formalParameter name="n" /><literalExpression><text>1</text></literalExpression></encapsulatedLogic></businessKnowledgeModel>`
  const { problems, warnings } = readDmn(dmn(body))
  assert.deepEqual(problems.map((p) => `${p.elementId} ${p.code}`).toSorted(), [
    '__proto__ NAME_INVALID', 'a FEEL_SYNTAX', 'a ID_DUPLICATE', 'a REFERENCE_UNRESOLVED', 'c EXPRESSION_MISSING', 'e EXPRESSION_LANGUAGE', 'fr FEEL_SYNTAX', 'fr FEEL_UNKNOWN_FUNCTION',
    'ft HIT_POLICY_INVALID', 'g ELEMENT_UNSUPPORTED', 'j ELEMENT_UNSUPPORTED', 'null ELEMENT_UNSUPPORTED',
  ])
  assert.deepEqual(warnings.map((w) => `${w.elementId} ${w.code}`), ['fi TYPE_UNKNOWN'])
  for (const { message } of problems) assert.match(message, /[\u4e00-\u9fff]/)
})

test('DMN files that attack the reader or are none are refused', () => {
  const bomb = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/">&b;</definitions>'
  const external = '<!DOCTYPE d SYSTEM "file:///etc/passwd"><definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"/>'
  const cases: [string, string][] = [
    [bomb, 'XML_DOCTYPE'], [external, 'XML_DOCTYPE'], [dmn('&unknown;'), 'XML_INVALID'], ['', 'XML_INVALID'], ['不是 XML', 'XML_INVALID'], ['<a/>', 'NOT_DMN'], [dmn('<decision>'), 'XML_INVALID'],
    ['<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>', 'NOT_DMN'], [dmn(' '.repeat(DMN_LIMITS.bytes)), 'XML_TOO_LARGE'], [dmn('汉'.repeat(DMN_LIMITS.bytes / 2.5)), 'XML_TOO_LARGE'],
    [dmn('<list>'.repeat(200) + '</list>'.repeat(200)), 'MODEL_TOO_LARGE'], [dmn('<description/>'.repeat(DMN_LIMITS.elements)), 'MODEL_TOO_LARGE'], [dmn(''), 'DECISION_NONE'],
    [dmn(Array.from({ length: 1001 }, (_, i) => literal(`d${i}`, `D${i}`, '1')).join('')), 'MODEL_TOO_LARGE'],
  ]
  for (const [xml, code] of cases) assert.deepEqual(readDmn(xml).problems.map((p) => p.code), [code], xml.slice(0, 80))
})

test('DMN a long chain of requirements is no trouble', () => {
  const body = Array.from({ length: 900 }, (_, i) => literal(`d${i}`, `D${i}`, i ? `D${i - 1} + 1` : '0', i ? needs(`d${i - 1}`) : '')).join('')
  const { decisions } = read(body)
  assert.equal(decide(decisions, 'd899', {}).value, 899)
})

test('DMN a damaged file gives problems, never an exception, and odd data gives a result', () => {
  const whole = dmn(TIER)
  const pieces = fc.constantFrom('', '<', '"', '&lt;', '<decision id="q">', '</decision>', '<list/>', 'tier', '[', 'null', '<rule/>', '<inputEntry><text>1</text></inputEntry>')
  fc.assert(fc.property(fc.nat(whole.length), fc.nat(60), pieces, (at, length, piece) => {
    const { decisions, problems } = readDmn(whole.slice(0, at) + piece + whole.slice(at + length))
    assert.equal(decisions === null, problems.length > 0)
  }), { numRuns: 500 })
  const { decisions } = read(TIER)
  fc.assert(fc.property(fc.anything(), fc.anything(), (spend, joined) => {
    assert.ok('value' in decide(decisions, 'tier', { 'Yearly Spend': spend, Joined: joined }))
  }), { numRuns: 300 })
})
