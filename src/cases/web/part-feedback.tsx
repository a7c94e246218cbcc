import { useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { groupNumber, tell, useAct, useWords, type FileCard } from '../../kernel/web/index.ts'
import { postPart, type Part } from '../contract.ts'
import { PhotoField } from './photo-field.tsx'

const words = {
  note: { zh: '办理情况', en: 'What was done' },
  done: { zh: '办理完成', en: 'Done' },
  returned: { zh: '不属本单位', en: 'Not ours' },
  told: { zh: '协办反馈已提交', en: 'Feedback given' },
  photos: { zh: '完成须附照片；不属本单位须写明理由。', en: 'Done needs a photo; not ours needs the reason.' },
  needNote: { zh: '请填写说明', en: 'Write a note' },
  needPhoto: { zh: '请添加照片', en: 'Add a photo' },
}

/** The feedback of an assisting unit on its own part. */
export function PartFeedback({ part }: { part: Part }) {
  const { say, language } = useWords()
  const queries = useQueryClient()
  const [note, setNote] = useState('')
  const [files, setFiles] = useState<FileCard[]>([])
  const [lacks, setLacks] = useState<'note' | 'photo'>()
  const send = useAct(postPart, {
    done: () => {
      tell(`${say(words.told)}${language === 'zh' ? '：' : ': '}${groupNumber(part.number)}`)
      void queries.invalidateQueries({ queryKey: ['cases'] })
    },
  })
  const answer = (result: 'done' | 'returned') => {
    const missing = note.trim() === '' ? 'note' : result === 'done' && files.length === 0 ? 'photo' : undefined
    setLacks(missing)
    if (missing) return
    send.mutate({ params: { number: part.number, id: part.id }, body: { result, note: note.trim(), files: files.map(({ sha256 }) => sha256) } })
  }
  return (
    <div className="part-feedback">
      <Input.TextArea
        value={note}
        onChange={(event) => setNote(event.target.value)}
        rows={2}
        maxLength={1000}
        placeholder={say(words.note)}
        aria-label={say(words.note)}
        {...(lacks === 'note' && { status: 'error' as const })}
      />
      <PhotoField value={files} onChange={setFiles} failed={lacks === 'photo'} />
      {lacks && (
        <p className="fault" role="alert">
          {say(lacks === 'note' ? words.needNote : words.needPhoto)}
        </p>
      )}
      <p className="moves">
        <Button type="primary" loading={send.isPending} onClick={() => answer('done')}>
          {say(words.done)}
        </Button>
        <Button disabled={send.isPending} onClick={() => answer('returned')}>
          {say(words.returned)}
        </Button>
        <small className="muted">{say(words.photos)}</small>
      </p>
    </div>
  )
}
