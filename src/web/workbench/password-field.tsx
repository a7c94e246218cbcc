import { Form, Input } from 'antd'
import { passwordFault } from '../../kernel/access/contract.ts'
import { useWords } from '../../kernel/web/index.ts'

const words = {
  rule: {
    zh: '至少 10 位并含大写、小写、数字、符号中的三种，或至少 16 位',
    en: 'At least 10 characters of three kinds (capitals, small letters, digits, signs), or at least 16',
  },
  needed: { zh: '请输入新密码', en: 'Enter a new password' },
}

/** A new password: says what is wrong with it while it is typed, by the same rule as the server. */
export function PasswordField({ name, label, account }: { name: string | string[]; label: string; account: () => string }) {
  const { say } = useWords()
  return (
    <Form.Item
      name={name}
      label={label}
      extra={say(words.rule)}
      validateTrigger="onBlur"
      rules={[
        { required: true, message: say(words.needed) },
        {
          validator: (_, value: string | undefined) => {
            const fault = value ? passwordFault(value, account()) : undefined
            return fault ? Promise.reject(new Error(say(fault))) : Promise.resolve()
          },
        },
      ]}
    >
      <Input.Password autoComplete="new-password" maxLength={128} />
    </Form.Item>
  )
}
