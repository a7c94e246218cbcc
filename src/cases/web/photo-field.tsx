import { useId, useState } from 'react'
import { fileAddress, Icon, storeFiles, tellFailure, useWords, type FileCard } from '../../kernel/web/index.ts'

const words = {
  add: { zh: '添加照片', en: 'Add photos' },
  drop: { zh: '移除', en: 'Remove' },
  sending: { zh: '正在上传', en: 'Sending' },
}

/** Photos are stored as they are chosen; what the form holds is their digests. */
export function PhotoField({
  value,
  onChange,
  failed,
}: {
  value: readonly FileCard[]
  onChange: (files: FileCard[]) => void
  failed?: boolean
}) {
  const { say } = useWords()
  const id = useId()
  const [sending, setSending] = useState(0)
  const add = async (files: File[]) => {
    if (files.length === 0) return
    setSending(files.length)
    try {
      const stored = await storeFiles(files)
      onChange([...value, ...stored.filter(({ sha256 }) => !value.some((had) => had.sha256 === sha256))])
    } catch (error) {
      tellFailure(error, () => void add(files))
    } finally {
      setSending(0)
    }
  }
  return (
    <div className="photos" data-failed={failed || undefined}>
      {value.map((file) => (
        <figure key={file.sha256}>
          <img src={fileAddress(file.sha256, 'thumb')} alt={file.name} />
          <button
            type="button"
            aria-label={`${say(words.drop)} ${file.name}`}
            onClick={() => onChange(value.filter(({ sha256 }) => sha256 !== file.sha256))}
          >
            <Icon name="close" size={12} />
          </button>
        </figure>
      ))}
      <label htmlFor={id}>
        <Icon name="photo" size={20} />
        {sending > 0 ? `${say(words.sending)} ${sending}` : say(words.add)}
        <input
          id={id}
          type="file"
          multiple
          accept="image/*,video/mp4,application/pdf,.docx,.xlsx"
          disabled={sending > 0}
          onChange={(event) => {
            void add([...(event.target.files ?? [])])
            event.target.value = ''
          }}
        />
      </label>
    </div>
  )
}
