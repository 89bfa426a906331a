import assert from 'node:assert/strict'
import { test } from 'node:test'
import { levelOf, progress, type Seen, type Sight } from './see.ts'

const sight = (o: Partial<Record<Exclude<keyof Sight, 'me'>, string[]>> & { me?: string }): Sight => {
  const set = (key: Exclude<keyof Sight, 'me'>): Set<string> => new Set(o[key])
  return { me: o.me ?? 'viewer', reads: set('reads'), writes: set('writes'), busy: set('busy'), teams: set('teams'), plan: set('plan') }
}
const event = (visibility: Seen['visibility'], o: Partial<Seen> = {}): Seen => ({ ownerId: 'owner', unitId: null, visibility, people: [], ...o })
const levels = (s: Sight, o: Partial<Seen> = {}): string[] => (['public', 'busy', 'private'] as const).map(v => levelOf(event(v, o), s))

test('of a personal event: its owner changes it, who was asked reads it, a manager sees the time and only public titles, a stranger nothing', () => {
  assert.deepEqual(levels(sight({ me: 'owner' })), ['write', 'write', 'write'])
  assert.deepEqual(levels(sight({}), { people: [{ id: 'viewer' }] }), ['full', 'full', 'full'])
  assert.deepEqual(levels(sight({ busy: ['owner'] })), ['full', 'busy', 'busy'])
  assert.deepEqual(levels(sight({})), ['none', 'none', 'none'])
})
test('of a shared calendar: read or kept, but what is private stays 忙', () => {
  assert.deepEqual(levels(sight({ reads: ['owner'] })), ['full', 'full', 'busy'])
  assert.deepEqual(levels(sight({ writes: ['owner'] })), ['write', 'write', 'busy'])
})
test('of a team event: the team reads it, who plans for the unit changes it, another team does not see it', () => {
  const team = { unitId: 'HZ01' }
  assert.deepEqual(levels(sight({ teams: ['HZ01'] }), team), ['full', 'full', 'busy'])
  assert.deepEqual(levels(sight({ plan: ['HZ01'], teams: ['HZ01'] }), team), ['write', 'write', 'busy'])
  assert.deepEqual(levels(sight({ teams: ['NB01'], writes: ['owner'] }), team), ['none', 'none', 'none'])
})
test('CA-03 six tasks with four done are 67 %; what was dropped does not count; without tasks there is no figure', () => {
  const tasks = (done: number, open: number, dropped = 0): Array<{ stage: string }> => [...Array(done).fill({ stage: 'done' }), ...Array(open).fill({ stage: 'todo' }), ...Array(dropped).fill({ stage: 'dropped' })]
  assert.deepEqual([progress(tasks(4, 2)), progress(tasks(4, 2, 3)), progress([]), progress(tasks(0, 0, 1))], [67, 67, null, null])
})
