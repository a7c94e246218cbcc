import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Checkbox, Form, Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { ErrorState, Loading, tell, useAct, useWords } from '../../kernel/web/index.ts'
import { putSettings, type SettingsBody } from '../contract.ts'
import { settingsQuery } from './queries.ts'

const words = {
  quiet: { zh: '免打扰时段（紧急消息与站内消息除外）', en: 'Quiet hours (not for what is urgent, nor in the program)' },
  from: { zh: '自', en: 'From' },
  to: { zh: '至', en: 'to' },
  digest: { zh: '汇总时刻，逗号分隔', en: 'Hours of the digest, with commas' },
  language: { zh: '对外消息的语言', en: 'Language of what leaves the program' },
  tries: { zh: '最多尝试次数', en: 'Tries at most' },
  keep: { zh: '保存天数', en: 'Days kept' },
  save: { zh: '保存', en: 'Save' },
  saved: { zh: '已保存', en: 'Saved' },
}

export function SettingsPart() {
  const settings = useQuery(settingsQuery)
  if (settings.isError) return <ErrorState error={settings.error} retry={() => void settings.refetch()} />
  return settings.data ? <SettingsForm kept={settings.data} /> : <Loading />
}

function SettingsForm({ kept }: { kept: SettingsBody }) {
  const { say } = useWords()
  const queries = useQueryClient()
  const [now, setNow] = useState(kept)
  const [hours, setHours] = useState(kept.digestAt.join(', '))
  const save = useAct(putSettings, {
    done: () => {
      tell(say(words.saved))
      void queries.invalidateQueries({ queryKey: ['messages', 'settings'] })
    },
  })
  const { quiet } = now
  const send = () => {
    const digestAt = hours.split(/[,，、\s]+/).filter(Boolean)
    save.mutate({ body: { ...now, digestAt } })
  }
  return (
    <section className="card pad" style={{ maxWidth: 560 }}>
      <Form layout="vertical" requiredMark={false} onFinish={send}>
        <Form.Item label={say(words.quiet)}>
          <Checkbox
            checked={quiet !== null}
            aria-label={say(words.quiet)}
            onChange={(event) => setNow({ ...now, quiet: event.target.checked ? { from: '22:00', to: '07:00' } : null })}
          />{' '}
          {quiet && (
            <>
              <Input style={{ width: 90 }} aria-label={say(words.from)} value={quiet.from} pattern="([01]\d|2[0-3]):[0-5]\d" onChange={(event) => setNow({ ...now, quiet: { ...quiet, from: event.target.value } })} />
              {` ${say(words.to)} `}
              <Input style={{ width: 90 }} aria-label={say(words.to)} value={quiet.to} pattern="([01]\d|2[0-3]):[0-5]\d" onChange={(event) => setNow({ ...now, quiet: { ...quiet, to: event.target.value } })} />
            </>
          )}
        </Form.Item>
        <Form.Item label={say(words.digest)}>
          <Input value={hours} onChange={(event) => setHours(event.target.value)} />
        </Form.Item>
        <Form.Item label={say(words.language)}>
          <Select
            value={now.language}
            onChange={(language) => setNow({ ...now, language })}
            options={[
              { value: 'zh', label: '中文' },
              { value: 'en', label: 'English' },
            ]}
          />
        </Form.Item>
        <Form.Item label={say(words.tries)}>
          <InputNumber controls={false} min={1} max={20} value={now.tries} onChange={(tries) => setNow({ ...now, tries: tries ?? 8 })} />
        </Form.Item>
        <Form.Item label={say(words.keep)}>
          <InputNumber controls={false} min={30} max={3650} value={now.keepDays} onChange={(keepDays) => setNow({ ...now, keepDays: keepDays ?? 365 })} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {say(words.save)}
        </Button>
      </Form>
    </section>
  )
}
