/** The way into a published record; knows no page of it. */
import { ownToken } from '../live/token'

const AGAIN_MS = 5_000

/** `recorded`: it is there; `coming`: it will be soon. */
interface Entrance {
  slug: string
  recorded: boolean
  coming: boolean
}

export async function openRecord({ slug, recorded, coming }: Entrance): Promise<void> {
  if (!recorded && !coming) return
  for (const token of tokensOf(slug)) if (await enters(slug, token)) return wait(coming)
}

/** What this browser knows of the meeting, and last nothing: most meetings are open. */
function tokensOf(slug: string): string[] {
  const found: string[] = []
  try {
    for (const [key, token] of Object.entries(sessionStorage))
      if (key.startsWith(`intercommunity:${slug}:`) && key.endsWith(':token')) found.push(String(token))
  } catch {
    // This browser keeps nothing.
  }
  return [...new Set([...found, ownToken(slug) ?? '', ''])]
}

/** Whether the secret is one for this meeting: then the browser shows it with each file from now on. */
async function enters(slug: string, token: string): Promise<boolean> {
  const headers: Record<string, string> = token ? { Authorization: `Bearer ${token}` } : {}
  const entered = await fetch(`/${slug}/record/enter`, { method: 'POST', headers }).catch(() => null)
  return entered?.ok ?? false
}

/** Until the file of this address is there. */
async function wait(coming: boolean): Promise<void> {
  const found = await fetch(location.pathname, { method: 'HEAD', cache: 'no-store' }).catch(() => null)
  if (found?.ok) location.reload()
  else if (coming) setTimeout(() => void wait(coming), AGAIN_MS)
}
