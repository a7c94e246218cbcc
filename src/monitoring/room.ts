import { stream, systemActor, type Room } from '../kernel/index.ts'
import { endShelves } from './alarms/alarms.ts'
import { forgetAlarms } from './alarms/forget.ts'
import { alarmsFold } from './alarms/check.ts'
import { endOrphans } from './alarms/end-orphans.ts'
import { alarmChanged } from './alarms/events.ts'
import { alarmCase, caseEnds } from './alarms/to-case.ts'
import { watchAbsence } from './alarms/watch-absence.ts'
import { publicRules, publicWarnings, renewWarnings } from './cap/issue.ts'
import { readingsRolled } from './checks.ts'
import { followTrucks } from './flood/command/advance.ts'
import { floodCommanded, floodStaffChanged } from './flood/command/events.ts'
import { rainRecounted, keepEvents } from './flood/keep-events.ts'
import { keepFits } from './flood/keep-fits.ts'
import { reportsStand } from './flood/reports/check.ts'
import { intake } from './intake.ts'
import { startTerminals } from './jt808/server.ts'
import { keepOldDays } from './old-days.ts'
import { keepDays } from './partitions.ts'
import { startBroker } from './mqtt/broker.ts'
import { startSubscriber } from './mqtt/subscriber.ts'
import { PERMITS } from './permits.ts'
import { forgetQuarantine } from './quarantine.ts'
import { hazardsFollow, risksCounted } from './risk/checks.ts'
import { hazardChanged, risksChanged } from './risk/events.ts'
import { hazardCase, hazardCases } from './risk/hazard-case.ts'
import { keepReviews } from './risk/keep-reviews.ts'
import { routes } from './routes.ts'
import { tables } from './tables.ts'
import { latestPositions } from './vehicles/checks.ts'
import { forgetMedia } from './vehicles/forget.ts'
import { vehicleIntake } from './vehicles/intake.ts'
import { keepStanding } from './wall/keep-standing.ts'

/** 运行监测: what the city's own things report. */
export const monitoring = {
  name: 'monitoring',
  title: { zh: '运行监测', en: 'Monitoring' },
  permits: PERMITS,
  tables,
  migrations: new URL('./migrations/', import.meta.url),
  routes,
  listeners: [caseEnds, hazardCases, publicWarnings],
  streams: [
    stream(alarmChanged, {
      permit: 'monitoring.read',
      place: ({ body }) => ({ region: body.district, unit: body.unit ?? '' }),
      show: ({ body: { id, district, level, what } }) => ({ id, district, level, what }),
    }),
    stream(floodCommanded, {
      permit: 'monitoring.read',
      place: ({ body }) => ({ region: body.district }),
      show: ({ body: { id, district, kind, point, what } }) => ({ id, district, kind, point, what }),
    }),
    stream(floodStaffChanged, { permit: 'monitoring.read', place: ({ district }) => ({ region: district }), show: ({ body: { point } }) => ({ point }) }),
    // To the device of whoever is called, wherever the point lies.
    stream(floodCommanded, {
      permit: 'case.respond',
      place: () => ({}),
      show: ({ body: { id, kind, what } }) => ({ id, kind, what }),
      to: ({ body }) => (body.to === null ? [] : [body.to]),
    }),
    stream(risksChanged, { permit: 'monitoring.read', place: ({ body }) => ({ region: body.district }), show: ({ body: { district } }) => ({ district }) }),
    stream(hazardChanged, { permit: 'monitoring.read', place: ({ body }) => ({ region: body.district }), show: ({ body }) => body }),
  ],
  jobs: [
    alarmCase,
    hazardCase,
    publicRules,
    { name: 'monitoring.risk-reviews', every: 300, run: (ctx) => keepReviews(ctx) },
    { name: 'monitoring.absence', every: 5, run: (ctx) => watchAbsence(ctx) },
    { name: 'monitoring.orphans', every: 30, run: (ctx) => endOrphans(ctx) },
    { name: 'monitoring.shelves', every: 5, run: (ctx) => endShelves(ctx) },
    { name: 'monitoring.public-warnings', every: 600, run: (ctx) => renewWarnings(ctx) },
    { name: 'monitoring.flood-trucks', every: 5, run: (ctx) => followTrucks(ctx) },
    { name: 'monitoring.standing', every: 60, run: (ctx) => keepStanding(ctx) },
    { name: 'monitoring.rain', every: 60, run: (ctx) => keepEvents(ctx) },
    { name: 'monitoring.flood-fits', every: 60, run: async (ctx) => void (await keepFits(ctx)) },
    { name: 'monitoring.days', every: 3_600, run: (ctx) => keepDays(ctx) },
    { name: 'monitoring.old-days', every: 60, run: (ctx) => keepOldDays(ctx) },
    { name: 'monitoring.forget', every: 3_600, run: (ctx) => forgetQuarantine(ctx) },
    { name: 'monitoring.forget-alarms', every: 3_600, run: async (ctx) => void (await forgetAlarms(ctx)) },
    { name: 'monitoring.forget-media', every: 3_600, run: (ctx) => forgetMedia(ctx) },
  ],
  services: [
    {
      name: 'monitoring.intake',
      async start(host) {
        const into = await host.read({ actor: systemActor }, intake)
        return { stop: () => into.stop() }
      },
    },
    {
      name: 'monitoring.mqtt',
      async start(host) {
        const { mqttPort, mqttUrl, mqttTopic, mqttClient } = host.settings
        const running = [
          ...(mqttPort === undefined ? [] : [await startBroker(host, Number(mqttPort))]),
          ...(mqttUrl === undefined ? [] : [await startSubscriber(host, { url: String(mqttUrl), topic: String(mqttTopic), name: String(mqttClient) })]),
        ]
        return { stop: async () => void (await Promise.all(running.map((each) => each.stop()))) }
      },
    },
    {
      name: 'monitoring.jt808',
      async start(host) {
        const into = await host.read({ actor: systemActor }, vehicleIntake)
        const { jt808Port } = host.settings
        const port = jt808Port === undefined ? undefined : await startTerminals(host, Number(jt808Port))
        return {
          async stop() {
            await port?.stop()
            await into.stop()
          },
        }
      },
    },
  ],
  checks: [readingsRolled, alarmsFold, latestPositions, rainRecounted, reportsStand, risksCounted, hazardsFollow],
} satisfies Room
