import type { EChartsCoreOption } from 'echarts/core'
import { lazy, Suspense, useState } from 'react'
import { Icon } from './icon.tsx'
import { useWords } from './words.ts'

export interface ChartTable {
  heads: readonly string[]
  rows: readonly (readonly (string | number)[])[]
}

export interface ChartProps {
  label: string
  height: number
  /** Moments in it as `drawnAt` has them. */
  option: EChartsCoreOption
  /** The same figures to read: every chart has its twin. */
  table: ChartTable
}

const ChartCanvas = lazy(() => import('./chart-canvas.tsx'))

/** A chart with its table behind a button. Its code is loaded when the first chart is shown. */
export function Chart({ table, ...chart }: ChartProps) {
  const { say } = useWords()
  const [asTable, show] = useState(false)
  return (
    <div className="chart">
      <button type="button" className="chart-switch" aria-pressed={asTable} onClick={() => show(!asTable)}>
        <Icon name={asTable ? 'chart' : 'table'} size={14} />
        {say(asTable ? { zh: '图', en: 'Chart' } : { zh: '表', en: 'Table' })}
      </button>
      {asTable ? (
        <div className="chart-table" style={{ maxHeight: chart.height }} tabIndex={0} role="region" aria-label={chart.label}>
          <table>
            <thead>
              <tr>
                {table.heads.map((head) => (
                  <th key={head} scope="col">
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {table.rows.map((row) => (
                <tr key={String(row[0])}>
                  {row.map((cell, index) =>
                    index === 0 ? (
                      <th key={index} scope="row">
                        {cell}
                      </th>
                    ) : (
                      <td key={index}>{cell}</td>
                    ),
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        <div style={{ height: chart.height }}>
          <Suspense fallback={null}>
            <ChartCanvas {...chart} />
          </Suspense>
        </div>
      )}
    </div>
  )
}
