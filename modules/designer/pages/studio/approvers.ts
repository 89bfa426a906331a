/** One entry of an approval's `who`: a post, the person in a field of the record, a named person, the applicant, their manager. */
export type Who = { by: 'role' | 'field' | 'user' | 'starter' | 'manager'; name: string }

export function readApprovers(who: string): Who[] {
  return who.split(/[\s,，、]+/).filter(Boolean).map((text): Who => {
    if (text === 'starter') return { by: 'starter', name: '' }
    if (text === 'starter.manager') return { by: 'manager', name: '' }
    const m = /^(role|field|user):(.*)$/.exec(text)
    return m ? { by: m[1] as 'role', name: m[2]! } : { by: 'user', name: text }
  })
}

export const approverText = ({ by, name }: Who): string => (by === 'starter' ? 'starter' : by === 'manager' ? 'starter.manager' : `${by}:${name}`)
