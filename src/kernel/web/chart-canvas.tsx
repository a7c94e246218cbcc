import { BarChart, LineChart, PieChart } from 'echarts/charts'
import { AriaComponent, GridComponent, MarkAreaComponent, MarkLineComponent, TooltipComponent } from 'echarts/components'
import { init, use, type ECharts } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'
import type { ChartProps } from './chart.tsx'

use([BarChart, LineChart, PieChart, GridComponent, TooltipComponent, MarkAreaComponent, MarkLineComponent, AriaComponent, SVGRenderer])

export default function ChartCanvas({ label, option }: Pick<ChartProps, 'label' | 'option' | 'height'>) {
  const place = useRef<HTMLDivElement>(null)
  const chart = useRef<ECharts>(undefined)
  useEffect(() => {
    const made = init(place.current, null, { renderer: 'svg' })
    chart.current = made
    const watcher = new ResizeObserver(() => made.resize())
    watcher.observe(place.current!)
    return () => {
      watcher.disconnect()
      made.dispose()
    }
  }, [])
  useEffect(() => {
    // Figures do not roll: what is new stands there at once.
    const aria = { ...(option['aria'] as object | undefined), label: { description: label } }
    // By its name: in the shorthand of a font there is no family to inherit, and the size would be lost with it.
    const { fontFamily } = getComputedStyle(place.current!)
    chart.current?.setOption({ animation: false, useUTC: true, textStyle: { fontFamily }, ...option, aria }, true)
  }, [option, label])
  return <div ref={place} style={{ height: '100%' }} role="img" aria-label={label} />
}
