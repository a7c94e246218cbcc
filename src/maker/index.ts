// The door of the maker: cities of paper, for trying, testing and measuring.

export { DEMO, layCity, type City, type CityPlan } from './city.ts'
export { makeCity, planOf, type MadeCity, type MakeOptions } from './make-city.ts'
/** `openWorkshop(city)` once, then `pastCases(workshop, { cases, days })`: rows for the importer, one day in memory at a time. */
export { openWorkshop, pastCases, type HistoryPlan } from './history.ts'
export { DEMO_ACCOUNTS, DEMO_PASSWORD, loadDemo, makeDemo } from './demo.ts'
export { makeCases, type CasesPlan } from './make-cases.ts'
export { SimulatedCity, type SimulatedDevice, type SimulatedProduct, type SimulatedReading } from './simulate/simulated-city.ts'
export { TROUBLES } from './devices/trouble.ts'
export { timeline } from './simulate/timeline.ts'
export { Sortie } from './simulate/sortie.ts'
export { demoWays } from './simulate/ways.ts'
