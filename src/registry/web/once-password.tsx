import { Alert, Button } from 'antd'
import { tell, useWords } from '../../kernel/web/index.ts'

const words = {
  title: { zh: '一次性密码，只显示这一次', en: 'Password for one sign-in; shown this once' },
  copy: { zh: '复制', en: 'Copy' },
  copied: { zh: '已复制', en: 'Copied' },
}

/** A secret that the server tells once and does not keep. */
export function OncePassword({ password, title }: { password: string; title?: string }) {
  const { say } = useWords()
  return (
    <Alert
      type="warning"
      title={title ?? say(words.title)}
      description={<b className="secret">{password}</b>}
      action={
        <Button size="small" onClick={() => void navigator.clipboard?.writeText(password).then(() => tell(say(words.copied)))}>
          {say(words.copy)}
        </Button>
      }
    />
  )
}
