// What the phone keeps by itself: texts in local storage, photos beside them in IndexedDB, which takes files as they are.

const STORE = 'photo'

function open(): Promise<IDBDatabase> {
  return new Promise((done, fail) => {
    const asked = indexedDB.open('chengyun', 1)
    asked.addEventListener('upgradeneeded', () => void asked.result.createObjectStore(STORE))
    asked.addEventListener('success', () => done(asked.result))
    asked.addEventListener('error', () => fail(asked.error ?? new Error('IndexedDB')))
  })
}

async function act<T>(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const base = await open()
  try {
    return await new Promise<T>((done, fail) => {
      const asked = ask(base.transaction(STORE, mode).objectStore(STORE))
      asked.addEventListener('success', () => done(asked.result))
      asked.addEventListener('error', () => fail(asked.error ?? new Error('IndexedDB')))
    })
  } finally {
    base.close()
  }
}

/** Photos are kept where the browser lets us; a private window that does not keeps them only as long as the page is open. */
export const keepFiles = (name: string, files: readonly File[]): Promise<unknown> =>
  act<unknown>('readwrite', (store) => (files.length > 0 ? store.put([...files], name) : store.delete(name)) as IDBRequest<unknown>).catch(
    () => undefined,
  )

export const keptFiles = async (name: string): Promise<File[]> =>
  ((await act<unknown>('readonly', (store) => store.get(name)).catch(() => undefined)) as File[] | undefined) ?? []

export function keepText(name: string, value: unknown): void {
  try {
    if (value === undefined) localStorage.removeItem(name)
    else localStorage.setItem(name, JSON.stringify(value))
  } catch {
    // A full or forbidden store only means that nothing outlives the page.
  }
}

export function keptText<T>(name: string): T | undefined {
  try {
    return (JSON.parse(localStorage.getItem(name) ?? 'null') as T | null) ?? undefined
  } catch {
    return undefined
  }
}
