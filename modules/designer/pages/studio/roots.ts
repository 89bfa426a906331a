import { list, ref, text } from './elements.ts'
import type { Bo } from './types.ts'

/** Messages, signals, errors and escalations: named once in the file, and referred to by every event and task that means them. */
export type RootKind = 'Message' | 'Signal' | 'Error' | 'Escalation'

/** `by`: what tells one from another when the process runs. */
const KINDS = {
  Message: { ref: 'messageRef', by: 'name' }, Signal: { ref: 'signalRef', by: 'name' }, Error: { ref: 'errorRef', by: 'errorCode' }, Escalation: { ref: 'escalationRef', by: 'escalationCode' },
} as const
const POINTERS = ['messageRef', 'signalRef', 'errorRef', 'escalationRef', 'inMessageRef', 'outMessageRef', 'structureRef', 'itemRef'] as const

export const refOf = (kind: RootKind): string => KINDS[kind].ref

export function fileOf(bo: Bo): Bo {
  let at = bo
  while (at.$parent) at = at.$parent
  return at
}

export const called = (root: Bo, kind: RootKind): string => text(root, KINDS[kind].by) || (kind === 'Message' || kind === 'Signal' ? root.id : '') || root.name || root.id

/** The names or codes of one kind that the file knows already. */
export const known = (bo: Bo, kind: RootKind): string[] => [...new Set(list(fileOf(bo), 'rootElements').filter(e => e.$type === `bpmn:${kind}`).map(e => called(e, kind)))].toSorted((a, b) => a.localeCompare(b, 'zh'))

export function meant(owner: Bo, kind: RootKind): string {
  const target = ref(owner, KINDS[kind].ref)
  return target ? called(target, kind) : ''
}

/** Is `target` meant by anything but `owner`? References are hidden from enumeration, containment is not. */
function usedElsewhere(file: Bo, target: Bo, owner: Bo): boolean {
  const seen = new Set<Bo>(), queue: Bo[] = [file]
  for (let bo = queue.pop(); bo; bo = queue.pop()) {
    if (seen.has(bo)) continue
    seen.add(bo)
    if (bo !== owner && POINTERS.some(name => { const v = (bo as unknown as Record<string, unknown>)[name]; return v === target || (Array.isArray(v) && v.includes(target)) })) return true
    for (const [key, v] of Object.entries(bo)) if (!key.startsWith('$') && key !== 'di') for (const each of Array.isArray(v) ? v : [v]) if (typeof each === 'object' && each !== null && typeof (each as Bo).$type === 'string') queue.push(each as Bo)
  }
  return false
}

/** What the file's root elements and the owner's reference become when the owner means `name`: an empty name means nothing in particular. */
export function meaning(owner: Bo, kind: RootKind, name: string): { rootElements: Bo[]; target: Bo | undefined } {
  const file = fileOf(owner), roots = list(file, 'rootElements'), before = ref(owner, KINDS[kind].ref)
  const kept = before && called(before, kind) !== name && !usedElsewhere(file, before, owner) ? roots.filter(e => e !== before) : roots
  if (!name) return { rootElements: kept, target: undefined }
  const there = kept.find(e => e.$type === `bpmn:${kind}` && called(e, kind) === name)
  if (there) return { rootElements: kept, target: there }
  const taken = new Set(roots.map(e => e.id))
  let n = 1
  while (taken.has(`${kind}_${n}`)) n += 1
  const made = owner.$model.create(`bpmn:${kind}`, { id: `${kind}_${n}`, name, ...(KINDS[kind].by === 'name' ? {} : { [KINDS[kind].by]: name }) })
  made.$parent = file
  return { rootElements: [...kept, made], target: made }
}
