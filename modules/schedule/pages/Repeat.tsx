import { Field } from './Field.tsx'
import { NumberInput } from '@quancheng/ui'
import { Checkbox, Input, Select } from 'antd'
import { useState } from 'react'
import { dayNo, daysIn, partsOf, weekdayOf } from '../rules/days.ts'
import { formatRule, parseRule, ruleText, WEEKDAYS, type Rule } from '../rules/rrule.ts'
import { ts } from './texts.ts'
import { weekdayName } from './time.ts'

/** The rules that the day of the event makes likely; each a text of RFC 5545 without an end. */
function offered(day: string): Array<{ value: string, label: string }> {
  const no = dayNo(day), { year, month, day: n } = partsOf(no), wd = WEEKDAYS[weekdayOf(no) - 1]!, d = weekdayName(day), nth = Math.ceil(n / 7), size = daysIn(year, month)
  return [
    { value: '', label: ts('never') }, { value: 'FREQ=DAILY', label: ts('daily') }, ...(weekdayOf(no) < 6 ? [{ value: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', label: ts('workdays') }] : []),
    { value: `FREQ=WEEKLY;BYDAY=${wd}`, label: ts('weekly', { d: d.replace('周', '') }) }, { value: `FREQ=WEEKLY;INTERVAL=2;BYDAY=${wd}`, label: ts('fortnight', { d }) }, { value: `FREQ=MONTHLY;BYMONTHDAY=${n}`, label: ts('monthDay', { n }) },
    ...(nth < 5 ? [{ value: `FREQ=MONTHLY;BYDAY=${nth}${wd}`, label: ts('monthNth', { n: nth, d }) }] : []), ...(n + 7 > size ? [{ value: `FREQ=MONTHLY;BYDAY=-1${wd}`, label: ts('monthLast', { d }) }] : []), { value: 'FREQ=YEARLY', label: ts('yearly') },
  ]
}
const endless = (rule: Rule): string => formatRule({ ...rule, count: null, until: null })

/** 重复: how often, until when, and whether a public holiday is left out. */
export function Repeat({ day, value, skip, onChange, problem, onWrong }: { day: string, /** the number of times is no number from 1 to 999 */ onWrong: (wrong: boolean) => void, value: string | null, skip: boolean, onChange: (value: string | null, skip: boolean) => void, problem: string | undefined }) {
  const rule = value ? parseRule(value) : null, base = rule ? endless(rule) : '', options = offered(day), known = options.some(o => o.value === base)
  const end = rule?.count ? 'count' : rule?.until ? 'until' : 'never'
  const [typed, setTyped] = useState<string | null>(null)
  const put = (next: Partial<Rule>): void => { if (rule) onChange(formatRule({ ...rule, ...next }), skip) }
  return (
    <Field label={ts('rule')} problem={typed === null ? problem : ts('countWrong')} group>
      <div className="sc-repeat">
        <Select aria-label={ts('rule')} value={base} options={known ? options : [...options, { value: base, label: ts('keep', { text: rule ? ruleText({ ...rule, count: null, until: null }) : '' }) }]} onChange={text => { const picked = parseRule(text); onChange(picked ? formatRule({ ...picked, count: rule?.count ?? null, until: rule?.until ?? null }) : null, skip) }} />
        {rule && <Select aria-label={ts('ends')} value={end} options={[{ value: 'never', label: ts('endNever') }, { value: 'until', label: ts('endUntil') }, { value: 'count', label: ts('endCount') }]}
          onChange={kind => { setTyped(null); onWrong(false); put(kind === 'count' ? { count: 10, until: null } : kind === 'until' ? { count: null, until: day } : { count: null, until: null }) }} />}
        {rule?.count !== null && rule && <NumberInput whole ariaLabel={ts('times')} suffix={ts('times')} status={typed !== null ? 'error' : ''} value={typed ?? rule.count} onChange={n => { const good = typeof n === 'number' && n >= 1 && n <= 999; setTyped(good ? null : String(n ?? '')); onWrong(!good); if (good) put({ count: n }) }} />}
        {rule?.until && <Input type="date" aria-label={ts('untilDay')} value={rule.until} min={day} onChange={event => { if (event.target.value) put({ until: event.target.value }) }} />}
      </div>
      {rule && <Checkbox checked={skip} onChange={event => onChange(value, event.target.checked)}>{ts('skip')}</Checkbox>}
    </Field>
  )
}
