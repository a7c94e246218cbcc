import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Form, Input, Select, Table } from 'antd'
import { useState } from 'react'
import { EmptyState, ErrorState, groupNumber, Icon, tell, useAct, useWords } from '../../kernel/web/index.ts'
import { deleteTemplate, PLACES, postPreview, putTemplate, templateFaults, type PlaceName, type Reader, type TemplateBody, type TemplateShown } from '../contract.ts'
import { EditActs, NameFields, type Edited } from './edit-form.tsx'
import { templatesQuery } from './queries.ts'

const words = {
  name: { zh: '模板', en: 'Template' },
  reader: { zh: '给谁看', en: 'For whom' },
  text: { zh: '内容', en: 'Text' },
  edit: { zh: '修改', en: 'Change' },
  add: { zh: '新增模板', en: 'New template' },
  subject: { zh: '标题', en: 'Subject' },
  body: { zh: '正文', en: 'Body' },
  zh: { zh: '中文', en: 'Chinese' },
  en: { zh: '英文', en: 'English' },
  places: { zh: '占位符，点一下插入中文正文', en: 'Placeholders; a click puts one into the Chinese body' },
  preview: { zh: '用一件真实案件预览', en: 'Preview with a real case' },
  parts: { zh: '条短信', en: 'SMS' },
  saved: { zh: '已保存', en: 'Saved' },
  changed: { zh: '已改', en: 'Changed' },
  unused: { zh: '未用', en: 'Unused' },
  none: { zh: '没有模板。', en: 'There are no templates.' },
}
const READER_WORDS = { reporter: { zh: '反映人', en: 'Whoever reported' }, staff: { zh: '工作人员', en: 'Staff' } } as const

const BLANK: TemplateBody = { name: { zh: '', en: '' }, reader: 'staff', zh: { subject: '', body: '' }, en: { subject: '', body: '' } }
const bodyOf = ({ name, reader, zh, en }: TemplateShown): TemplateBody => ({ name, reader, zh, en })

export function TemplatesPart() {
  const { say, language } = useWords()
  const queries = useQueryClient()
  const templates = useQuery(templatesQuery)
  const [open, setOpen] = useState<Edited<TemplateBody>>()
  const done = () => {
    tell(say(words.saved))
    setOpen(undefined)
    void queries.invalidateQueries({ queryKey: ['messages'] })
  }
  if (templates.isError) return <ErrorState error={templates.error} retry={() => void templates.refetch()} />
  return (
    <>
      {open && <TemplateForm key={open.code ?? ''} of={open} done={done} close={() => setOpen(undefined)} />}
      <section className="card">
        <Table<TemplateShown>
          size="small"
          rowKey="code"
          pagination={false}
          loading={templates.isPending}
          dataSource={templates.data?.items ?? []}
          locale={{ emptyText: <EmptyState why={say(words.none)} /> }}
          title={() => (
            <Button type="primary" icon={<Icon name="plus" />} onClick={() => setOpen({ code: undefined, body: BLANK, shipped: false, changed: false })}>
              {say(words.add)}
            </Button>
          )}
          columns={[
            {
              title: say(words.name),
              width: 200,
              render: (_, row) => (
                <>
                  {say(row.name) || row.code} {row.changed && <span className="tag brand">{say(words.changed)}</span>}{' '}
                  {row.usedBy.length === 0 && <span className="tag">{say(words.unused)}</span>}
                </>
              ),
            },
            { title: say(words.reader), width: 110, render: (_, row) => say(READER_WORDS[row.reader as Reader]) },
            {
              title: say(words.text),
              render: (_, row) => (
                <>
                  <b>{row[language].subject}</b> <span className="small">{row[language].body}</span>
                </>
              ),
            },
            {
              width: 76,
              align: 'right',
              render: (_, row) => (
                <Button size="small" onClick={() => setOpen({ code: row.code, body: bodyOf(row), shipped: row.shipped, changed: row.changed })}>
                  {say(words.edit)}
                </Button>
              ),
            },
          ]}
        />
      </section>
    </>
  )
}

interface FormProps {
  of: Edited<TemplateBody>
  done: () => void
  close: () => void
}

function TemplateForm({ of, done, close }: FormProps) {
  const { say, language } = useWords()
  const [now, setNow] = useState(of.body)
  const [name, setName] = useState(of.code ?? '')
  const save = useAct(putTemplate, { done })
  const drop = useAct(deleteTemplate, { done })
  const preview = useAct(postPreview)
  const faults = templateFaults(now, now.reader as Reader)
  const faultOf = (at: string) => faults.filter((fault) => fault.at === at).map((fault) => say(fault.reason))
  const change = (part: Partial<TemplateBody>) => setNow({ ...now, ...part })
  const places = (Object.keys(PLACES) as PlaceName[]).filter((place) => (PLACES[place].readers as readonly string[]).includes(now.reader))
  return (
    <section className="card pad">
      <Form layout="vertical" requiredMark={false} onFinish={() => save.mutate({ params: { code: name }, body: now })}>
        <div className="two">
          <div>
            <NameFields
              code={of.code === undefined ? { value: name, change: setName } : undefined}
              label={say(words.name)}
              name={now.name}
              change={(named) => change({ name: named })}
            />
            <Form.Item label={say(words.reader)}>
              <Select
                value={now.reader}
                onChange={(reader) => change({ reader })}
                options={(['reporter', 'staff'] as const).map((value) => ({ value, label: say(READER_WORDS[value]) }))}
              />
            </Form.Item>
            <p className="small muted">{say(words.places)}</p>
            <div className="places">
              {places.map((place) => (
                <button
                  key={place}
                  type="button"
                  title={say(PLACES[place].words)}
                  onClick={() => change({ zh: { ...now.zh, body: `${now.zh.body}{${place}}` } })}
                >
                  {`{${place}}`} {say(PLACES[place].words)}
                </button>
              ))}
            </div>
          </div>
          <div>
            {(['zh', 'en'] as const).map((tongue) => (
              <fieldset key={tongue} style={{ border: 0, padding: 0, margin: 0 }}>
                <legend className="small muted">{say(words[tongue])}</legend>
                <Form.Item label={say(words.subject)} validateStatus={faultOf(`${tongue}.subject`).length > 0 ? 'error' : ''} help={faultOf(`${tongue}.subject`).join(' ')}>
                  <Input
                    value={now[tongue].subject}
                    maxLength={200}
                    aria-label={`${say(words[tongue])} ${say(words.subject)}`}
                    onChange={(event) => change({ [tongue]: { ...now[tongue], subject: event.target.value } })}
                  />
                </Form.Item>
                <Form.Item label={say(words.body)} validateStatus={faultOf(`${tongue}.body`).length > 0 ? 'error' : ''} help={faultOf(`${tongue}.body`).join(' ')}>
                  <Input.TextArea
                    value={now[tongue].body}
                    maxLength={2000}
                    rows={3}
                    aria-label={`${say(words[tongue])} ${say(words.body)}`}
                    onChange={(event) => change({ [tongue]: { ...now[tongue], body: event.target.value } })}
                  />
                </Form.Item>
              </fieldset>
            ))}
          </div>
        </div>
        {preview.data && (
          <div className="preview">
            <b>{preview.data.words[language].subject}</b>
            <p>{preview.data.words[language].body}</p>
            <p className="small muted">
              {preview.data.number && groupNumber(preview.data.number)} · {preview.data.smsParts} {say(words.parts)}
            </p>
          </div>
        )}
        <EditActs
          of={of}
          saving={save.isPending}
          unfit={faults.length > 0 || !now.zh.body || !now.en.body}
          drop={(code) => drop.mutate({ params: { code } })}
          close={close}
        >
          <Button disabled={faults.length > 0} loading={preview.isPending} onClick={() => preview.mutate({ body: { template: now } })}>
            {say(words.preview)}
          </Button>
        </EditActs>
      </Form>
    </section>
  )
}
