import { useQueryClient } from '@tanstack/react-query'
import { Button, DatePicker, Form, Input, Select } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { RegionField } from '../../../atlas/web/index.ts'
import { useAct, useWords } from '../../../kernel/web/index.ts'
import { CategoryField } from '../../../registry/web/index.ts'
import { postArticle, putArticle, type Article } from '../contract.ts'

const words = {
  add: { zh: '新建条目', en: 'New article' },
  change: { zh: '修改条目', en: 'Change the article' },
  question: { zh: '问题', en: 'Question' },
  questionHelp: { zh: '照来电人的说法写，便于查到', en: 'In the caller’s own words, so that it is found' },
  answer: { zh: '答案', en: 'Answer' },
  answerHelp: { zh: '能直接念给来电人：办什么、去哪里、带什么、几点、电话', en: 'To be read out: what, where, what to bring, when, which number' },
  keywords: { zh: '同义词', en: 'Other words' },
  keywordsHelp: { zh: '来电人可能用的其他说法', en: 'What callers may say instead' },
  category: { zh: '类别', en: 'Category' },
  region: { zh: '适用区域', en: 'Where it holds' },
  whole: { zh: '全市', en: 'The whole city' },
  valid: { zh: '有效期', en: 'Valid' },
  source: { zh: '来源', en: 'Source' },
  sourceHelp: { zh: '哪个单位、哪份文件', en: 'Which office, which document' },
  optional: { zh: '（可不填）', en: ' (optional)' },
  save: { zh: '存为草稿', en: 'Keep as a draft' },
  cancel: { zh: '取消', en: 'Cancel' },
  needed: { zh: '请填写', en: 'Please fill this in' },
}

interface Fields {
  question: string
  answer: string
  keywords?: string[]
  category?: string
  region?: string
  valid?: [Dayjs | null, Dayjs | null] | null
  source: string
}

/** Writes an article, or changes one: what is out stays out until the new version is reviewed. */
export function ArticleForm({ article, done, close }: { article?: Article; done: (id: string) => void; close: () => void }) {
  const { say } = useWords()
  const queries = useQueryClient()
  const after = ({ id }: Article) => {
    void queries.invalidateQueries({ queryKey: ['knowledge'] })
    done(id)
  }
  const add = useAct(postArticle, { done: after })
  const change = useAct(putArticle, { done: after })
  const send = ({ valid, question, answer, keywords, category, region, source }: Fields) => {
    const [from, to] = valid ?? []
    const body = {
      question,
      answer,
      source,
      keywords: keywords ?? [],
      region: region ?? '',
      ...(category && { category }),
      ...(from && { validFrom: from.format('YYYY-MM-DD') }),
      ...(to && { validTo: to.format('YYYY-MM-DD') }),
    }
    if (article) change.mutate({ params: { id: article.id }, body: { ...body, version: article.version } })
    else add.mutate({ body })
  }
  const required = [{ required: true, message: say(words.needed) }]
  const optional = (name: { zh: string; en: string }) => `${say(name)}${say(words.optional)}`
  const day = (text: string | null) => (text ? dayjs(text) : null)
  return (
    <Form
      layout="vertical"
      requiredMark={false}
      onFinish={send}
      initialValues={
        article && {
          question: article.question,
          answer: article.answer,
          keywords: article.keywords,
          category: article.category ?? undefined,
          region: article.region || undefined,
          valid: [day(article.validFrom), day(article.validTo)],
          source: article.source,
        }
      }
    >
      <h2>{say(article ? words.change : words.add)}</h2>
      <Form.Item name="question" label={say(words.question)} extra={say(words.questionHelp)} rules={required}>
        <Input maxLength={200} autoFocus />
      </Form.Item>
      <Form.Item name="answer" label={say(words.answer)} extra={say(words.answerHelp)} rules={required}>
        <Input.TextArea rows={5} maxLength={4000} />
      </Form.Item>
      <Form.Item name="keywords" label={optional(words.keywords)} extra={say(words.keywordsHelp)}>
        <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={['，', ',', '、', ' ']} maxCount={20} />
      </Form.Item>
      <Form.Item name="category" label={optional(words.category)}>
        <CategoryField majors />
      </Form.Item>
      <Form.Item name="region" label={optional(words.region)}>
        <RegionField whole={say(words.whole)} />
      </Form.Item>
      <Form.Item name="valid" label={optional(words.valid)}>
        <DatePicker.RangePicker allowEmpty={[true, true]} style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item name="source" label={say(words.source)} extra={say(words.sourceHelp)} rules={required}>
        <Input maxLength={200} />
      </Form.Item>
      <p style={{ display: 'flex', gap: 8 }}>
        <Button type="primary" htmlType="submit" loading={add.isPending || change.isPending}>
          {say(words.save)}
        </Button>
        <Button onClick={close}>{say(words.cancel)}</Button>
      </p>
    </Form>
  )
}
