/** One of several from a list that opens, made by hand: the record's pages have no framework. */
export function choiceOf(
  label: string,
  options: readonly (readonly [value: string, name: string])[],
  choose: (value: string) => void,
): { field: HTMLElement; select: HTMLSelectElement } {
  const field = document.createElement('label')
  const select = document.createElement('select')
  for (const [value, name] of options) select.add(new Option(name, value))
  select.addEventListener('change', () => choose(select.value))
  field.append(label, ' ', select)
  return { field, select }
}
