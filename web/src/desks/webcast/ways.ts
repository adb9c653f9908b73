/** How each source of the webcast comes to the server, and what an encoder is to be told; knows no page. */

/** `origin`: a file's name, or the host that is asked, where nothing is sent to us. */
export interface Way {
  source: string
  kind: 'rtmp' | 'srt' | 'file' | 'pull'
  server: string
  key: string
  origin: string
}

/** Those of a meeting, none without a programme; null: they are not for us, or the server was not reached. */
export async function fetchWays(
  slug: string,
  token: string,
  fetch: (address: string, request: RequestInit) => Promise<Response>,
): Promise<Way[] | null> {
  const headers = { Authorization: `Bearer ${token}` }
  const response = await fetch(`/live/${slug}/streams`, { headers, cache: 'no-store' }).catch(() => null)
  return response?.ok ? ((await response.json()) as { streams: Way[] }).streams : null
}

/** The address as it may be seen by whoever looks over one's shoulder. */
export const withoutKey = (way: Way): string => (way.key ? way.server.replace(way.key, '…') : way.server)
