/** The way into a published record; knows no page of it. */
import { ownToken } from '../live/token'

const AGAIN_MS = 5_000

/** `recorded`: it is there; `coming`: it will be soon. */
export interface Entrance {
  slug: string
  recorded: boolean
  coming: boolean
}

export async function openRecord({ slug, recorded, coming }: Entrance): Promise<void> {
  if (!recorded && !coming) return
  for (const token of tokensOf(slug)) {
    if (await opens(slug, token)) {
      location.reload()
      return
    }
  }
  if (coming) setTimeout(() => void openRecord({ slug, recorded, coming }), AGAIN_MS)
}

/** Without one first: most meetings are open. */
function tokensOf(slug: string): string[] {
  const found = [ownToken(slug) ?? '']
  try {
    for (const [key, token] of Object.entries(sessionStorage))
      if (key.startsWith(`intercommunity:${slug}:`) && key.endsWith(':token')) found.unshift(String(token))
  } catch {
    // This browser keeps nothing.
  }
  return ['', ...new Set(found.filter(Boolean))]
}

/** Whether the file of this address is there for whoever has the token. */
async function opens(slug: string, token: string): Promise<boolean> {
  const headers: Record<string, string> = token ? { Authorization: `Bearer ${token}` } : {}
  const entered = await fetch(`/${slug}/record/enter`, { method: 'POST', headers }).catch(() => null)
  if (!entered?.ok) return false
  const found = await fetch(location.pathname, { method: 'HEAD', cache: 'no-store' }).catch(() => null)
  return found?.ok ?? false
}
