import { Input, InputNumber, Select, Switch } from 'antd'
import { useWords } from '../../kernel/web/index.ts'
import { BLANKS, CATEGORIES, CATEGORY_CODES, LEVELS, type Category, type PublicWords } from '../contract.ts'

const words = {
  title: { zh: '公众预警', en: 'Public warning' },
  lead: {
    zh: '达到所选等级即向公众发布（门户与 CAP 1.2），变级更新，解除或搁置即取消。只发布下列文字。',
    en: 'From this level on the public is told (portal and CAP 1.2), again when the level changes, and that it is over when it clears or is shelved. Only these words leave the house.',
  },
  level: { zh: '从这一级起', en: 'From this level on' },
  category: { zh: '类别', en: 'Category' },
  area: { zh: '范围', en: 'Area' },
  circle: { zh: '设备周边', en: 'Around the device' },
  district: { zh: '所在区县', en: 'Its district' },
  metres: { zh: '半径（米）', en: 'Radius (m)' },
  event: { zh: '事件', en: 'Event' },
  headline: { zh: '标题', en: 'Headline' },
  description: { zh: '内容', en: 'Description' },
  instruction: { zh: '怎样做（可不填）', en: 'What to do (optional)' },
  english: { zh: '（英文）', en: ' (English)' },
  chinese: { zh: '（中文）', en: ' (Chinese)' },
  blanks: { zh: '可用：', en: 'Filled in: ' },
} as const

const BLANK: PublicWords = {
  level: 3,
  category: 'Met',
  area: { kind: 'circle', metres: 500 },
  event: { zh: '', en: '' },
  headline: { zh: '{district}{level}预警', en: '{level} warning for {district}' },
  description: { zh: '', en: '' },
  instruction: { zh: '', en: '' },
}

const FIELDS = [
  { name: 'event', most: 60, rows: 1, needed: true },
  { name: 'headline', most: 160, rows: 1, needed: true },
  { name: 'description', most: 1_000, rows: 3, needed: true },
  { name: 'instruction', most: 1_000, rows: 3, needed: false },
] as const

/** What the public is told of the alarms of a rule. */
export function RulePublic({ told, set }: { told: PublicWords | null; set: (told: PublicWords | null) => void }) {
  const { say, language } = useWords()
  const change = (part: Partial<PublicWords>) => told && set({ ...told, ...part })
  const blanks = Object.entries(BLANKS).map(([name, of]) => `{${name}} ${say(of)}`).join(language === 'zh' ? '，' : ', ')
  return (
    <>
      <h3>
        <Switch size="small" checked={told !== null} onChange={(on) => set(on ? BLANK : null)} aria-label={say(words.title)} /> {say(words.title)}
      </h3>
      {told && (
        <>
          <p className="help">{say(words.lead)}</p>
          <div className="rule-row">
            <label>
              {say(words.level)}
              <Select
                value={told.level}
                aria-label={`${say(words.title)} ${say(words.level)}`}
                onChange={(level) => change({ level })}
                options={LEVELS.map(({ level, words: name }) => ({ value: level as number, label: say(name) }))}
              />
            </label>
            <label>
              {say(words.category)}
              <Select<Category>
                value={told.category}
                aria-label={`${say(words.title)} ${say(words.category)}`}
                onChange={(category) => change({ category })}
                options={CATEGORY_CODES.map((code) => ({ value: code, label: say(CATEGORIES[code]) }))}
              />
            </label>
            <label>
              {say(words.area)}
              <Select
                value={told.area.kind}
                aria-label={say(words.area)}
                onChange={(kind) => change({ area: kind === 'circle' ? { kind, metres: 500 } : { kind } })}
                options={(['circle', 'district'] as const).map((kind) => ({ value: kind, label: say(words[kind]) }))}
              />
            </label>
            {told.area.kind === 'circle' && (
              <label>
                {say(words.metres)}
                <InputNumber controls={false} min={50} max={20_000} precision={0} value={told.area.metres} onChange={(metres) => change({ area: { kind: 'circle', metres: metres ?? 500 } })} style={{ width: '100%' }} />
              </label>
            )}
          </div>
          {FIELDS.map(({ name, most, rows, needed }) => (
            <div className="rule-row" key={name}>
              {(['zh', 'en'] as const).map((of) => (
                <label key={of}>
                  <span>
                    {say(words[name])}
                    {say(of === 'zh' ? words.chinese : words.english)}
                  </span>
                  <Input.TextArea autoSize={{ minRows: rows, maxRows: 8 }} maxLength={most} required={needed} value={told[name][of]} onChange={(event) => change({ [name]: { ...told[name], [of]: event.target.value } })} />
                </label>
              ))}
            </div>
          ))}
          <p className="help">
            {say(words.blanks)}
            {blanks}
          </p>
        </>
      )}
    </>
  )
}
