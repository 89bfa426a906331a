import { can } from '@quancheng/ui'
import { Link } from 'react-router'
import { td } from './texts.ts'

/** Cases that are still done by older versions, and the way to bring them over. */
export function OldCases({ keyName, n }: { keyName: string, n: number }) {
  if (n <= 0) return null
  return <p className="qd-old-cases">{td('oldCases', { n })}{can('process:migrate') && <> <Link to={`/cases/migrate?process=${encodeURIComponent(keyName)}`}>{td('migrate')}</Link></>}</p>
}
