import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { fileAddress, Icon, sayNear, useKeys, useNow, useWords } from '../../kernel/web/index.ts'
import type { CaseDetail } from '../contract.ts'
import { sayMetres } from './act-form.tsx'
import { sayWho } from './say-who.ts'
import { photosOf, type Photo } from './photos-of.ts'
import { flowQuery } from './queries.ts'

const words = {
  title: { zh: '处置前后', en: 'Before and after' },
  site: { zh: '现场照片', en: 'Photos of the site' },
  before: { zh: '前', en: 'Before' },
  after: { zh: '后', en: 'After' },
  overlay: { zh: '叠放对比', en: 'Lay over each other' },
  apart: { zh: '并排对比', en: 'Side by side' },
  none: { zh: '上报时没有照片', en: 'Reported without a photo' },
  waiting: { zh: '处置后的照片会出现在这里', en: 'The photo after disposal will stand here' },
  samePlace: { zh: '同一地点', en: 'Same place' },
  otherPlace: { zh: '拍摄地点不符', en: 'Taken elsewhere' },
  later: { zh: '拍摄晚于派遣', en: 'Taken after dispatch' },
  earlier: { zh: '拍摄早于派遣', en: 'Taken before dispatch' },
  noProof: { zh: '照片未带拍摄时间与位置，无法核对', en: 'The photo carries neither time nor place, so this is unchecked' },
  mix: { zh: '前后比例', en: 'Share of after' },
  more: { zh: '全部照片', en: 'All photos' },
}

/** The stage from which a photo of the result is waited for. */
const DISPOSING = 4

/** Equal crops side by side, or laid over each other by C; below, what the photos prove. */
export function BeforeAfter({ detail }: { detail: CaseDetail }) {
  const { say } = useWords()
  const flow = useQuery(flowQuery).data
  const [overlaid, overlay] = useState(false)
  const [mix, setMix] = useState(50)
  const { all, before, after } = photosOf(detail, flow)
  const [first, last] = [before[0], after.at(-1)]
  useKeys({ ...(first && last && { c: () => overlay(!overlaid) }) })
  if (all.length === 0) return null
  return (
    <section className="card pad">
      <h2>{say(after.length > 0 ? words.title : words.site)}</h2>
      {overlaid && first && last ? (
        <div className="overlaid">
          <img src={fileAddress(first.file.sha256, 'public')} alt={say(words.before)} />
          <img src={fileAddress(last.file.sha256, 'public')} alt={say(words.after)} style={{ opacity: mix / 100 }} />
          <input
            type="range"
            min={0}
            max={100}
            value={mix}
            onChange={(event) => setMix(Number(event.target.value))}
            aria-label={say(words.mix)}
          />
        </div>
      ) : (
        <div className="pair">
          <Picture photo={first} tag="before" missing={say(words.none)} />
          {last || detail.brief.stage >= DISPOSING ? (
            <Picture photo={last} tag="after" missing={say(words.waiting)} />
          ) : (
            before[1] && <Picture photo={before[1]} tag="before" missing="" />
          )}
        </div>
      )}
      {last && (
        <div className="proof small">
          <Proof last={last} detail={detail} />
          {first && (
            <button type="button" className="link" onClick={() => overlay(!overlaid)}>
              {say(overlaid ? words.apart : words.overlay)} <kbd>C</kbd>
            </button>
          )}
        </div>
      )}
      {all.length > 2 && (
        <div className="strip" aria-label={say(words.more)}>
          {all.map((photo) => (
            <a
              key={`${photo.entry.ordinal}-${photo.file.sha256}`}
              href={fileAddress(photo.file.sha256, 'original')}
              target="_blank"
              rel="noreferrer"
            >
              <img src={fileAddress(photo.file.sha256, 'thumb')} alt={`${say(photo.entry.words)} ${photo.file.name}`} loading="lazy" />
            </a>
          ))}
        </div>
      )}
    </section>
  )
}

function Picture({ photo, tag, missing }: { photo: Photo | undefined; tag: 'before' | 'after'; missing: string }) {
  const { say, language } = useWords()
  const now = useNow()
  if (!photo) {
    return (
      <figure>
        <div className="no-photo">
          <Icon name="photo" size={24} />
          {missing}
        </div>
      </figure>
    )
  }
  const { file, entry } = photo
  return (
    <figure>
      <a href={fileAddress(file.sha256, 'original')} target="_blank" rel="noreferrer">
        <img src={fileAddress(file.sha256, 'public')} alt={`${say(words[tag])} · ${say(entry.words)}`} />
      </a>
      <figcaption>
        <span className={`tag ${tag === 'before' ? 'red' : 'green'}`}>{say(words[tag])}</span>
        <span>{sayNear(file.takenAt ?? entry.at, now)}</span>
        <span className="muted">
          {sayWho(entry.who, say)}
          {file.metres !== null &&
            ` · ${language === 'zh' ? '距案件' : ''} ${sayMetres(file.metres, language)}${language === 'zh' ? '' : ' away'}`}
        </span>
      </figcaption>
    </figure>
  )
}

/** What the camera wrote into the photo, against the case: nothing is claimed that it did not write. */
function Proof({ last, detail }: { last: Photo; detail: CaseDetail }) {
  const { say } = useWords()
  const { metres, takenAt } = last.file
  const dispatched = detail.history.findLast(({ step, ordinal }) => step === 'dispatch' && ordinal < last.entry.ordinal)
  const proofs: [boolean, string][] = []
  if (metres !== null) proofs.push(metres <= 50 ? [true, say(words.samePlace)] : [false, say(words.otherPlace)])
  if (takenAt && dispatched) proofs.push(takenAt >= dispatched.at ? [true, say(words.later)] : [false, say(words.earlier)])
  if (proofs.length === 0) return <span className="muted">{say(words.noProof)}</span>
  return (
    <>
      {proofs.map(([holds, text]) => (
        <span key={text} className={holds ? 'holds' : 'fails'}>
          <Icon name={holds ? 'check' : 'close'} size={14} /> {text}
        </span>
      ))}
    </>
  )
}
