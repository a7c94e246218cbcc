import { Segmented } from 'antd'
import { useAddress, useWords } from '../../kernel/web/index.ts'
import { ChannelsPart } from './channels-part.tsx'
import { RulesPart } from './rules-part.tsx'
import { SettingsPart } from './settings-part.tsx'
import { SystemsPart } from './systems-part.tsx'
import { TemplatesPart } from './templates-part.tsx'
import './messages.css'

const words = {
  title: { zh: '消息设置', en: 'Message settings' },
  lead: { zh: '谁在什么时候、经什么渠道、收到什么话', en: 'Who is told what, when, and by which channel' },
}

const PARTS = {
  rules: { name: { zh: '规则', en: 'Rules' }, Part: RulesPart },
  templates: { name: { zh: '模板', en: 'Templates' }, Part: TemplatesPart },
  channels: { name: { zh: '渠道', en: 'Channels' }, Part: ChannelsPart },
  hours: { name: { zh: '免打扰与保存', en: 'Quiet hours and keeping' }, Part: SettingsPart },
  systems: { name: { zh: '系统推送', en: 'Other systems' }, Part: SystemsPart },
} as const
type PartName = keyof typeof PARTS

export default function NoticesPage() {
  const { say } = useWords()
  const [address, setAddress] = useAddress<{ part?: string; one?: string }>()
  const name: PartName = address.part && address.part in PARTS ? (address.part as PartName) : 'rules'
  const { Part } = PARTS[name]
  return (
    <div className="page notices">
      <header className="page-head">
        <div>
          <h1>{say(words.title)}</h1>
          <p className="muted small">{say(words.lead)}</p>
        </div>
        <Segmented
          value={name}
          onChange={(part) => setAddress({ part, one: undefined })}
          options={Object.entries(PARTS).map(([value, part]) => ({ value, label: say(part.name) }))}
        />
      </header>
      <Part />
    </div>
  )
}
