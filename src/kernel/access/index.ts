// The door of access inside the kernel.

export { accessRoom } from './room.ts'
export { createAccount, changeAccount, findAccountId, type NewAccount, type AccountChange } from './accounts.ts'
export { putGrants, listRoles } from './grants.ts'
export { roleWords } from './role-words.ts'
export { loadActor, publicActor } from './actor.ts'
export { findMachine } from './machine.ts'
export { findHolders, type Holder } from './holders.ts'
export { hasAdministrators, makeSetupLink } from './setup.ts'
export { accessChanged } from './events.ts'
export { passwordFault } from './password-rule.ts'
export { cursorOf, keyOf, pageOf } from './page.ts'
