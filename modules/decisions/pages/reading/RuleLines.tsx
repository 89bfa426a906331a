import type { DecisionTable } from '@quancheng/process'
import { outputWords, testWords } from '../../rules/cell.ts'
import { tx } from '../texts.ts'

/** The rules in words, one card each: for narrow screens and for a look before taking a template. */
export function RuleLines({ table, matched = [] }: { table: DecisionTable, matched?: readonly string[] }) {
  return (
    <ol className="dt-cards qc-plain">
      {table.rules.map((rule, i) => {
        const tests = table.inputs.map((input, at) => ({ label: input.label || input.expression, words: testWords(rule.tests[at]!) })).filter(each => each.words !== '任意')
        return (
          <li key={rule.id} className="dt-card" data-hit={matched.includes(rule.id)} aria-label={tx('ruleN', { n: i + 1 })}>
            <span className="dt-card-n">{i + 1}</span>
            <div>
              <div className="dt-card-when"><span className="qc-faint">{tx('when')}</span>{tests.length ? tests.map(each => <span key={each.label} className="dt-term">{each.label} <b>{each.words}</b></span>) : <span className="dt-term">{tx('any')}</span>}</div>
              <div className="dt-card-then"><span className="qc-faint">{tx('then')}</span>{table.outputs.map((output, at) => <span key={output.id} className="dt-term dt-term-out">{output.label || output.name} <b>{outputWords(rule.outputs[at]!)}</b></span>)}</div>
              {rule.note && <p className="qc-soft">{rule.note}</p>}
            </div>
          </li>
        )
      })}
    </ol>
  )
}
