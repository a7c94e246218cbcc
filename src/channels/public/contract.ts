// What the portal and the public may ask, without signing in. Nothing that leaves here tells who reported.

import { endpoint, Moment, Position, Type, type Static } from '../../kernel/contract.ts'
import { GROUP_CODES } from './groups.ts'
import { NOTE_CODES, STAGE_CODES } from './progress.ts'

export * from './groups.ts'
export * from './progress.ts'

const Lng = Type.Number({ minimum: -180, maximum: 180 })
const Lat = Type.Number({ minimum: -90, maximum: 90 })
const Group = Type.Enum([...GROUP_CODES])
const CaseNumber = Type.String({ pattern: '^\\d{20}$', description: '案号 as it was given on the receipt' })
const QueryWord = Type.String({ minLength: 4, maxLength: 8, pattern: '^[0-9A-Za-z]+$', description: '查询码' })
const Names = Type.Object({ zh: Type.String(), en: Type.String() })
const NullMoment = Type.Union([Moment, Type.Null()])

/** The client makes the key with the draft and keeps it until the receipt: the same key is the same report. */
export const postReport = endpoint({
  method: 'POST',
  path: '/api/public/reports',
  permit: 'anyone',
  summary: { zh: '公众上报', en: 'Report a problem' },
  takes: 'files',
  limit: 'public-write',
  body: Type.Object({
    key: Type.String({ minLength: 16, maxLength: 64, pattern: '^[0-9A-Za-z-]+$' }),
    lng: Lng,
    lat: Lat,
    /** How far off the phone thinks it may be, in metres. */
    accuracy: Type.Optional(Type.Number({ minimum: 0 })),
    group: Type.Optional(Group),
    words: Type.Optional(Type.String({ maxLength: 1000 })),
    phone: Type.Optional(Type.String({ maxLength: 20, pattern: '^$|^\\+?[0-9 -]{5,20}$' })),
  }),
  reply: Type.Object({
    number: CaseNumber,
    word: QueryWord,
    reportedAt: Moment,
    /** Until when somebody will have looked at it. */
    expectedAt: NullMoment,
    address: Type.String(),
  }),
})

export const PublicPhoto = Type.Object({
  sha256: Type.String(),
  when: Type.Enum(['before', 'after']),
  at: Moment,
  url: Type.String(),
  thumbUrl: Type.String(),
})
export type PublicPhoto = Static<typeof PublicPhoto>

export const ProgressStage = Type.Object({
  code: Type.Enum([...STAGE_CODES]),
  state: Type.Enum(['done', 'now', 'later']),
  name: Names,
  at: NullMoment,
  /** What the page says below: facts, to be put into words and wall time there. */
  notes: Type.Array(
    Type.Object({
      code: Type.Enum([...NOTE_CODES]),
      unit: Type.Optional(Type.String()),
      at: Type.Optional(Moment),
      ms: Type.Optional(Type.Number()),
      times: Type.Optional(Type.Integer()),
      words: Type.Optional(Names),
    }),
  ),
})
export type ProgressStage = Static<typeof ProgressStage>

export const Progress = Type.Object({
  number: CaseNumber,
  /** What it is, in a few words: the category, or the tile, never the citizen's own words unless the query word was right. */
  what: Names,
  words: Type.Union([Type.String(), Type.Null()]),
  address: Type.String(),
  districtName: Type.String(),
  position: Position,
  open: Type.Boolean(),
  sentence: Names,
  stages: Type.Array(ProgressStage),
  photos: Type.Array(PublicPhoto),
  reportedAt: Moment,
  promisedAt: NullMoment,
  now: Moment,
  /** The query word was right: this is the one who reported, who may see the own words and rate. */
  mine: Type.Boolean(),
  mayRate: Type.Boolean(),
  rating: Type.Union([Type.Object({ fixed: Type.Boolean(), stars: Type.Union([Type.Integer(), Type.Null()]) }), Type.Null()]),
})
export type Progress = Static<typeof Progress>

export const PublicWarning = Type.Object({
  id: Type.String(),
  /** 1 blue to 4 red. */
  level: Type.Integer(),
  event: Names,
  headline: Names,
  description: Names,
  instruction: Names,
  area: Names,
  sentAt: Moment,
  /** The same as CAP 1.2. */
  url: Type.String(),
})
export type PublicWarning = Static<typeof PublicWarning>

export const getWarnings = endpoint({
  method: 'GET',
  path: '/api/public/warnings',
  permit: 'anyone',
  summary: { zh: '当前公众预警', en: 'Public warnings that stand now, the worst first' },
  limit: 'public-read',
  reply: Type.Object({ items: Type.Array(PublicWarning) }),
})

/** With the query word: everything of the own report. Without it: what anyone may know of a case. */
export const getProgress = endpoint({
  method: 'GET',
  path: '/api/public/cases/:number',
  permit: 'anyone',
  summary: { zh: '查进度', en: 'Progress of a report' },
  limit: 'public-read',
  params: Type.Object({ number: CaseNumber }),
  query: Type.Object({ word: Type.Optional(QueryWord) }),
  reply: Progress,
})

export const postRating = endpoint({
  method: 'POST',
  path: '/api/public/cases/:number/rating',
  permit: 'anyone',
  summary: { zh: '评价处理结果', en: 'Say whether it is fixed' },
  limit: 'public-write',
  params: Type.Object({ number: CaseNumber }),
  body: Type.Object({
    word: QueryWord,
    fixed: Type.Boolean(),
    stars: Type.Optional(Type.Integer({ minimum: 1, maximum: 5 })),
    words: Type.Optional(Type.String({ maxLength: 500 })),
  }),
  reply: Type.Object({ fixed: Type.Boolean(), stars: Type.Union([Type.Integer(), Type.Null()]) }),
})

export const NearbyCase = Type.Object({
  number: CaseNumber,
  what: Names,
  group: Group,
  address: Type.String(),
  position: Position,
  metres: Type.Integer(),
  reportedAt: Moment,
  open: Type.Boolean(),
  sentence: Names,
  thumbUrl: Type.Union([Type.String(), Type.Null()]),
})
export type NearbyCase = Static<typeof NearbyCase>

/** Open cases around a place, nearest first; with a group only those of that group or of none yet. */
export const getNearby = endpoint({
  method: 'GET',
  path: '/api/public/nearby',
  permit: 'anyone',
  summary: { zh: '附近的反映', en: 'Reports near a place' },
  limit: 'public-read',
  query: Type.Object({
    lng: Lng,
    lat: Lat,
    metres: Type.Optional(Type.Integer({ minimum: 10, maximum: 2000, default: 60 })),
    group: Type.Optional(Group),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
  }),
  reply: Type.Object({ items: Type.Array(NearbyCase) }),
})

/** A copy made for the public: re-encoded, without EXIF. Only photos of this case, and only those the public may see. */
export const getPhoto = endpoint({
  method: 'GET',
  path: '/api/public/cases/:number/photos/:sha256',
  permit: 'anyone',
  summary: { zh: '公开照片', en: 'A photo made for the public' },
  gives: 'raw',
  limit: 'public-read',
  params: Type.Object({ number: CaseNumber, sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }) }),
  query: Type.Object({
    size: Type.Optional(Type.Enum(['public', 'thumb'], { default: 'public' })),
    word: Type.Optional(QueryWord),
  }),
})

/** A few figures of the last 30 days, for the portal's first page. */
export const getFigures = endpoint({
  method: 'GET',
  path: '/api/public/figures',
  permit: 'anyone',
  summary: { zh: '近 30 天数字', en: 'Figures of the last 30 days' },
  limit: 'public-read',
  reply: Type.Object({
    from: Type.String(),
    to: Type.String(),
    reported: Type.Integer(),
    closed: Type.Integer(),
    /** Of those closed. */
    closedInTime: Type.Integer(),
  }),
})
export type Figures = Static<NonNullable<(typeof getFigures)['reply']>>
