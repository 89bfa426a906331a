import { useMemo } from 'react'
import { barPath, code128 } from '../rules/code128.ts'

/** A Code 128 as SVG with the text below; prints sharply at any size. `module`: width of the thinnest bar in millimetres. */
export function Barcode({ text, module = 0.3, height = 12 }: { text: string, module?: number, height?: number }) {
  const { path, modules } = useMemo(() => {
    const code = code128(text)
    return { path: barPath(code), modules: code.modules }
  }, [text])
  return <svg style={{ width: `${modules * module}mm`, height: `${height}mm` }} viewBox={`0 0 ${modules} 1`} preserveAspectRatio="none" shapeRendering="crispEdges" role="img" aria-label={text}><path d={path} fill="#000" /></svg>
}
