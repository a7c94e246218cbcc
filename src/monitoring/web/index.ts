export { pages } from './pages.ts'
/** What runs for whoever is called up in a flood, for the page of a phone. */
export { MyFlood } from './flood-command-duty.tsx'
