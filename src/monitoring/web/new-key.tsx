import { Button } from 'antd'
import { useWords } from '../../kernel/web/index.ts'

const words = {
  key: { zh: '设备密钥，只显示这一次：', en: 'The key of the device, shown this once:' },
  close: { zh: '已抄录', en: 'Written down' },
}

export function NewKey({ code, secret, close }: { code: string; secret: string; close: () => void }) {
  const { say } = useWords()
  return (
    <section className="card pad" style={{ marginBottom: 12 }}>
      <p className="small muted">
        {say(words.key)} {code}
      </p>
      <p style={{ font: '600 15px/24px ui-monospace, monospace', overflowWrap: 'anywhere', userSelect: 'all' }}>{secret}</p>
      <Button onClick={close}>{say(words.close)}</Button>
    </section>
  )
}
