// A report as it is printed: the same parts as in Word and PDF.

import { Link } from '@tanstack/react-router'
import type { Block, Brief, Run } from '../flood/reports/brief.ts'
import { sizeOf, toSvg } from '../flood/reports/draw.ts'

export function ReportPaper({ brief }: { brief: Brief }) {
  const { masthead, issue, organ, date, title, asOf, blocks, foot } = brief
  return (
    <article className="report-paper" aria-label={title}>
      <header>
        <p className="report-masthead">{masthead}</p>
        <p>{issue}</p>
        <p className="report-rule">
          <span>{organ}</span>
          <span>{date}</span>
        </p>
        <h2>{title}</h2>
        <p className="muted small">{asOf}</p>
      </header>
      {blocks.map((block, i) => (
        <Part key={i} block={block} />
      ))}
      <footer>
        {foot.map((line) => (
          <span key={line}>{line}</span>
        ))}
      </footer>
    </article>
  )
}

function Part({ block }: { block: Block }) {
  if (block.kind === 'heading') return <h3>{block.text}</h3>
  if (block.kind === 'note') return <p className="muted small">{block.text}</p>
  if (block.kind === 'para')
    return (
      <p className="report-para">
        {block.runs.map((run, i) => (
          <Said key={i} run={run} />
        ))}
      </p>
    )
  if (block.kind === 'pictures')
    return (
      <div className="report-pictures" data-across={sizeOf(block.pictures[0]!.picture).across}>
        {block.pictures.map(({ caption, href, picture }) => (
          <figure key={caption}>
            <figcaption>
              <Said run={{ text: caption, ...(href !== undefined && { href }) }} />
            </figcaption>
            <img alt={caption} src={`data:image/svg+xml,${encodeURIComponent(toSvg(picture))}`} />
          </figure>
        ))}
      </div>
    )
  const shares = block.columns.reduce((sum, { share }) => sum + share, 0)
  return (
    // Where there is no room it is moved sideways within its own box.
    <div className="report-table" tabIndex={0} role="group" aria-label={block.name}>
      <table aria-label={block.name}>
        <colgroup>
          {block.columns.map(({ head, share }) => (
            <col key={head} style={{ width: `${((100 * share) / shares).toFixed(1)}%` }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {block.columns.map(({ head, right }) => (
              <th key={head} scope="col" className={right ? 'right' : ''}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {block.rows.map((cells, i) => (
            <tr key={i}>
              {cells.map((run, k) => (
                <td key={k} className={block.columns[k]!.right ? 'right number' : ''}>
                  <Said run={run} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Said({ run }: { run: Run }) {
  if (run.href !== undefined) return <Link to={run.href as never}>{run.text}</Link>
  return run.level ? <b data-level={run.level}>{run.text}</b> : <>{run.text}</>
}
