/**
 * Statements of one transaction, sent ahead of their answers. Fails with the first failure, but not before all have ended: what went on
 * behind it would follow the rollback, and stand by itself.
 */
export async function inLine(...acts: readonly Promise<unknown>[]): Promise<void> {
  try {
    await Promise.all(acts)
  } finally {
    await Promise.allSettled(acts)
  }
}
