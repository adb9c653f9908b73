/** What a person has set on this device, remembered where the browser allows it; knows what is set of no page. */
import { read, write } from '../live/token'

/** An object whose fields are kept under `place` whenever one is set; what is kept of another shape is passed over. */
export function remembered<T extends Record<string, string | number | boolean>>(
  place: string,
  defaults: T,
): T {
  const kept = keptAt(place)
  const values = $state({ ...defaults })
  for (const [name, value] of Object.entries(defaults)) {
    if (typeof kept[name] === typeof value) Object.assign(values, { [name]: kept[name] })
  }
  return new Proxy(values, {
    set(target, name, value) {
      const done = Reflect.set(target, name, value)
      write(() => localStorage, place, JSON.stringify($state.snapshot(target)))
      return done
    },
  })
}

function keptAt(place: string): Record<string, unknown> {
  try {
    const kept: unknown = JSON.parse(read(() => localStorage, place) ?? '{}')
    return typeof kept === 'object' && kept !== null ? (kept as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
