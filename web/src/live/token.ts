/** Where a page keeps the secret that says who somebody is; never in the address bar, where it would be shared. */

/**
 * The secret of a link, `#t=…`: taken out of the address and kept for this tab, so that a reload still works.
 * A page of a desk keeps it apart from other pages, since one person may hold several roles.
 */
export function linkToken(slug: string, page: string): string | null {
  const place = `intercommunity:${slug}:${page}:token`
  const match = /^#t=([^&]+)/.exec(location.hash)
  if (!match?.[1]) return read(() => sessionStorage, place)
  write(() => sessionStorage, place, match[1])
  history.replaceState(null, '', location.pathname + location.search)
  return match[1]
}

/** The secret that a participant got on joining, kept on this device. */
export const ownToken = (slug: string): string | null => read(() => localStorage, ownPlace(slug))

/** null forgets it. */
export const keepOwnToken = (slug: string, token: string | null): void =>
  write(() => localStorage, ownPlace(slug), token)

const ownPlace = (slug: string) => `intercommunity:${slug}:own`

// A browser that keeps nothing throws already on being asked for its storage.

export function read(storage: () => Storage, key: string): string | null {
  try {
    return storage().getItem(key)
  } catch {
    return null
  }
}

export function write(storage: () => Storage, key: string, value: string | null): void {
  try {
    if (value === null) storage().removeItem(key)
    else storage().setItem(key, value)
  } catch {
    // Then it lasts as long as the page.
  }
}
