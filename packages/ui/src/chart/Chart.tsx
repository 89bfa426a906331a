import '../styles/process.css'
import { useEffect, useRef, useState } from 'react'
import type { EChartsCoreOption, EChartsType } from 'echarts/core'
import { font, series, tokens } from '../tokens.ts'

export type ChartClick = { name: string, seriesName?: string, dataIndex: number, value: unknown, data: unknown }

type Props = {
  option: EChartsCoreOption
  height?: number
  /** what the chart says, for those who do not see it */
  label: string
  onClick?: (click: ChartClick) => void
}

/** A chart of ECharts in the product's colours. Its place keeps its height, so nothing jumps when it comes. */
export function Chart({ option, height = 280, label, onClick }: Props) {
  const place = useRef<HTMLDivElement>(null)
  const [chart, setChart] = useState<EChartsType | null>(null)
  const click = useRef(onClick)
  useEffect(() => { click.current = onClick })
  useEffect(() => {
    const element = place.current
    if (!element) return
    let made: EChartsType | undefined
    let gone = false
    const watch = new ResizeObserver(() => made?.resize())
    void import('./echarts.ts').then(({ makeChart }) => {
      if (gone) return
      made = makeChart(element)
      made.on('click', event => click.current?.(event as unknown as ChartClick))
      watch.observe(element)
      setChart(made)
    })
    return () => { gone = true; watch.disconnect(); made?.dispose(); setChart(null) }
  }, [])
  useEffect(() => {
    chart?.setOption({
      color: [...series],
      textStyle: { fontFamily: font, color: tokens.text },
      animationDuration: 250,
      tooltip: { confine: true },
      grid: { left: 8, right: 16, top: 28, bottom: 8, containLabel: true },
      ...option,
    }, { notMerge: true })
  }, [chart, option])
  return <div ref={place} className="qc-chart" style={{ height }} role="img" aria-label={label} />
}
