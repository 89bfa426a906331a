import './planning.css'
import { Input } from 'antd'
import { tl } from './texts.ts'

/** Are the days in their order? Only then there is something to ask for. */
export const inOrder = (from: string, to: string): boolean => !from || !to || from <= to

/** From and to, with what is wrong about them beside. */
export function Dates({ from, to, set }: { from: string, to: string, set: (key: 'from' | 'to', value: string) => void }) {
  const box = (key: 'from' | 'to', value: string) => <label>{tl(key)} <Input type="date" style={{ width: 150 }} value={value} status={inOrder(from, to) ? '' : 'error'} onChange={e => set(key, e.target.value)} /></label>
  return <>{box('from', from)}{box('to', to)}{!inOrder(from, to) && <span className="pl-wrong" role="alert">{tl('wrongOrder')}</span>}</>
}
