/** What was typed into a field of a form, as a figure; nothing where nothing was typed, so that the simulator's own figure holds. */
export function typed(text: string): number | undefined {
  const figure = Number(text);
  return text.trim() === '' || !Number.isFinite(figure) ? undefined : figure;
}
