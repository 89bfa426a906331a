import { useMemo } from 'react'
import { encode } from 'uqr'

/** A QR code as SVG; prints sharply at any size. */
export function QrCode({ text, size = 132, label }: { text: string, size?: number, label: string }) {
  const { path, modules } = useMemo(() => {
    const { data, size: modules } = encode(text, { ecc: 'M', border: 2 })
    const path = data.flatMap((row, y) => row.flatMap((dark, x) => dark ? [`M${x} ${y}h1v1h-1z`] : [])).join('')
    return { path, modules }
  }, [text])
  return <svg width={size} height={size} viewBox={`0 0 ${modules} ${modules}`} shapeRendering="crispEdges" role="img" aria-label={label}><rect width={modules} height={modules} fill="#fff" /><path d={path} fill="#000" /></svg>
}
