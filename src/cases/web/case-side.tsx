import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { CityMap } from '../../atlas/web/index.ts'
import { Lamp, useWords } from '../../kernel/web/index.ts'
import { useDictionary } from '../../registry/web/index.ts'
import type { CaseDetail } from '../contract.ts'
import { endLamp } from './deadline.ts'
import { sayLimit, sayUsed } from './say-limit.ts'

const words = {
  map: { zh: '案件位置', en: 'Where the case lies' },
  noPlace: { zh: '没有坐标', en: 'No position' },
  limits: { zh: '时限', en: 'Limits' },
  inTime: { zh: '按时', en: 'In time' },
  late: { zh: '超时', en: 'Late' },
  running: { zh: '进行中', en: 'Running' },
  responsibility: { zh: '责任', en: 'Responsibility' },
  unit: { zh: '处置单位', en: 'Unit' },
  notYet: { zh: '尚未派遣', en: 'Not dispatched yet' },
  others: { zh: '其他相关', en: 'Others' },
  rule: { zh: '依据', en: 'Rule' },
  checker: { zh: '核查人', en: 'Checker' },
  condition: { zh: '立案条件', en: 'Filed because' },
  closing: { zh: '结案条件', en: 'Closed when' },
  component: { zh: '部件', en: 'Component' },
  code: { zh: '标识码', en: 'Code' },
  name: { zh: '名称', en: 'Name' },
  state: { zh: '状态', en: 'State' },
  owner: { zh: '权属单位', en: 'Owner' },
  maintainer: { zh: '养护单位', en: 'Maintainer' },
  history: { zh: '历史', en: 'History' },
  see: { zh: '查看', en: 'show' },
  reporter: { zh: '反映人', en: 'Reporter' },
  phone: { zh: '电话', en: 'Phone' },
  email: { zh: '邮箱', en: 'E-mail' },
  query: { zh: '查询码', en: 'Query word' },
  masked: { zh: '已隐去部分内容', en: 'Partly hidden' },
  anonymous: { zh: '匿名', en: 'Anonymous' },
}

export function CaseSide({ detail, mapFoot }: { detail: CaseDetail; mapFoot?: ReactNode }) {
  const { say, language } = useWords()
  const { brief, component, reporter, condition, responsibility } = detail
  const others = responsibility.proposals.filter(({ unitCode }) => unitCode !== responsibility.unit?.code)
  return (
    <div className="case-side">
      <Where detail={detail} foot={mapFoot} />
      <Limits detail={detail} />
      <Facts
        title={say(words.responsibility)}
        facts={[
          fact(
            say(words.unit),
            responsibility.unit ? <b>{say(responsibility.unit.name)}</b> : <span className="muted">{say(words.notYet)}</span>,
          ),
          others.length > 0 &&
            fact(
              say(words.others),
              <ul className="others">
                {others.slice(0, 3).map((unit) => (
                  <li key={unit.unitCode}>
                    {say(unit.name)}
                    <span className="muted small">
                      {unit.rule !== null && <span className="number">{unit.rule} </span>}
                      {say(unit.words)}
                    </span>
                  </li>
                ))}
              </ul>,
            ),
          [say(words.rule), say(responsibility.rule)],
          condition && [
            say(words.condition),
            `${say(condition.words)} · ${sayLimit(condition.limit.amount, condition.limit.unit, language)}`,
          ],
          condition?.closing && [say(words.closing), say(condition.closing)],
          responsibility.checker && [
            say(words.checker),
            <>
              {responsibility.checker.name}
              <span className="muted"> · {say(responsibility.checker.words)}</span>
            </>,
          ],
        ]}
      />
      {component && <ComponentFacts detail={detail} />}
      {reporter && (
        <Facts
          title={say(words.reporter)}
          {...(reporter.masked && { aside: say(words.masked) })}
          facts={[
            [say(brief.sourceWords), reporter.name ?? say(words.anonymous)],
            reporter.phone && [say(words.phone), reporter.phone],
            reporter.email && [say(words.email), reporter.email],
            reporter.queryWord && fact(say(words.query), <span className="number">{reporter.queryWord}</span>),
          ]}
        />
      )}
    </div>
  )
}

function Where({ detail, foot }: { detail: CaseDetail; foot: ReactNode }) {
  const { say } = useWords()
  const { brief, component } = detail
  return (
    <section className="card side-map">
      <div>
        {brief.position ? (
          <CityMap
            label={say(words.map)}
            center={brief.position}
            zoom={16.5}
            follow
            tools="zoom"
            pin={{ position: brief.position, lamp: endLamp(brief) }}
            dots={
              component
                ? {
                    type: 'FeatureCollection',
                    features: [{ type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: [...component.position] } }],
                  }
                : undefined
            }
          />
        ) : (
          <p className="muted">{say(words.noPlace)}</p>
        )}
      </div>
      {brief.position && (
        <p className="small">
          <span>
            <span className="number">
              {brief.position[0].toFixed(5)}, {brief.position[1].toFixed(5)}
            </span>{' '}
            <span className="muted">CGCS2000</span>
          </span>
          {foot}
        </p>
      )}
    </section>
  )
}

function Limits({ detail }: { detail: CaseDetail }) {
  const { say, language } = useWords()
  if (detail.limits.length === 0) return null
  return (
    <section className="card pad">
      <h2>{say(words.limits)}</h2>
      <table className="limits">
        <tbody>
          {detail.limits.map((limit) => (
            <tr key={`${limit.clock}-${limit.from}`} {...(limit.running && { className: 'now' })}>
              <th scope="row">{say(limit.words)}</th>
              <td>{sayUsed(limit, language)}</td>
              <td className="muted">/ {sayLimit(limit.amount, limit.unit, language)}</td>
              <td>
                <span>
                  <Lamp colour={limit.late ? 'red' : 'green'} size={14} label={false} />
                  {say(limit.late ? words.late : limit.running ? words.running : words.inTime)}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function ComponentFacts({ detail }: { detail: CaseDetail }) {
  const { say, language } = useWords()
  const states = useDictionary('component-state')
  const component = detail.component!
  const zh = language === 'zh'
  return (
    <Facts
      title={say(words.component)}
      facts={[
        fact(say(words.code), <span className="number">{component.code}</span>),
        component.name && [say(words.name), component.name],
        [say(words.state), states.name(component.state)],
        component.owner && [say(words.owner), component.owner],
        component.maintainer && [say(words.maintainer), component.maintainer],
        component.cases > 0 && [
          say(words.history),
          <>
            {zh ? `另有 ${component.cases} 件案件，` : `${component.cases} other cases, `}
            <Link to={'/cases' as never} search={{ component: component.code } as never}>
              {say(words.see)}
            </Link>
          </>,
        ],
      ]}
    />
  )
}

type Fact = [string, ReactNode] | false | null | undefined | ''

const fact = (name: string, value: ReactNode): Fact => [name, value]

function Facts({ title, aside, facts }: { title: string; aside?: string; facts: readonly Fact[] }) {
  return (
    <section className="card pad">
      <h2 className="with-aside">
        {title}
        {aside && <span className="muted small">{aside}</span>}
      </h2>
      <dl className="facts">
        {facts.map(
          (each) =>
            each && (
              <div key={each[0]}>
                <dt>{each[0]}</dt>
                <dd>{each[1]}</dd>
              </div>
            ),
        )}
      </dl>
    </section>
  )
}
