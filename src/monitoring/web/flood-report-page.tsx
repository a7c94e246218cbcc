import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { Button, Input, Popconfirm } from 'antd'
import { useMemo, useState } from 'react'
import { useCity } from '../../atlas/web/index.ts'
import { addressOf, ErrorState, Loading, tell, useAct, useMay, useWords } from '../../kernel/web/index.ts'
import { deleteReport, getReportFile, postReportIssue, putReportTexts, type ReportShown, type ReportTexts } from '../contract.ts'
import { compose, TEXT_NAMES } from '../flood/reports/compose.ts'
import { ReportPaper } from './flood-report-paper.tsx'
import { reportQuery } from './flood-report-queries.ts'
import './flood-report.css'

const words = {
  all: { zh: '全部快报', en: 'All reports' },
  word: { zh: '下载 Word', en: 'Word' },
  pdf: { zh: '下载 PDF', en: 'PDF' },
  print: { zh: '打印', en: 'Print' },
  issue: { zh: '签发', en: 'Issue' },
  issueAsk: { zh: '签发后编号归档，图文均不能再改。', en: 'It gets its number, and neither figures nor texts can be changed any more.' },
  issued: { zh: '快报已签发', en: 'The report is issued' },
  drop: { zh: '删除草稿', en: 'Drop the draft' },
  dropAsk: { zh: '草稿及其文字将被删除。', en: 'The draft and its texts will be gone.' },
  dropped: { zh: '草稿已删除', en: 'The draft is dropped' },
  texts: { zh: '文字', en: 'Texts' },
  title: { zh: '标题', en: 'Title' },
  usual: { zh: '不填则用默认标题', en: 'Left empty: the usual one' },
  optional: { zh: '可不填', en: 'optional' },
  save: { zh: '保存文字', en: 'Save the texts' },
  saved: { zh: '文字已保存', en: 'The texts are saved' },
  unsaved: { zh: '有文字尚未保存，保存后才能签发。', en: 'There are texts that are not saved; save them before the report is issued.' },
  fixed: { zh: '数字取自生成时刻，不能修改；每个数字可点开查看读数。', en: 'Figures are those of the moment in which it was made; each leads to its readings.' },
}

export default function FloodReportPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const found = useQuery(reportQuery(id))
  if (found.isError) return <ErrorState error={found.error} retry={() => void found.refetch()} />
  return found.data ? <Shown key={found.data.revision} report={found.data} /> : <Loading lines={12} />
}

function Shown({ report }: { report: ReportShown }) {
  const { say, language } = useWords()
  const zone = useCity()?.zone ?? 'Asia/Shanghai'
  const may = useMay()
  const queries = useQueryClient()
  const go = useNavigate()
  const [texts, setTexts] = useState(report.texts)
  const draft = report.issued === null
  const changed = draft && JSON.stringify(texts) !== JSON.stringify(report.texts)
  const brief = useMemo(() => compose({ ...report, texts }, { language, zone }), [report, texts, language, zone])
  const refresh = (next: ReportShown) => {
    queries.setQueryData(reportQuery(report.id).queryKey, next)
    void queries.invalidateQueries({ queryKey: ['flood-reports', 'list'] })
  }
  const issue = useAct(postReportIssue, {
    done: (next) => {
      tell(say(words.issued))
      refresh(next)
    },
  })
  const drop = useAct(deleteReport, {
    done: () => {
      tell(say(words.dropped))
      void queries.invalidateQueries({ queryKey: ['flood-reports', 'list'] })
      void go({ to: '/flood-reports' as never })
    },
  })
  const params = { id: report.id }
  return (
    <div className="report-page">
      <header className="page-head">
        <div>
          <Link to={'/flood-reports' as never}>{say(words.all)}</Link>
          <h1>
            {brief.masthead} <span className={`tag ${draft ? '' : 'brand'}`}>{brief.issue}</span>
          </h1>
        </div>
        <div>
          {(['docx', 'pdf'] as const).map((format) => (
            <Button key={format} href={addressOf(getReportFile, params, { format, lang: language })} download={`${brief.name}.${format}`} disabled={changed}>
              {say(format === 'docx' ? words.word : words.pdf)}
            </Button>
          ))}
          <Button onClick={() => window.print()}>{say(words.print)}</Button>
          {draft && (
            <Popconfirm title={say(words.dropAsk)} okText={say(words.drop)} onConfirm={() => drop.mutate({ params })}>
              <Button danger>{say(words.drop)}</Button>
            </Popconfirm>
          )}
          {draft && may('monitoring.report-issue') && (
            <Popconfirm title={say(words.issueAsk)} okText={say(words.issue)} onConfirm={() => issue.mutate({ params, body: { revision: report.revision } })} disabled={changed}>
              <Button type="primary" disabled={changed} loading={issue.isPending}>
                {say(words.issue)}
              </Button>
            </Popconfirm>
          )}
        </div>
      </header>
      <div className="report-body" data-draft={draft || undefined}>
        <ReportPaper brief={brief} />
        {draft && <Texts report={report} texts={texts} change={setTexts} changed={changed} done={refresh} />}
      </div>
    </div>
  )
}

interface TextsProps {
  readonly report: ReportShown
  readonly texts: ReportTexts
  readonly change: (texts: ReportTexts) => void
  readonly changed: boolean
  readonly done: (next: ReportShown) => void
}

function Texts({ report, texts, change, changed, done }: TextsProps) {
  const { say } = useWords()
  const names = TEXT_NAMES[report.kind]
  const save = useAct(putReportTexts, {
    done: (next) => {
      tell(say(words.saved))
      done(next)
    },
  })
  return (
    <form
      className="card pad report-texts"
      aria-label={say(words.texts)}
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate({ params: { id: report.id }, body: { revision: report.revision, texts } })
      }}
    >
      <h2>{say(words.texts)}</h2>
      <label>
        {say(words.title)} <i>{say(words.usual)}</i>
        <Input maxLength={80} value={texts.title} onChange={(event) => change({ ...texts, title: event.target.value })} />
      </label>
      {(['lead', 'close'] as const).map((part) => (
        <label key={part}>
          {say(names[part])} <i>{say(words.optional)}</i>
          <Input.TextArea rows={7} maxLength={4_000} value={texts[part]} onChange={(event) => change({ ...texts, [part]: event.target.value })} />
        </label>
      ))}
      <Button type={changed ? 'primary' : 'default'} htmlType="submit" disabled={!changed} loading={save.isPending}>
        {say(words.save)}
      </Button>
      <p className="muted small">{say(changed ? words.unsaved : words.fixed)}</p>
    </form>
  )
}
