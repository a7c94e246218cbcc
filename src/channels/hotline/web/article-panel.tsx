import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useDivisions } from '../../../atlas/web/index.ts'
import { ask, EmptyState, ErrorState, Loading, sayList, sayMoment, tell, useAct, useMe, useWords } from '../../../kernel/web/index.ts'
import { categoriesQuery } from '../../../registry/web/index.ts'
import { ARTICLE_STATE_WORDS, getArticle, postArticleAct, type Article, type ArticleAct } from '../contract.ts'
import { actsOpen, ACTS } from '../knowledge/review.ts'
import { ArticleForm } from './article-form.tsx'

const words = {
  choose: { zh: '选一条查看、修改或审核。', en: 'Choose an article to read, change or review.' },
  change: { zh: '修改', en: 'Change' },
  submit: { zh: '提交审核', en: 'Submit for review' },
  publish: { zh: '审核通过并发布', en: 'Approve and publish' },
  'send-back': { zh: '退回修改', en: 'Send back' },
  withdraw: { zh: '下架', en: 'Withdraw' },
  remark: { zh: '退回或下架的原因', en: 'Why it is sent back or withdrawn' },
  own: { zh: '本人撰写，须由他人审核。', en: 'You wrote it; somebody else reviews it.' },
  author: { zh: '撰写', en: 'Written by' },
  reviewer: { zh: '审核', en: 'Reviewed by' },
  source: { zh: '来源', en: 'Source' },
  keywords: { zh: '同义词', en: 'Other words' },
  region: { zh: '适用', en: 'Holds in' },
  category: { zh: '类别', en: 'Category' },
  valid: { zh: '有效期', en: 'Valid' },
  used: { zh: '引用', en: 'Used' },
  useless: { zh: '没帮上', en: 'Not helpful' },
  versions: { zh: '各版', en: 'Versions' },
  done: { zh: '已办', en: 'Done' },
  always: { zh: '长期', en: 'no end' },
}

export function ArticlePanel({ id }: { id: string | undefined }) {
  const { say } = useWords()
  const found = useQuery({
    queryKey: ['knowledge', 'one', id],
    queryFn: ({ signal }) => ask(getArticle, { params: { id: id! }, signal }),
    enabled: Boolean(id),
  })
  if (!id) return <EmptyState why={say(words.choose)} />
  if (found.isPending) return <Loading lines={8} />
  if (found.isError) return <ErrorState error={found.error} retry={() => void found.refetch()} />
  return <Versions key={`${id} ${found.data.versions[0]!.version}`} versions={found.data.versions} />
}

function Versions({ versions }: { versions: readonly Article[] }) {
  const { say } = useWords()
  const newest = versions[0]!
  const [version, setVersion] = useState(newest.version)
  const [changing, setChanging] = useState(false)
  const shown = versions.find((each) => each.version === version) ?? newest
  if (changing) return <ArticleForm article={newest} done={() => setChanging(false)} close={() => setChanging(false)} />
  return (
    <div className="article">
      <header className="tags">
        <span className={`tag ${shown.state === 'published' ? 'green' : shown.state === 'review' ? 'yellow' : ''}`}>
          {say(ARTICLE_STATE_WORDS[shown.state])} v{shown.version}
        </span>
      </header>
      <h2>{shown.question}</h2>
      <p className="text">{shown.answer}</p>
      <Facts article={shown} />
      <Acts article={shown} newest={newest} change={() => setChanging(true)} />
      {versions.length > 1 && (
        <section className="versions">
          <h3>{say(words.versions)}</h3>
          <ul>
            {versions.map((each) => (
              <li key={each.version}>
                <button type="button" className="link" onClick={() => setVersion(each.version)}>
                  v{each.version} {say(ARTICLE_STATE_WORDS[each.state])}
                </button>{' '}
                <span className="muted small">
                  {each.author} {sayMoment(each.writtenAt)}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}

function Facts({ article }: { article: Article }) {
  const { say, language } = useWords()
  const divisions = useDivisions()
  const category = useQuery(categoriesQuery()).data?.items.find(({ id }) => id === article.category)
  const facts: [string, string][] = [
    [say(words.source), article.source],
    [say(words.author), `${article.author} ${sayMoment(article.writtenAt)}`],
    ...(article.reviewer ? [[say(words.reviewer), `${article.reviewer} ${sayMoment(article.reviewedAt)}`] as [string, string]] : []),
    ...(article.keywords.length > 0 ? [[say(words.keywords), sayList(article.keywords, language)] as [string, string]] : []),
    [say(words.region), divisions.scope(article.region)],
    ...(article.category ? [[say(words.category), category ? say(category.name) : article.category] as [string, string]] : []),
    ...(article.validFrom || article.validTo
      ? [[say(words.valid), `${article.validFrom ?? ''} – ${article.validTo ?? say(words.always)}`] as [string, string]]
      : []),
    [say(words.used), `${article.used} · ${say(words.useless)} ${article.useless}`],
    ...(article.remark ? [[say(words.remark), article.remark] as [string, string]] : []),
  ]
  return (
    <dl className="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function Acts({ article, newest, change }: { article: Article; newest: Article; change: () => void }) {
  const { say } = useWords()
  const permits = useMe()?.permits ?? []
  const queries = useQueryClient()
  const [remark, setRemark] = useState('')
  const act = useAct(postArticleAct, {
    done: () => {
      tell(say(words.done))
      setRemark('')
      void queries.invalidateQueries({ queryKey: ['knowledge'] })
    },
  })
  const open = actsOpen(article.state, permits, article.mine)
  const mayChange = permits.includes('knowledge.edit') && article.version === newest.version && newest.state !== 'review'
  const needsRemark = open.some((each) => ACTS[each].needsRemark)
  const take = (name: ArticleAct) =>
    act.mutate({ params: { id: article.id }, body: { act: name, version: article.version, ...(remark.trim() && { remark: remark.trim() }) } })
  return (
    <>
      {article.state === 'review' && article.mine && <p className="muted small">{say(words.own)}</p>}
      {needsRemark && (
        <Input value={remark} onChange={(event) => setRemark(event.target.value)} placeholder={say(words.remark)} aria-label={say(words.remark)} maxLength={500} />
      )}
      <p className="acts">
        {open.map((name) => (
          <Button
            key={name}
            type={name === 'publish' || name === 'submit' ? 'primary' : 'default'}
            danger={name === 'withdraw'}
            loading={act.isPending}
            disabled={ACTS[name].needsRemark === true && !remark.trim()}
            onClick={() => take(name)}
          >
            {say(words[name])}
          </Button>
        ))}
        {mayChange && <Button onClick={change}>{say(words.change)}</Button>}
      </p>
    </>
  )
}
