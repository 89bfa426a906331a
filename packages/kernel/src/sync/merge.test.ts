import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hashOf } from '../audit/chain.ts'
import { standingOf } from './merge.ts'
import type { Tuple } from './pgoutput.ts'
import { mayReplace } from './station-apply.ts'

const TENANT = '01890000-0000-7000-8000-000000000001', RECORD = '01890000-0000-7000-8000-000000000002'

/** A chain of entries, each over the one before; `who` makes chains that say different things at the same number. */
function chain(who: string[], after: Tuple[] = []): Tuple[] {
  const made = [...after]
  for (const reason of who) {
    const last = made.at(-1), seq = made.length + 1, digest = Buffer.alloc(32, seq), at = new Date(Date.UTC(2026, 10, 23, 1, seq))
    const hash = hashOf(last ? Buffer.from(last.hash!.slice(2), 'hex') : null, { tenantId: TENANT, entity: 'customer', recordId: RECORD, seq, at, actorId: null, act: 'update', reason, ip: null, unitId: null, digest })
    made.push({ tenant_id: TENANT, entity: 'customer', record_id: RECORD, seq: String(seq), at: at.toISOString(), actor_id: null, act: 'update', reason, ip: null, unit_id: null, digest: `\\x${digest.toString('hex')}`, hash: `\\x${hash.toString('hex')}` })
  }
  return made
}

const common = chain(['a', 'b'])

test('a change that was made knowing the version that is here continues it', () => {
  assert.equal(standingOf(chain(['s'], common).slice(2), common), 'continues')
  assert.equal(standingOf(chain(['s']), []), 'continues', 'a new record')
})

test('what was taken already is old, however often it comes', () => {
  assert.equal(standingOf(common, common), 'old')
  assert.equal(standingOf(chain(['s'], common).slice(2), chain(['s', 't'], common)), 'old')
})

test('a change made without knowing of the one that is here forks, also when head office is further on or behind', () => {
  assert.equal(standingOf(chain(['s'], common).slice(2), chain(['h'], common)), 'forked')
  assert.equal(standingOf(chain(['s', 't'], common).slice(3), chain(['h'], common)), 'forked', 'the next one after it, though its number is free')
  assert.equal(standingOf(chain(['s', 't'], common).slice(3), common), 'forked', 'an entry is missing in between')
})

test('a station takes head office’s version when that knows of its own or has dealt with it, and not while its own is on its way', () => {
  const ours = chain(['s'], common), theirs = chain(['h'], common)
  assert.equal(mayReplace(common, { audits: theirs }), true)
  assert.equal(mayReplace(ours, { audits: theirs }), false)
  assert.equal(mayReplace(ours, { audits: common }), false, 'an echo of what was there before')
  assert.equal(mayReplace(ours, { audits: theirs, settled: [ours.at(-1)!.hash!] }), true)
})
