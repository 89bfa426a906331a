import assert from 'node:assert/strict'
import { test } from 'node:test'
import { neededOf, placeBeside, tally, type Answer, type ApprovalRule, type Mode, type Vote } from './rules.ts'

const ALL: ApprovalRule = { mode: 'all', share: 1, veto: false }
const ANY: ApprovalRule = { mode: 'any', share: 1, veto: false }
const ORDER: ApprovalRule = { mode: 'sequence', share: 1, veto: false }
const people = (...answers: Array<Answer | null>): Vote[] => answers.map((answer, i) => ({ id: String.fromCharCode(97 + i), seat: i, place: 0, answer }))

test('AP-03 会签 where all must agree: two yes and one no is 驳回', () => {
  assert.equal(tally(ALL, people('approve', 'approve', null)).decided, null)
  assert.equal(tally(ALL, people('approve', 'approve', 'reject')).decided, 'reject')
  assert.equal(tally(ALL, people('approve', 'approve', 'approve')).decided, 'approve')
})

test('AP-03 会签 by two thirds passes with two yes and one no, unless there is a veto', () => {
  const share: ApprovalRule = { mode: 'all', share: 2 / 3, veto: false }
  assert.equal(tally(share, people('approve', 'reject', null)).decided, null)
  assert.equal(tally(share, people('approve', 'reject', 'approve')).decided, 'approve')
  assert.equal(tally(share, people('reject', 'reject', null)).decided, 'reject')
  assert.equal(tally({ ...share, veto: true }, people('approve', 'reject', null)).decided, 'reject')
})

test('AP-03 或签: the first answer decides, whichever it is', () => {
  assert.deepEqual(tally(ANY, people(null, null)).open, ['a', 'b'])
  assert.equal(tally(ANY, people(null, 'approve', null)).decided, 'approve')
  assert.equal(tally(ANY, people('reject', null)).decided, 'reject')
})

test('AP-03 顺签: one after the other, and the first no ends it', () => {
  assert.deepEqual(tally(ORDER, people(null, null, null)).open, ['a'])
  assert.deepEqual(tally(ORDER, people('approve', null, null)).open, ['b'])
  assert.equal(tally(ORDER, people('approve', 'reject', null)).decided, 'reject')
  assert.equal(tally(ORDER, people('approve', 'approve', 'approve')).decided, 'approve')
})

test('the share is of the people, rounded up, and never nobody', () => {
  assert.deepEqual([[0.5, 4], [0.5, 5], [2 / 3, 9], [0.01, 3], [1, 7], [0.66, 3]].map(([share, n]) => neededOf({ ...ALL, share: share! }, n!)), [2, 3, 6, 1, 7, 2])
})

test('a signer added before is asked first, one added after last, one beside at once', () => {
  const base = people(null, null)
  const add = (rule: ApprovalRule, how: 'before' | 'after' | 'parallel') => [...base, { id: 'x', answer: null, ...placeBeside(rule, base, base[0]!, how) }]
  assert.deepEqual(tally(ALL, add(ALL, 'before')).open, ['x', 'b'])
  assert.deepEqual(tally(ALL, add(ALL, 'after')).open, ['a', 'b'])
  assert.deepEqual(tally(ALL, add(ALL, 'parallel')).open, ['a', 'b', 'x'])
  assert.deepEqual(tally(ORDER, add(ORDER, 'before')).open, ['x'])
  assert.deepEqual(tally(ORDER, add(ORDER, 'parallel')).open, ['a', 'x'])
})

test('a signer added before somebody in 或签 does not decide for them, but a no does', () => {
  const [a] = people(null)
  const x: Vote = { id: 'x', answer: null, ...placeBeside(ANY, [a!], a!, 'before') }
  assert.deepEqual(tally(ANY, [a!, { ...x, answer: 'approve' }]), { decided: null, open: ['a'], yes: 0, no: 0, seats: 1, needed: 1 })
  assert.equal(tally(ANY, [a!, { ...x, answer: 'reject' }]).decided, 'reject')
})

test('one added after a signer who was added before still comes before the holder', () => {
  const [a] = people(null)
  const x: Vote = { id: 'x', answer: null, ...placeBeside(ALL, [a!], a!, 'before') }
  const y: Vote = { id: 'y', answer: null, ...placeBeside(ALL, [a!, x], x, 'after') }
  const asked: string[] = []
  const votes = [a!, x, y]
  for (let t = tally(ALL, votes); !t.decided; t = tally(ALL, votes)) { asked.push(...t.open); votes.find(v => v.id === t.open[0])!.answer = 'approve' }
  assert.deepEqual(asked, ['x', 'y', 'a'])
})

/** The same rules told once more, over a whole list of answers in the order in which they were given. */
function oracle(rule: ApprovalRule, n: number, given: ReadonlyArray<{ who: number; answer: Answer }>): Answer | null {
  const yes = given.filter(g => g.answer === 'approve').length, no = given.length - yes
  if (rule.mode === 'any') return given[0]?.answer ?? null
  if (rule.mode === 'sequence') return no ? 'reject' : yes === n ? 'approve' : null
  if (rule.veto && no) return 'reject'
  if (yes / n >= rule.share - 1e-9) return 'approve'
  return (n - no) / n < rule.share - 1e-9 ? 'reject' : null
}

test('every course of every rule with up to five approvers agrees with the rules told once more, and always ends', () => {
  let courses = 0
  for (const mode of ['all', 'any', 'sequence'] as Mode[]) for (const share of [0.01, 1 / 3, 0.5, 2 / 3, 1]) for (const veto of [false, true]) for (let n = 1; n <= 5; n++) {
    const rule = { mode, share, veto }
    const walk = (votes: Vote[], given: Array<{ who: number; answer: Answer }>): void => {
      const t = tally(rule, votes)
      assert.equal(t.decided, oracle(rule, n, given), JSON.stringify({ rule, given }))
      if (t.decided) { courses++; assert.deepEqual(t.open, []); return }
      assert.ok(t.open.length > 0, 'undecided, and nobody is asked')
      for (const id of t.open) for (const answer of ['approve', 'reject'] as const) {
        walk(votes.map(v => (v.id === id ? { ...v, answer } : v)), [...given, { who: id.charCodeAt(0) - 97, answer }])
      }
    }
    walk(people(...Array.from({ length: n }, () => null)), [])
  }
  assert.ok(courses > 9_000, String(courses))
})

test('with added signers too every course ends, and nobody is asked who has answered', () => {
  for (const mode of ['all', 'any', 'sequence'] as Mode[]) for (const how of ['before', 'after', 'parallel'] as const) for (const share of [0.5, 1]) {
    const rule = { mode, share, veto: false }
    const base = people(null, null)
    const walk = (votes: Vote[], depth: number): void => {
      const t = tally(rule, votes)
      if (t.decided) return
      assert.ok(depth < 10 && t.open.length > 0)
      for (const id of t.open) {
        assert.equal(votes.find(v => v.id === id)!.answer, null)
        for (const answer of ['approve', 'reject'] as const) walk(votes.map(v => (v.id === id ? { ...v, answer } : v)), depth + 1)
      }
    }
    for (const by of base) {
      const first = [...base, { id: 'x', answer: null, ...placeBeside(rule, base, by, how) }]
      walk(first, 0)
      for (const again of ['before', 'after', 'parallel'] as const) walk([...first, { id: 'y', answer: null, ...placeBeside(rule, first, first[2]!, again) }], 0)
    }
  }
})
