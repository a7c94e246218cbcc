import { useInfiniteQuery } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { ask, EmptyState, ErrorState, Icon, Loading, sayMoment, useAddress, useMay, useWords } from '../../../kernel/web/index.ts'
import { ARTICLE_STATE_WORDS, getArticles, type ArticleState } from '../contract.ts'
import { ArticleForm } from './article-form.tsx'
import { ArticlePanel } from './article-panel.tsx'
import './desk.css'

const words = {
  title: { zh: '知识库', en: 'Knowledge base' },
  lead: { zh: '一人撰写，另一人审核后发布；接听时按描述推荐', en: 'Written by one, let out by another; proposed at the desk from what the caller says' },
  add: { zh: '新建条目', en: 'New article' },
  all: { zh: '全部', en: 'All' },
  find: { zh: '问题或答案', en: 'Question or answer' },
  question: { zh: '问题', en: 'Question' },
  state: { zh: '状态', en: 'State' },
  written: { zh: '撰写', en: 'Written' },
  used: { zh: '引用', en: 'Used' },
  useless: { zh: '没帮上', en: 'Not helpful' },
  none: { zh: '没有符合的条目。', en: 'No article fits.' },
  empty: { zh: '知识库还是空的。写下第一条，请同事审核后发布。', en: 'The knowledge base is empty. Write the first article and have a colleague review it.' },
  more: { zh: '更多', en: 'More' },
  list: { zh: '知识条目', en: 'Articles' },
}

const SHOWN: readonly ArticleState[] = ['review', 'draft', 'published', 'withdrawn']

export default function KnowledgePage() {
  const { say } = useWords()
  const may = useMay()
  const [address, setAddress] = useAddress<{ state?: string; text?: string; article?: string } & Record<string, string | undefined>>()
  const [adding, setAdding] = useState(false)
  const state = address.state as ArticleState | undefined
  const list = useInfiniteQuery({
    queryKey: ['knowledge', 'list', state, address.text],
    queryFn: ({ pageParam, signal }) =>
      ask(getArticles, { query: { ...(state && { state }), ...(address.text && { text: address.text }), ...(pageParam && { cursor: pageParam }) }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    placeholderData: (old) => old,
  })
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <div className="knowledge">
      <section className="hotline-list">
        <header className="page-head">
          <div>
            <h1>{say(words.title)}</h1>
            <p className="muted small">{say(words.lead)}</p>
          </div>
          {may('knowledge.edit') && (
            <div>
              <Button type="primary" icon={<Icon name="plus" />} onClick={() => setAdding(true)}>
                {say(words.add)}
              </Button>
            </div>
          )}
        </header>
        <div className="filter-line">
          <div className="segments" role="group" aria-label={say(words.state)}>
            {[undefined, ...SHOWN].map((each) => (
              <button key={each ?? ''} type="button" aria-pressed={state === each} onClick={() => setAddress({ state: each })}>
                {say(each ? ARTICLE_STATE_WORDS[each] : words.all)}
              </button>
            ))}
          </div>
          <Input.Search
            style={{ width: 240 }}
            allowClear
            placeholder={say(words.find)}
            aria-label={say(words.find)}
            defaultValue={address.text ?? ''}
            onSearch={(text) => setAddress({ text: text.trim() || undefined })}
            maxLength={100}
          />
        </div>
        <div className="hotline-rows" tabIndex={0} role="region" aria-label={say(words.list)}>
          <table>
            <thead>
              <tr>
                <th scope="col">{say(words.question)}</th>
                <th scope="col">{say(words.state)}</th>
                <th scope="col">{say(words.written)}</th>
                <th scope="col" className="right">
                  {say(words.used)}
                </th>
                <th scope="col" className="right">
                  {say(words.useless)}
                </th>
              </tr>
            </thead>
            <tbody>
              {items.map((article) => (
                <tr key={`${article.id} ${article.version}`} className={article.id === address.article ? 'chosen' : ''}>
                  <td>
                    <button
                      type="button"
                      className="link"
                      onClick={() => {
                        setAdding(false)
                        setAddress({ article: article.id })
                      }}
                    >
                      {article.question}
                    </button>
                  </td>
                  <td>
                    <span className={`tag ${article.state === 'published' ? 'green' : article.state === 'review' ? 'yellow' : ''}`}>
                      {say(ARTICLE_STATE_WORDS[article.state])} v{article.version}
                    </span>
                  </td>
                  <td>
                    {article.author} <span className="muted small number">{sayMoment(article.writtenAt).slice(0, 16)}</span>
                  </td>
                  <td className="right number">{article.used}</td>
                  <td className="right number">{article.useless}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {list.isPending && <Loading lines={12} />}
          {list.isError && <ErrorState error={list.error} retry={() => void list.refetch()} />}
          {list.isSuccess && items.length === 0 && <EmptyState why={say(state || address.text ? words.none : words.empty)} />}
          {list.hasNextPage && (
            <p style={{ textAlign: 'center', padding: 14 }}>
              <Button onClick={() => void list.fetchNextPage()}>{say(words.more)}</Button>
            </p>
          )}
        </div>
      </section>
      <aside>
        {adding ? (
          <ArticleForm
            done={(id) => {
              setAdding(false)
              setAddress({ article: id })
            }}
            close={() => setAdding(false)}
          />
        ) : (
          <ArticlePanel id={address.article} />
        )}
      </aside>
    </div>
  )
}
